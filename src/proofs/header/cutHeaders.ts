import type { Anchor } from '../anchor.ts'
import type { BundleHeader } from '../bundle.ts'
import { decodeEnclosedProof, encodeEnclosedProof } from './enclosedProof.ts'

/** Of a bundle's headers, those from the first of these anchors on, and of their proofs only the anchors' own slots. */
export function cutHeaders(headers: readonly BundleHeader[], anchors: readonly Anchor[]): BundleHeader[] {
  const from = Math.min(...anchors.map(({ blockNumber }) => blockNumber))
  const wanted = new Set(anchors.map(({ gateway, seq }) => `${gateway} ${seq}`))
  return headers
    .filter(({ number }) => number >= from)
    .map((header) => {
      const proof = decodeEnclosedProof(header.proof)
      if (typeof proof === 'string') return header
      const slots = proof.slots.filter(({ gateway, seq }) => wanted.has(`${gateway} ${seq}`))
      const cut = slots.length > 0 ? encodeEnclosedProof({ account: proof.account, slots }) : new Uint8Array(0)
      return { ...header, proof: cut }
    })
}
