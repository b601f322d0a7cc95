// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

/// The EIP-712 digest of a signed frame, read from the same bytes the device signed (public/spec/frame.md).
library FrameDigest {
    error NotAFrame();
    error MeantForElsewhere(uint64 chainId, address registry);

    uint256 internal constant HEADER_BYTES = 108;
    uint256 internal constant READING_BYTES = 16;

    bytes32 internal constant DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 internal constant FRAME_TYPEHASH = keccak256(
        "Frame(uint8 version,uint8 curve,address device,uint32 epoch,uint64 seqFirst,bytes32 prevFrameHash,uint64 t0,uint16 count,bytes readings)"
    );

    function domainSeparator(uint256 chainId, address registry) internal pure returns (bytes32) {
        return keccak256(abi.encode(DOMAIN_TYPEHASH, keccak256("Veracity Frame"), keccak256("1"), chainId, registry));
    }

    /// @param frame the signed bytes: header and readings, without the signature
    function digestOf(bytes calldata frame, uint256 chainId, address registry)
        internal
        pure
        returns (bytes32 digest, address device)
    {
        if (frame.length < HEADER_BYTES || bytes4(frame[0:4]) != "CTF1") revert NotAFrame();
        uint16 count = uint16(bytes2(frame[106:108]));
        if (frame.length != HEADER_BYTES + READING_BYTES * count) revert NotAFrame();
        uint64 frameChain = uint64(bytes8(frame[6:14]));
        address frameRegistry = address(bytes20(frame[14:34]));
        if (frameChain != chainId || frameRegistry != registry) revert MeantForElsewhere(frameChain, frameRegistry);
        device = address(bytes20(frame[34:54]));
        digest = keccak256(abi.encodePacked(hex"1901", domainSeparator(chainId, registry), structHash(frame, device, count)));
    }

    function structHash(bytes calldata frame, address device, uint16 count) private pure returns (bytes32) {
        return keccak256(
            abi.encode(
                FRAME_TYPEHASH,
                uint8(frame[4]),
                uint8(frame[5]),
                device,
                uint32(bytes4(frame[54:58])),
                uint64(bytes8(frame[58:66])),
                bytes32(frame[66:98]),
                uint64(bytes8(frame[98:106])),
                count,
                keccak256(frame[HEADER_BYTES:])
            )
        );
    }
}
