import { parseAbi } from 'viem'

// Sources: iotexproject/ioID-contracts contracts/ioIDRegistry.sol and ioID.sol, ioID-v2-contracts src/ioIDRegistry (SPDX
// MIT headers); of each the part that is read here.

/** ioID v1: who registered which device, and the document it named. */
export const ioidRegistryAbi = parseAbi([
  'event NewDevice(address indexed device, address owner, bytes32 hash, string uri)',
  'event UpdateDevice(address indexed device, address owner, bytes32 hash, string uri)',
  'event RemoveDevice(address indexed device, address owner)',
  'function ioID() view returns (address)',
  'function exists(address device) view returns (bool)',
  'function documentID(address device) pure returns (string)',
  'function documentHash(address device) view returns (bytes32)',
  'function documentURI(address device) view returns (string)',
  'function deviceTokenId(address device) view returns (uint256)',
])

/** ioID v1: which devices a project has. */
export const ioidAbi = parseAbi([
  'function minter() view returns (address)',
  'function deviceProject(address device) view returns (uint256)',
  'function projectDeviceCount(uint256 projectId) view returns (uint256)',
  'function projectIDs(uint256 projectId, address start, uint256 pageSize) view returns (address[] array, address next)',
  'function wallet(uint256 id) view returns (address wallet_, string did_)',
])

/** ioID v2: what its operator wrote down. */
export const ioidV2Abi = parseAbi([
  'event DeviceNFTUpdated(bytes32 indexed ioIDIdentifier, uint256 chainID, bytes NFTcontract, uint256 tokenID)',
  'event DeviceNFTDeleted(bytes32 ioIDIdentifier)',
  'function operator() view returns (address)',
  'function totalDevices() view returns (uint256)',
  'function getDeviceNFT(bytes32 ioIDIdentifier) view returns (uint256 chainID, bytes NFTcontract, uint256 tokenID)',
  'function getDIDDocMetadata(bytes32 ioIDIdentifier) view returns (string didDocUri, bytes32 didDocHash)',
])
