import { parseAbi } from 'viem'

/** What the project's contracts offer and emit. A test holds these against the compiler's own output. */
export const deviceDirectoryAbi = parseAbi([
  'struct Registration { address device; uint8 curve; bytes32 keyX; bytes32 keyY; uint8 kind; uint8 origin; uint64 validFrom; bytes32 docHash; }',
  'constructor()',
  'event DeviceRegistered(address indexed device, uint8 curve, bytes32 keyX, bytes32 keyY, uint8 kind, uint8 origin, uint64 validFrom, bytes32 docHash)',
  'error NotOwner()',
  'error AlreadyRegistered(address device)',
  'error KeyMismatch(address device)',
  'error UnknownCurve(uint8 curve)',
  'error UnknownOrigin(uint8 origin)',
  'error NotAFrame()',
  'error MeantForElsewhere(uint64 chainId, address registry)',
  'function owner() view returns (address)',
  'function deviceCount() view returns (uint256)',
  'function recordHash(address device) view returns (bytes32)',
  'function register(Registration[] batch)',
  'function frameDigest(bytes frame) view returns (bytes32 digest, address device)',
])

export const deviceStatusAbi = parseAbi([
  'constructor()',
  'event DeviceRevoked(address indexed device, uint64 revokedAt)',
  'event DeviceCompromised(address indexed device, uint64 since)',
  'error NotOwner()',
  'error AlreadyRevoked(address device)',
  'error SinceTheFuture(uint64 since, uint64 now_)',
  'error LaterThanMarked(uint64 since, uint64 marked)',
  'function owner() view returns (address)',
  'function statusOf(address device) view returns (uint64 revokedBlock, uint64 revokedAt, uint64 compromisedSince)',
  'function revoke(address[] devices)',
  'function markCompromised(address device, uint64 since)',
])

export const anchorLogAbi = parseAbi([
  'constructor()',
  'event GatewayRegistered(address indexed gateway)',
  'event BatchAnchored(address indexed gateway, uint64 indexed seq, bytes32 batchRoot, bytes32 logRoot, uint64 logSize, uint32 count, uint64 tMin, uint64 tMax, bytes32 dataHash, uint64 anchoredAt)',
  'error NotOwner()',
  'error AlreadyRegistered(address gateway)',
  'error NotGateway(address sender)',
  'error WrongSequence(uint64 got, uint64 expected)',
  'error LogNotGrowing(uint64 got, uint64 last)',
  'error EmptyBatch()',
  'error ZeroHash()',
  'error TimesOutOfOrder(uint64 tMin, uint64 tMax)',
  'error FromTheFuture(uint64 tMax, uint64 limit)',
  'function MAX_SKEW_MS() view returns (uint64)',
  'function owner() view returns (address)',
  'function gateways(address gateway) view returns (bool registered, uint64 nextSeq, uint64 logSize)',
  'function anchorHash(address gateway, uint64 seq) view returns (bytes32)',
  'function registerGateway(address gateway)',
  'function nextSeq(address gateway) view returns (uint64)',
  'function anchor(uint64 seq, bytes32 batchRoot, bytes32 logRoot, uint64 logSize, uint32 count, uint64 tMin, uint64 tMax, bytes32 dataHash)',
])
