// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

/// Which device keys the project has withdrawn. Needed because a stolen key cannot be asked to withdraw itself.
/// A revocation counts from the transaction on; a compromise mark may be back-dated, but marks only, it deletes nothing.
contract DeviceStatus {
    struct Status {
        uint64 revokedBlock; // 0: not revoked
        uint64 revokedAt; // Unix seconds
        uint64 compromisedSince; // Unix seconds; 0: no mark
    }

    event DeviceRevoked(address indexed device, uint64 revokedAt);
    event DeviceCompromised(address indexed device, uint64 since);

    error NotOwner();
    error AlreadyRevoked(address device);
    error SinceTheFuture(uint64 since, uint64 now_);
    error LaterThanMarked(uint64 since, uint64 marked);

    address public immutable owner;
    mapping(address device => Status) public statusOf;

    constructor() {
        owner = msg.sender;
    }

    modifier onlyOwner() {
        if (msg.sender != owner) revert NotOwner();
        _;
    }

    function revoke(address[] calldata devices) external onlyOwner {
        for (uint256 i = 0; i < devices.length; i++) {
            Status storage status = statusOf[devices[i]];
            if (status.revokedBlock != 0) revert AlreadyRevoked(devices[i]);
            status.revokedBlock = uint64(block.number);
            status.revokedAt = uint64(block.timestamp);
            emit DeviceRevoked(devices[i], uint64(block.timestamp));
        }
    }

    /// Marks what a device signed since a time as doubtful. A later mark may only reach further back.
    function markCompromised(address device, uint64 since) external onlyOwner {
        Status storage status = statusOf[device];
        if (since == 0 || since > block.timestamp) revert SinceTheFuture(since, uint64(block.timestamp));
        if (status.compromisedSince != 0 && since >= status.compromisedSince) {
            revert LaterThanMarked(since, status.compromisedSince);
        }
        status.compromisedSince = since;
        emit DeviceCompromised(device, since);
    }
}
