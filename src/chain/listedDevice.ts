import { keccak256, stringToHex } from 'viem'
import { canonicalJson } from '../base/canonicalJson.ts'
import type { Hex } from '../base/hex.ts'
import type { Origin } from '../base/honesty.ts'
import { ORIGINS } from '../base/honesty.ts'
import { DEVICE_KINDS, type DeviceKind } from '../model/device.ts'
import type { DirectoryId, TrustClass } from '../model/trustClass.ts'
import type { ListedDocument } from '../proofs/deviceDocument.ts'
import type { Registration } from '../proofs/directory.ts'

/** What a directory knows of a device that has no document of this project. */
export interface ListedFacts {
  readonly directory: DirectoryId
  readonly trust: TrustClass
  readonly device: Hex // 20 bytes, or 32 where no key is known
  readonly kind: DeviceKind
  readonly origin: Origin
  readonly originSaidBy: ListedDocument['originSaidBy']
  readonly title: string
  readonly did: string | null
  readonly didDocument: { readonly uri: string; readonly hash: Hex } | null
}

/** The document of a listed device: nobody says where it stands. */
export function listedDocument(facts: ListedFacts): ListedDocument {
  const { device, title, did, didDocument } = facts
  return {
    format: 'veracity-device',
    version: 2,
    address: device,
    kind: facts.kind,
    title: title.slice(0, 120),
    latDeg: null,
    lonDeg: null,
    heightM: null,
    buildingOsmId: null,
    directory: facts.directory,
    trust: facts.trust,
    origin: facts.origin,
    originSaidBy: facts.originSaidBy,
    did: did?.slice(0, 200) ?? null,
    didDocument: didDocument && { uri: didDocument.uri.slice(0, 2_000), hash: didDocument.hash },
  }
}

/** The record of a device whose key is not on chain. Its document hash ties it to the document above, proving nothing. */
export const listedRegistration = (
  document: ListedDocument,
  place: { readonly blockNumber: number; readonly logIndex: number },
): Registration => ({
  device: document.address as Hex,
  curve: 'secp256k1',
  publicKey: new Uint8Array(0),
  kind: DEVICE_KINDS.indexOf(document.kind),
  origin: ORIGINS.indexOf(document.origin),
  validFromMs: 0,
  docHash: keccak256(stringToHex(canonicalJson(document))),
  ...place,
  trust: document.trust,
})
