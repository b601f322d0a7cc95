// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

/// Where gateways anchor the roots of their batches.
/// One storage slot per (gateway, seq) holds the hash of every field, so that one storage proof proves an anchor whole.
contract AnchorLog {
    struct Gateway {
        bool registered;
        uint64 nextSeq;
        uint64 logSize;
    }

    event GatewayRegistered(address indexed gateway);
    event BatchAnchored(
        address indexed gateway,
        uint64 indexed seq,
        bytes32 batchRoot, // RFC 9162 root over the batch's frames
        bytes32 logRoot, // RFC 9162 root over all batch roots of this gateway up to this one
        uint64 logSize, // number of batch roots under logRoot
        uint32 count, // frames in the batch
        uint64 tMin, // ms, first reading
        uint64 tMax, // ms, last reading
        bytes32 dataHash, // keccak256 of the batch body
        uint64 anchoredAt // block time, Unix seconds
    );

    error NotOwner();
    error AlreadyRegistered(address gateway);
    error NotGateway(address sender);
    error WrongSequence(uint64 got, uint64 expected);
    error LogNotGrowing(uint64 got, uint64 last);
    error EmptyBatch();
    error ZeroHash();
    error TimesOutOfOrder(uint64 tMin, uint64 tMax);
    error FromTheFuture(uint64 tMax, uint64 limit);

    uint64 public constant MAX_SKEW_MS = 120_000;

    address public immutable owner;
    mapping(address gateway => Gateway) public gateways;
    mapping(address gateway => mapping(uint64 seq => bytes32)) public anchorHash;

    constructor() {
        owner = msg.sender;
    }

    function registerGateway(address gateway) external {
        if (msg.sender != owner) revert NotOwner();
        if (gateways[gateway].registered) revert AlreadyRegistered(gateway);
        gateways[gateway].registered = true;
        emit GatewayRegistered(gateway);
    }

    function nextSeq(address gateway) external view returns (uint64) {
        return gateways[gateway].nextSeq;
    }

    function anchor(
        uint64 seq,
        bytes32 batchRoot,
        bytes32 logRoot,
        uint64 logSize,
        uint32 count,
        uint64 tMin,
        uint64 tMax,
        bytes32 dataHash
    ) external {
        Gateway storage gateway = gateways[msg.sender];
        if (!gateway.registered) revert NotGateway(msg.sender);
        if (seq != gateway.nextSeq) revert WrongSequence(seq, gateway.nextSeq);
        if (logSize <= gateway.logSize) revert LogNotGrowing(logSize, gateway.logSize);
        if (count == 0) revert EmptyBatch();
        // one by one: a chain of || costs 42 gas more
        if (batchRoot == 0) revert ZeroHash();
        if (logRoot == 0) revert ZeroHash();
        if (dataHash == 0) revert ZeroHash();
        if (tMin > tMax) revert TimesOutOfOrder(tMin, tMax);
        unchecked {
            // neither overflows: block times stay below 2^54, and seq counts one by one from zero
            uint256 limit = block.timestamp * 1000 + MAX_SKEW_MS;
            if (tMax > limit) revert FromTheFuture(tMax, uint64(limit));
            (gateway.nextSeq, gateway.logSize) = (seq + 1, logSize);
        }
        // Hash and event are of the same words: gateway, the eight arguments as they came, and the block's time.
        // Written out, because abi.encode would build them twice; the arguments were range-checked on the way in.
        bytes32 fieldsHash;
        bytes32 topic = BatchAnchored.selector;
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, caller())
            calldatacopy(add(words, 0x20), 4, 0x100)
            mstore(add(words, 0x120), timestamp())
            fieldsHash := keccak256(words, 0x140)
            log3(add(words, 0x40), 0x100, topic, caller(), seq)
        }
        anchorHash[msg.sender][seq] = fieldsHash;
    }
}
