import { fromHex, type Hex, toHex } from '../../src/base/hex.ts'
import type { Anchor } from '../../src/proofs/anchor.ts'
import type { Bundle, BundleHeader } from '../../src/proofs/bundle.ts'
import { anchorFieldsHash, anchorSlot } from '../../src/proofs/header/anchorSlot.ts'
import { encloseBlock } from '../../src/proofs/header/encloseBlock.ts'
import { encodeRlpList, encodeRlpString } from '../../src/proofs/header/rlp.ts'
import { crypto } from './signers.ts'
import { buildTrie } from './trie.ts'

const { keccak256 } = crypto
const hash = (...numbers: number[]): Hex => toHex(keccak256(Uint8Array.from(numbers)))
const quantity = (n: number): Hex => `0x${n.toString(16)}`

/** The state of a chain whose only contract of interest is an AnchorLog, with other accounts and slots around. */
export function anchorState(anchorLog: Hex, anchors: readonly Anchor[]) {
  const slotOf = ({ gateway, seq }: { gateway: Hex; seq: number }): Uint8Array =>
    keccak256(anchorSlot(keccak256, fromHex(gateway)!, seq))
  const storage = buildTrie([
    ...anchors.map((anchor) => [slotOf(anchor), encodeRlpString(anchorFieldsHash(keccak256, anchor))] as const),
    ...Array.from({ length: 30 }, (_, n) => [keccak256(Uint8Array.of(1, n)), Uint8Array.of(n + 1)] as const),
  ])
  const account = (storageRoot: Uint8Array): Uint8Array =>
    encodeRlpList([
      encodeRlpString(Uint8Array.of(1)),
      encodeRlpString(new Uint8Array(0)),
      encodeRlpString(storageRoot),
      encodeRlpString(keccak256(Uint8Array.of(9))),
    ])
  const key = keccak256(fromHex(anchorLog)!)
  const state = buildTrie([
    [key, account(storage.root)],
    ...Array.from(
      { length: 30 },
      (_, n) => [keccak256(Uint8Array.of(2, n)), account(keccak256(Uint8Array.of(n)))] as const,
    ),
  ])
  return {
    root: state.root,
    account: state.proof(key),
    slot: (anchor: { gateway: Hex; seq: number }) => storage.proof(slotOf(anchor)),
  }
}

/** A block of such a chain, as JSON-RPC gives it. */
export const provenBlock = (number: number, timeMs: number, parentHash: Hex, stateRoot: Uint8Array) => ({
  parentHash,
  sha3Uncles: hash(1),
  miner: `0x${'11'.repeat(20)}`,
  stateRoot: toHex(stateRoot),
  transactionsRoot: hash(2, number),
  receiptsRoot: hash(3, number),
  logsBloom: `0x${'00'.repeat(256)}`,
  difficulty: '0x0',
  number: quantity(number),
  gasLimit: '0x1c9c380',
  gasUsed: '0x5208',
  timestamp: quantity(timeMs / 1000),
  extraData: '0x',
  mixHash: hash(4, number),
  nonce: '0x0000000000000000',
  baseFeePerGas: '0x7',
  withdrawalsRoot: hash(5),
  blobGasUsed: '0x0',
  excessBlobGas: '0x0',
  parentBeaconBlockRoot: hash(6),
  requestsHash: hash(7),
})

/**
 * A bundle whose anchors stand in real blocks: their hashes are those of headers, each block's state holds the anchors
 * up to it, and the headers from the first anchor to the head are enclosed, the last with the slots of all anchors.
 */
export function proveBundle(bundle: Bundle): Bundle & { readonly head: BundleHeader } {
  const { anchorLog } = bundle.contracts
  const first = Math.min(...bundle.anchors.map(({ blockNumber }) => blockNumber))
  const headers: BundleHeader[] = []
  const anchors: Anchor[] = []
  let timeMs = Math.min(...bundle.anchors.map(({ anchoredAtMs }) => anchoredAtMs)) - 1000
  let parentHash = hash(8)
  for (let number = first; number <= bundle.headBlock + 1; number++) {
    const here = bundle.anchors.filter(({ blockNumber }) => blockNumber === number)
    timeMs = here[0]?.anchoredAtMs ?? timeMs + 1000
    const last = number === bundle.headBlock + 1
    const state = anchorState(anchorLog, [...anchors, ...here])
    const block = provenBlock(number, timeMs, parentHash, state.root)
    const slots = anchors.map((anchor) => ({ gateway: anchor.gateway, seq: anchor.seq, nodes: state.slot(anchor) }))
    const header = encloseBlock(crypto, block, last ? { account: state.account, slots } : null)!
    headers.push(header)
    parentHash = header.hash
    anchors.push(...here.map((anchor) => ({ ...anchor, blockHash: header.hash })))
  }
  return { ...bundle, anchors, headers, head: headers.at(-1)! }
}
