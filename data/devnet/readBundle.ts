import { TwinError } from '../../src/base/errors.ts'
import { fromHex, toHex } from '../../src/base/hex.ts'
import { readBlock, readSlotNodes, type SlotNodes } from '../../src/chain/anchorProof.ts'
import { createGatewayClient } from '../../src/chain/gatewayClient.ts'
import { anchorQuery, directoryQuery, readAnchor, readDirectoryEvent, readLogsBackwards } from '../../src/chain/logs.ts'
import { createHttpRpc, type Rpc } from '../../src/chain/rpc.ts'
import type { ChainConfig } from '../../src/chain/sourcesConfig.ts'
import type { Anchor } from '../../src/proofs/anchor.ts'
import type { Bundle, BundleHeader, BundlePart } from '../../src/proofs/bundle.ts'
import type { ProofCrypto } from '../../src/proofs/crypto.ts'
import { comparePlaces } from '../../src/proofs/deviceChain.ts'
import { documentHash, readDeviceDocument } from '../../src/proofs/deviceDocument.ts'
import type { Registration, StatusEvent } from '../../src/proofs/directory.ts'
import { anchorSlot } from '../../src/proofs/header/anchorSlot.ts'
import { encloseBlock } from '../../src/proofs/header/encloseBlock.ts'
import type { Devnet } from './devnet.ts'

/** Everything a running devnet holds, read from outside as any page would: chain, documents, bodies. */
export async function readBundle(crypto: ProofCrypto, net: Devnet, title: string): Promise<Bundle> {
  const { signal } = new AbortController()
  const rpc = createHttpRpc(net.rpcUrl, fetch)
  const gateway = createGatewayClient(`${net.gatewayUrl}/gateway`, fetch)
  const config: ChainConfig = {
    ...net.contracts,
    rpc: net.rpcUrl,
    chainId: net.chainId,
    fromBlock: net.fromBlock,
    witnesses: 1,
  }
  const headBlock = Number(await rpc.request('eth_blockNumber', []))
  const { registrations, statuses } = await readDirectory(rpc, config, headBlock, signal)
  const documents = new Map(
    (await gateway.documents(signal)).flatMap((value) => {
      const document = readDeviceDocument(value)
      return document ? [[documentHash(crypto, document), document] as const] : []
    }),
  )
  const anchors = await readAnchors(rpc, config, headBlock, signal)
  const parts: BundlePart[] = []
  for (const [anchor, { dataHash, seq }] of anchors.entries()) {
    const body = await gateway.body(dataHash, signal)
    if (!(body instanceof Uint8Array)) {
      throw new TwinError('GATEWAY_UNREACHABLE', `The gateway gives no body of batch ${seq}.`)
    }
    parts.push({ anchor, body })
  }
  return {
    title,
    chainId: net.chainId,
    contracts: net.contracts,
    recordedAtMs: Math.max(...anchors.map(({ anchoredAtMs }) => anchoredAtMs)),
    headBlock,
    devices: registrations.map((registration) => ({
      registration,
      document: documents.get(registration.docHash) ?? null,
    })),
    statuses,
    anchors,
    parts,
    headers: await readHeaders(crypto, rpc, config, anchors, headBlock),
  }
}

async function readDirectory(rpc: Rpc, config: ChainConfig, headBlock: number, signal: AbortSignal) {
  const registrations: Registration[] = []
  const statuses: StatusEvent[] = []
  for await (const { logs } of readLogsBackwards(rpc, directoryQuery(config), config.fromBlock, headBlock, signal)) {
    for (const log of logs) {
      const event = readDirectoryEvent(config, log)
      if (event?.kind === 'registration') registrations.push(event.registration)
      else if (event?.kind === 'status') statuses.push(event.status)
    }
  }
  return { registrations, statuses }
}

/** The headers from the first anchor to the head, linked by parent hashes, and the slots of all anchors proven at the head. */
async function readHeaders(
  crypto: ProofCrypto,
  rpc: Rpc,
  { anchorLog }: ChainConfig,
  anchors: readonly Anchor[],
  headBlock: number,
): Promise<BundleHeader[]> {
  const slots = anchors.map(({ gateway, seq }) => toHex(anchorSlot(crypto.keccak256, fromHex(gateway)!, seq)))
  const nodes = await readSlotNodes(rpc, anchorLog, slots, headBlock)
  const headers: BundleHeader[] = []
  for (let number = anchors[0]?.blockNumber ?? headBlock; number <= headBlock; number++) {
    const proof = number === headBlock && nodes ? { account: nodes.account, slots: slotsOf(anchors, nodes) } : null
    const header = encloseBlock(crypto, await readBlock(rpc, number), proof)
    if (!header) throw new TwinError('CHAIN_UNREACHABLE', `The chain gives no header of block ${number}.`)
    headers.push(header)
  }
  return headers
}

const slotsOf = (anchors: readonly Anchor[], nodes: SlotNodes) =>
  anchors.map(({ gateway, seq }, i) => ({ gateway, seq, nodes: nodes.slots[i]! }))

async function readAnchors(rpc: Rpc, config: ChainConfig, headBlock: number, signal: AbortSignal): Promise<Anchor[]> {
  const anchors: Anchor[] = []
  for await (const { logs } of readLogsBackwards(rpc, anchorQuery(config), config.fromBlock, headBlock, signal)) {
    anchors.push(...logs.map(readAnchor).filter((anchor) => anchor !== null))
  }
  const place = ({ blockNumber, logIndex }: Anchor) => ({ blockNumber, logIndex, index: 0 })
  return anchors.sort((a, b) => comparePlaces(place(a), place(b)))
}
