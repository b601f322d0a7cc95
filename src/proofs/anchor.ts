import type { Hex } from '../base/hex.ts'

/** One batch as a gateway anchored it: the fields of the event, and where the event stands on the chain. */
export interface Anchor {
  readonly gateway: Hex // lower case, as every Hex here
  readonly seq: number // per gateway, from 0, without holes
  readonly batchRoot: Hex // RFC 9162 root over the batch's frames
  readonly logRoot: Hex // RFC 9162 root over all batch roots of this gateway up to this one
  readonly logSize: number // batch roots under logRoot
  readonly count: number // frames in the batch
  readonly tMinMs: number // first reading of the batch
  readonly tMaxMs: number // last reading of the batch
  readonly dataHash: Hex // keccak256 of the batch body
  readonly anchoredAtMs: number // block time, whole seconds
  readonly blockNumber: number
  readonly blockHash: Hex
  readonly txHash: Hex
  readonly logIndex: number
}
