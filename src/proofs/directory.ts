import { fromHex, type Hex, toHex } from '../base/hex.ts'
import { ORIGINS, type Origin, settleOrigin } from '../base/honesty.ts'
import { DEVICE_KINDS } from '../model/device.ts'
import type { DeviceRow } from '../model/trust.ts'
import type { TrustClass } from '../model/trustClass.ts'
import type { Anchor } from './anchor.ts'
import type { ProofCrypto } from './crypto.ts'
import { type Curve, codeOfCurve } from './curve.ts'
import { type DeviceDocument, documentHash, readDeviceDocument } from './deviceDocument.ts'

/** Origin claims as the directory contract counts them. */
export const ORIGIN_CODES: readonly Origin[] = ORIGINS

/** A device's record in the directory, and where its event stands on the chain. */
export interface Registration {
  readonly device: Hex
  readonly curve: Curve
  readonly publicKey: Uint8Array // 65, uncompressed; empty when the chain holds the address alone
  readonly kind: number // index into DEVICE_KINDS
  readonly origin: number // index into ORIGIN_CODES: a claim
  readonly validFromMs: number
  readonly docHash: Hex
  readonly blockNumber: number
  readonly logIndex: number
  readonly trust?: TrustClass // without it: registered by the project
}

/** What the project says later about a device's key. */
export interface StatusEvent {
  readonly device: Hex
  readonly kind: 'revoked' | 'compromised'
  readonly timeMs: number // revoked at; compromised since
  readonly blockNumber: number
  readonly logIndex: number
}

/** All that is known of one device. `index` never changes, also when a reorg withdraws the registration. */
export interface DeviceEntry {
  readonly index: number
  readonly address: Hex
  registration: Registration | null
  document: DeviceDocument | null
  revocation: StatusEvent | null // the earliest
  compromisedSinceMs: number | null
  sawSimulated: boolean // some frame of it carried the simulated bit
}

export interface Directory {
  readonly size: number
  /** Counts changes, so that rows are sent, and tables made of it, only when there are new ones. */
  readonly revision: number
  /** Takes a record in; false when its key does not belong to its address, or a field has no meaning. */
  register(registration: Registration): boolean
  /** Notes the key of a device that was registered by its address; only one that hashes to it. */
  learnKey(entry: DeviceEntry, publicKey: Uint8Array): boolean
  addStatus(event: StatusEvent): void
  /** Takes in those documents that hash to what the directory holds; returns how many. */
  addDocuments(documents: readonly unknown[]): number
  /** Forgets what stood in withdrawn blocks. */
  withdrawFrom(blockNumber: number): void
  find(address: Uint8Array): DeviceEntry | null
  at(index: number): DeviceEntry | undefined
  /** Notes that a device sends simulated values, for ever. */
  markSimulated(entry: DeviceEntry): void
  rows(chainId: number, proven: boolean): DeviceRow[]
}

const earlier = (a: { blockNumber: number; logIndex: number }, b: { blockNumber: number; logIndex: number }): boolean =>
  a.blockNumber < b.blockNumber || (a.blockNumber === b.blockNumber && a.logIndex < b.logIndex)

/** Whether the device was registered, and its record valid, when the batch was anchored. */
export const isRegisteredAt = (entry: DeviceEntry, anchor: Anchor): boolean =>
  entry.registration !== null &&
  earlier(entry.registration, anchor) &&
  entry.registration.validFromMs <= anchor.anchoredAtMs

/** Whether the key had been withdrawn when the batch was anchored. */
export const isRevokedAt = (entry: DeviceEntry, anchor: Anchor): boolean =>
  entry.revocation !== null && earlier(entry.revocation, anchor)

// the first six bytes of an address as a number: found without making text of every frame's address
const slotOf = (address: Uint8Array): number => {
  let slot = 0
  for (let i = 0; i < 6; i++) slot = slot * 256 + address[i]!
  return slot
}

