// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

// Stand-ins for the contracts of ioID, written for these tests after their documented interface and behaviour.
// What readers meet is as it is there: events, views, the linked list with its `next`, and what removal leaves behind.

contract TransparentProxy {
    bytes32 private constant SLOT = 0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc;
    address private immutable admin;

    event Upgraded(address indexed implementation);

    constructor(address implementation) {
        admin = msg.sender;
        set(implementation);
    }

    function set(address implementation) private {
        assembly {
            sstore(SLOT, implementation)
        }
        emit Upgraded(implementation);
    }

    fallback() external payable {
        if (msg.sender == admin && msg.sig == bytes4(keccak256("upgradeTo(address)"))) {
            return set(abi.decode(msg.data[4:], (address)));
        }
        assembly {
            calldatacopy(0, 0, calldatasize())
            let done := delegatecall(gas(), sload(SLOT), 0, calldatasize(), 0, 0)
            returndatacopy(0, 0, returndatasize())
            if iszero(done) { revert(0, returndatasize()) }
            return(0, returndatasize())
        }
    }
}

contract IoIDRegistry {
    struct Record {
        bytes32 hash;
        string uri;
    }

    event NewDevice(address indexed device, address owner, bytes32 hash, string uri);
    event RemoveDevice(address indexed device, address owner);

    address public ioID;
    mapping(address => uint256) public nonces;
    mapping(address => Record) private records;
    mapping(address => uint256) private ids;

    function initialize(address ioID_) external {
        require(ioID == address(0), "initialized");
        ioID = ioID_;
    }

    /// The device's contract stands for its project here: its number is the project's.
    function register(address project, uint256, address user, address device, bytes32 hash, string calldata uri, uint8 v, bytes32 r, bytes32 s)
        external
    {
        require(records[device].hash == 0, "device exists");
        require(hash != 0, "empty hash");
        require(ecrecover(permit(user, device), v, r, s) == device, "invalid signature");
        records[device] = Record(hash, uri);
        ids[device] = IoID(ioID).mint(uint160(project), device);
        emit NewDevice(device, user, hash, uri);
    }

    function remove(address device, uint8 v, bytes32 r, bytes32 s) external {
        require(records[device].hash != 0, "device not exists");
        require(ecrecover(permit(msg.sender, device), v, r, s) == device, "invalid signature");
        IoID(ioID).removeDID(ids[device]);
        delete records[device];
        delete ids[device];
        emit RemoveDevice(device, msg.sender);
    }

    function permit(address owner, address device) private returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("ioIDRegistry"),
                keccak256("1"),
                block.chainid,
                address(this)
            )
        );
        bytes32 words = keccak256(abi.encode(keccak256("Permit(address owner,uint256 nonce)"), owner, nonces[device]++));
        return keccak256(abi.encodePacked(hex"1901", domain, words));
    }

    function exists(address device) external view returns (bool) {
        return records[device].hash != 0;
    }

    function documentID(address device) public pure returns (string memory) {
        bytes memory text = "did:io:0x0000000000000000000000000000000000000000";
        for (uint256 i = 0; i < 40; i++) {
            text[48 - i] = bytes16("0123456789abcdef")[(uint160(device) >> (4 * i)) & 15];
        }
        return string(text);
    }

    function documentHash(address device) external view returns (bytes32) {
        require(records[device].hash != 0, "device not exists");
        return records[device].hash;
    }

    function documentURI(address device) external view returns (string memory) {
        require(records[device].hash != 0, "device not exists");
        return records[device].uri;
    }

    function deviceTokenId(address device) external view returns (uint256) {
        require(records[device].hash != 0, "device not exists");
        return ids[device];
    }
}

