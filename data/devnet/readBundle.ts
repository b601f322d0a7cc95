import { TwinError } from '../../src/base/errors.ts'
import { createGatewayClient } from '../../src/chain/gatewayClient.ts'
import { anchorQuery, directoryQuery, readAnchor, readDirectoryEvent, readLogsBackwards } from '../../src/chain/logs.ts'
import { createHttpRpc, type Rpc } from '../../src/chain/rpc.ts'
import type { ChainConfig } from '../../src/chain/sourcesConfig.ts'
import type { Anchor } from '../../src/proofs/anchor.ts'
import type { Bundle, BundlePart } from '../../src/proofs/bundle.ts'
import type { ProofCrypto } from '../../src/proofs/crypto.ts'
import { comparePlaces } from '../../src/proofs/deviceChain.ts'
import { documentHash, readDeviceDocument } from '../../src/proofs/deviceDocument.ts'
import type { Registration, StatusEvent } from '../../src/proofs/directory.ts'
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
    if (!body) throw new TwinError('GATEWAY_UNREACHABLE', `The gateway has no body of batch ${seq}.`)
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
    headers: [],
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

async function readAnchors(rpc: Rpc, config: ChainConfig, headBlock: number, signal: AbortSignal): Promise<Anchor[]> {
  const anchors: Anchor[] = []
  for await (const { logs } of readLogsBackwards(rpc, anchorQuery(config), config.fromBlock, headBlock, signal)) {
    anchors.push(...logs.map(readAnchor).filter((anchor) => anchor !== null))
  }
  const place = ({ blockNumber, logIndex }: Anchor) => ({ blockNumber, logIndex, index: 0 })
  return anchors.sort((a, b) => comparePlaces(place(a), place(b)))
}