export function createDirectory(crypto: ProofCrypto): Directory {
  const entries: DeviceEntry[] = []
  const bySlot = new Map<number, { address: Uint8Array; entry: DeviceEntry }[]>()
  const byAddress = new Map<Hex, DeviceEntry>()
  const statuses = new Map<Hex, StatusEvent[]>()
  const documents = new Map<Hex, DeviceDocument>()
  let revision = 0

  const settleStatus = (entry: DeviceEntry): void => {
    const events = statuses.get(entry.address) ?? []
    const revoked = events.filter(({ kind }) => kind === 'revoked')
    const since = events.filter(({ kind }) => kind === 'compromised').map(({ timeMs }) => timeMs)
    entry.revocation = revoked.reduce<StatusEvent | null>((first, e) => (first && earlier(first, e) ? first : e), null)
    entry.compromisedSinceMs = since.length > 0 ? Math.min(...since) : null
    revision++
  }
  const settleDocument = (entry: DeviceEntry): void => {
    const document = entry.registration ? documents.get(entry.registration.docHash) : undefined
    const fits =
      document?.address === entry.address &&
      document.kind === DEVICE_KINDS[entry.registration?.kind ?? -1] &&
      // a document cannot raise its device above what the directory that was read is worth
      (document.version === 1 || document.trust === trustOf(entry.registration))
    const own = document && fits ? document : null
    if (entry.document !== own) revision++
    entry.document = own
  }

  return {
    get size() {
      return entries.length
    },
    get revision() {
      return revision
    },
    register(registration) {
      const { device, curve, kind, origin } = registration
      const address = addressIn(crypto, registration)
      if (!address || codeOfCurve(curve) === 0 || !DEVICE_KINDS[kind] || !ORIGIN_CODES[origin]) return false
      let entry = byAddress.get(device)
      if (!entry) {
        entry = {
          index: entries.length,
          address: device,
          registration: null,
          document: null,
          revocation: null,
          compromisedSinceMs: null,
          sawSimulated: false,
        }
        entries.push(entry)
        byAddress.set(device, entry)
        const slot = slotOf(address)
        bySlot.set(slot, [...(bySlot.get(slot) ?? []), { address, entry }])
      }
      if (entry.registration) return true // the contract allows one record for ever; the first one counts
      entry.registration = registration
      settleStatus(entry)
      settleDocument(entry)
      return true
    },
    learnKey(entry, publicKey) {
      const { registration } = entry
      if (registration?.publicKey.length !== 0) return false
      const known = { ...registration, publicKey }
      if (addressIn(crypto, known) === null) return false
      entry.registration = known
      return true
    },
    addStatus(event) {
      const known = statuses.get(event.device) ?? []
      if (known.some((e) => e.blockNumber === event.blockNumber && e.logIndex === event.logIndex)) return
      statuses.set(event.device, [...known, event])
      const entry = byAddress.get(event.device)
      if (entry) settleStatus(entry)
    },
    addDocuments(values) {
      const wanted = new Set(entries.map(({ registration }) => registration?.docHash))
      let taken = 0
      for (const value of values) {
        const document = readDeviceDocument(value)
        if (!document) continue
        const hash = documentHash(crypto, document)
        if (!wanted.has(hash)) continue
        documents.set(hash, document)
        taken++
      }
      for (const entry of entries) settleDocument(entry)
      return taken
    },
    withdrawFrom(blockNumber) {
      for (const entry of entries) {
        if (entry.registration && entry.registration.blockNumber >= blockNumber) {
          entry.registration = null
          revision++
        }
      }
      for (const [device, events] of statuses) {
        const kept = events.filter((e) => e.blockNumber < blockNumber)
        if (kept.length === events.length) continue
        statuses.set(device, kept)
        const entry = byAddress.get(device)
        if (entry) settleStatus(entry)
      }
    },
    find(address) {
      for (const { address: known, entry } of bySlot.get(slotOf(address)) ?? []) {
        if (known.every((byte, i) => byte === address[i])) return entry
      }
      return null
    },
    at: (index) => entries[index],
    markSimulated(entry) {
      if (entry.sawSimulated) return
      entry.sawSimulated = true
      // a device that registered as simulated says nothing new
      if (ORIGIN_CODES[entry.registration?.origin ?? -1] !== 'simulated') revision++
    },
    rows: (chainId, proven) => entries.map((entry) => rowOf(entry, chainId, proven)),
  }
}

const trustOf = (registration: Registration | null): TrustClass => registration?.trust ?? 'project-registered'

/**
 * The address of a record as bytes; null when its key does not belong to it. Without a key there must be somebody
 * else to bind the two: the chain that recovered the device's own signature, or nobody, and then no message counts.
 */
function addressIn({ keccak256 }: ProofCrypto, { device, publicKey, curve, trust }: Registration): Uint8Array | null {
  if (publicKey.length > 0) {
    const address = keccak256(publicKey.subarray(1)).slice(12)
    return publicKey.length === 65 && publicKey[0] === 4 && toHex(address) === device ? address : null
  }
  const bytes = fromHex(device)
  if (trust === 'device-proved') return bytes?.length === 20 && curve === 'secp256k1' ? bytes : null
  return trust === 'operator-asserted' && bytes?.length === 32 ? bytes : null
}

function rowOf(entry: DeviceEntry, chainId: number, proven: boolean): DeviceRow {
  const { registration, document, address } = entry
  const claimed = ORIGIN_CODES[registration?.origin ?? 2] ?? 'simulated'
  return {
    address,
    kind: DEVICE_KINDS[registration?.kind ?? 0]!,
    title: document?.title ?? `Device ${address.slice(0, 10)}`,
    curve: registration?.curve ?? 'secp256k1',
    origin: settleOrigin(claimed, chainId, entry.sawSimulated, proven && registration !== null),
    latDeg: document?.latDeg ?? NaN, // NaN: nobody has proven where it stands
    lonDeg: document?.lonDeg ?? NaN,
    heightM: document?.heightM ?? NaN,
    buildingOsmId: document?.buildingOsmId ?? null,
    registeredBlock: registration?.blockNumber ?? -1,
    revokedBlock: entry.revocation?.blockNumber ?? null,
    documentProven: document?.version === 1, // of a listed one nothing but the directory itself is proven
    trust: trustOf(registration),
    ...(document?.privacy ? { privacy: document.privacy } : {}),
  }
}