contract IoID {
    address private constant SENTINEL = address(1);

    address public minter;
    uint256 private nextId;
    mapping(uint256 => address) private devices;
    mapping(address => uint256) public deviceProject;
    mapping(uint256 => uint256) public projectDeviceCount;
    mapping(uint256 => mapping(address => address)) private lists;

    function initialize(address minter_) external {
        require(minter == address(0), "initialized");
        minter = minter_;
    }

    function mint(uint256 project, address device) external returns (uint256 id) {
        require(msg.sender == minter, "invalid minter");
        id = ++nextId;
        devices[id] = device;
        mapping(address => address) storage list = lists[project];
        if (list[device] == address(0)) (list[device], list[SENTINEL]) = (list[SENTINEL], device);
        projectDeviceCount[project] += 1;
        deviceProject[device] = project;
    }

    /// Leaves the list, the count and the project of the device as they are.
    function removeDID(uint256 id) external {
        require(msg.sender == minter, "invalid minter");
        delete devices[id];
    }

    /// `next` is the first device left out; a page begins behind `start`.
    function projectIDs(uint256 project, address start, uint256 size)
        external
        view
        returns (address[] memory array, address next)
    {
        array = new address[](size);
        uint256 count;
        next = lists[project][start];
        while (next != address(0) && next != SENTINEL && count < size) {
            array[count++] = next;
            next = lists[project][next];
        }
        assembly {
            mstore(array, count)
        }
    }

    function wallet(uint256 id) external view returns (address wallet_, string memory did_) {
        wallet_ = address(uint160(uint256(keccak256(abi.encode(address(this), id)))));
        if (devices[id] != address(0)) did_ = IoIDRegistry(minter).documentID(devices[id]);
    }
}

/// Another implementation behind the same proxy: it calls every device its own.
contract IoIDRegistryReplaced is IoIDRegistry {
    function isReplaced() external pure returns (bool) {
        return true;
    }
}

contract IoIDRegistryV2 {
    struct DeviceNFT {
        uint256 chainID;
        bytes NFTcontract;
        uint256 tokenID;
    }

    event DeviceNFTUpdated(bytes32 indexed ioIDIdentifier, uint256 chainID, bytes NFTcontract, uint256 tokenID);
    event DeviceNFTDeleted(bytes32 ioIDIdentifier);

    address public operator;
    uint256 public totalDevices;
    mapping(bytes32 => DeviceNFT) public getDeviceNFT;
    mapping(bytes32 => string) private uris;
    mapping(bytes32 => bytes32) private hashes;

    function initialize(address operator_) external {
        require(operator == address(0), "initialized");
        operator = operator_;
    }

    function registerDeviceNFTWithDIDDoc(bytes32 id, uint256 chainID, bytes calldata nft, uint256 tokenID, string calldata uri, bytes32 hash)
        external
    {
        require(msg.sender == operator, "Not operator");
        if (getDeviceNFT[id].chainID == 0) totalDevices++;
        getDeviceNFT[id] = DeviceNFT(chainID, nft, tokenID);
        (uris[id], hashes[id]) = (uri, hash);
        emit DeviceNFTUpdated(id, chainID, nft, tokenID);
    }

    function deleteDeviceNFT(bytes32 id) external {
        require(msg.sender == operator, "Not operator");
        if (getDeviceNFT[id].chainID != 0) totalDevices--;
        delete getDeviceNFT[id];
        delete uris[id];
        delete hashes[id];
        emit DeviceNFTDeleted(id);
    }

    function getDIDDocMetadata(bytes32 id) external view returns (string memory didDocUri, bytes32 didDocHash) {
        return (uris[id], hashes[id]);
    }
}

/// An account that is a contract: it stands by what its owner signed.
contract ContractAccount {
    address private immutable owner;

    constructor(address owner_) {
        owner = owner_;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        bool own = signature.length == 65
            && ecrecover(hash, uint8(signature[64]), bytes32(signature[0:32]), bytes32(signature[32:64])) == owner;
        return own ? bytes4(0x1626ba7e) : bytes4(0xffffffff);
    }
}

/// Many calls in one transaction.
contract Batch {
    function all(address to, bytes[] calldata calls) external {
        for (uint256 i = 0; i < calls.length; i++) {
            (bool done,) = to.call(calls[i]);
            require(done, "a call of the batch failed");
        }
    }
}
