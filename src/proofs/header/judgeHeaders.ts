import { fromHex, type Hex, toHex } from '../../base/hex.ts'
import type { Anchor } from '../anchor.ts'
import type { BundleHeader } from '../bundle.ts'
import type { ProofCrypto } from '../crypto.ts'
import { anchorFieldsHash } from './anchorSlot.ts'
import { decodeEnclosedProof } from './enclosedProof.ts'
import { decodeEthHeader, type EthHeader } from './ethHeader.ts'
import type { HeaderProof } from './headerProof.ts'
import { createSlotProver } from './slotProof.ts'

/** Block hashes that somebody vouches for, and who that is. */
export interface TrustedHashes {
  readonly by: 'pin' | 'endpoints'
  readonly hashes: readonly Hex[]
}

/** Judges anchors by headers and proofs that came with them. */
export interface HeaderJudge {
  /**
   * How far the enclosed headers prove an anchor. Its slot must be proven under the state root of a header at or after
   * its block, the header of its own block must bear its number and time, and both must be a trusted block or an
   * ancestor of one whose descendants up to it are enclosed too.
   *
   * Returns  null when nothing that was enclosed speaks of this anchor
   */
  judge(anchor: Anchor, trusted: TrustedHashes): HeaderProof | null
}

interface SlotProofs {
  readonly account: readonly Uint8Array[]
  readonly slots: ReadonlyMap<string, readonly Uint8Array[]>
}

const slotKey = ({ gateway, seq }: { readonly gateway: Hex; readonly seq: number }): string => `${gateway} ${seq}`

function slotProofs(bytes: Uint8Array): SlotProofs | string {
  const proof = decodeEnclosedProof(bytes)
  if (typeof proof === 'string') return proof
  return { account: proof.account, slots: new Map(proof.slots.map((slot) => [slotKey(slot), slot.nodes])) }
}

type Read = EthHeader & { readonly hash: Hex; readonly enclosed: BundleHeader }

export function createHeaderJudge(
  { keccak256 }: ProofCrypto,
  anchorLog: Hex,
  headers: readonly BundleHeader[],
): HeaderJudge {
  const prover = createSlotProver(keccak256)
  const contract = fromHex(anchorLog)!
  const sound = new Map<Hex, Read>()
  const faults = new Map<Hex, string>() // stated hash -> what is wrong with the header given for it
  const proofs: { readonly header: Read; readonly proof: SlotProofs | string }[] = []

  for (const enclosed of headers) {
    const { hash, number } = enclosed
    const read = decodeEthHeader(enclosed.header)
    if (typeof read === 'string') faults.set(hash, read)
    else if (toHex(keccak256(enclosed.header)) !== hash)
      faults.set(hash, 'The header has another hash than it is given for.')
    else if (read.number !== number)
      faults.set(hash, `The header bears number ${read.number}, it is given for ${number}.`)
    else {
      const header = { ...read, hash, enclosed }
      sound.set(hash, header)
      if (enclosed.proof.length > 0) proofs.push({ header, proof: slotProofs(enclosed.proof) })
    }
  }

  let reachedFor = ''
  let reached = new Set<Hex>()
  /** The trusted blocks and all their enclosed ancestors. */
  const reachedFrom = (hashes: readonly Hex[]): Set<Hex> => {
    const key = hashes.join()
    if (key === reachedFor) return reached
    reachedFor = key
    reached = new Set()
    for (const hash of hashes) {
      for (let at = sound.get(hash); at && !reached.has(at.hash); at = sound.get(toHex(at.parentHash)))
        reached.add(at.hash)
    }
    return reached
  }

  const failed = (sentence: string): HeaderProof => ({ state: 'failed', sentence, enclosed: headers })
  const open = (sentence: string): HeaderProof => ({ state: 'open', sentence })

  return {
    judge(anchor, { by, hashes }) {
      const place = sound.get(anchor.blockHash)
      const fault = faults.get(anchor.blockHash)
      if (!place && fault) return failed(fault)
      if (place && place.number !== anchor.blockNumber)
        return failed(`The block of that hash has number ${place.number}, the anchor states ${anchor.blockNumber}.`)
      if (place && place.timeMs !== anchor.anchoredAtMs) return failed('The block of that hash has another time.')

      let proven: Read | null = null
      for (const { header, proof } of proofs) {
        if (typeof proof === 'string') {
          if (header === place) return failed(proof)
          continue
        }
        const slot = proof.slots.get(slotKey(anchor))
        if (!slot) continue
        if (header.number < anchor.blockNumber) return failed('The proof is of a block before the anchor’s.')
        const wrong = prover.faultOf(header.stateRoot, contract, anchor, { account: proof.account, slot })
        if (wrong) return failed(wrong)
        if (!proven || reachedFrom(hashes).has(header.hash)) proven = header
      }
      if (!proven) return place ? open('No proof of its slot is enclosed.') : null
      const where = `block ${proven.number}, ${proven.hash}`
      if (!place) return open(`Its slot is proven in ${where}, but the header of its own block is not enclosed.`)
      const known = reachedFrom(hashes)
      if (!known.has(proven.hash) || !known.has(place.hash))
        return open(`It leads to ${where}, whose hash nobody vouches for here. Pin it when you know it to be right.`)
      return {
        state: 'proven',
        by,
        block: proven.number,
        blockHash: proven.hash,
        fieldsHash: toHex(anchorFieldsHash(keccak256, anchor)),
        enclosed: proven === place ? [place.enclosed] : [place.enclosed, proven.enclosed],
      }
    },
  }
}
