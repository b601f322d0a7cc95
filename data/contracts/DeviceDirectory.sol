// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

import {FrameDigest} from "./FrameDigest.sol";

/// Which devices belong to a project. The address of this contract is the registry every frame is signed for.
/// One storage slot per device holds the hash of its whole record; the event carries the record itself.
contract DeviceDirectory {
    struct Registration {
        address device; // last 20 bytes of keccak256(keyX . keyY), for both curves
        uint8 curve; // 1 secp256k1, 2 P-256
        bytes32 keyX;
        bytes32 keyY;
        uint8 kind; // index into the published list of device kinds
        uint8 origin; // what the project claims: 0 real device, 1 replayed measurement, 2 simulated
        uint64 validFrom; // Unix seconds; frames anchored earlier do not count
        bytes32 docHash; // keccak256 of the device's document
    }

    event DeviceRegistered(
        address indexed device,
        uint8 curve,
        bytes32 keyX,
        bytes32 keyY,
        uint8 kind,
        uint8 origin,
        uint64 validFrom,
        bytes32 docHash
    );

    error NotOwner();
    error AlreadyRegistered(address device);
    error KeyMismatch(address device);
    error UnknownCurve(uint8 curve);
    error UnknownOrigin(uint8 origin);

    address public immutable owner;
    uint256 public deviceCount;
    mapping(address device => bytes32) public recordHash;

    constructor() {
        owner = msg.sender;
    }

    function register(Registration[] calldata batch) external {
        if (msg.sender != owner) revert NotOwner();
        for (uint256 i = 0; i < batch.length; i++) {
            Registration calldata r = batch[i];
            if (recordHash[r.device] != 0) revert AlreadyRegistered(r.device);
            if (r.curve != 1 && r.curve != 2) revert UnknownCurve(r.curve);
            if (r.origin > 2) revert UnknownOrigin(r.origin);
            if (address(uint160(uint256(keccak256(abi.encodePacked(r.keyX, r.keyY))))) != r.device) {
                revert KeyMismatch(r.device);
            }
            recordHash[r.device] = keccak256(abi.encode(r));
            emit DeviceRegistered(r.device, r.curve, r.keyX, r.keyY, r.kind, r.origin, r.validFrom, r.docHash);
        }
        deviceCount += batch.length;
    }

    /// The EIP-712 digest of a frame's signed bytes, for contracts and wallets that check a frame themselves.
    function frameDigest(bytes calldata frame) external view returns (bytes32 digest, address device) {
        return FrameDigest.digestOf(frame, block.chainid, address(this));
    }
}
