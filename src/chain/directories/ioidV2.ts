import { decodeEventLog, toEventSelector } from 'viem'
import type { Hex } from '../../base/hex.ts'
import { callView, directoryBroken } from '../callView.ts'
import { type DirectoryRequest, defineDirectory, type ListedDevice, openChain } from '../directory.ts'
import { inTurns } from '../inTurns.ts'
import { ioidV2Abi } from '../ioidAbis.ts'
import { listedDocument, listedRegistration } from '../listedDevice.ts'
import { readLogsBackwards } from '../logs.ts'
import { readProxyCode } from '../proxyCode.ts'

const WIDTH = 8
const lower = (hex: string): Hex => hex.toLowerCase() as Hex

/** Every identifier that was ever written, with the place where it first was. The contract keeps no list of them. */
async function readIdentifiers({ rpc, contracts, fromBlock, signal, maxDevices }: DirectoryRequest, head: number) {
  const places = new Map<Hex, { blockNumber: number; logIndex: number }>()
  const query = {
    addresses: [lower(contracts.registry!)],
    topics: [[toEventSelector('DeviceNFTUpdated(bytes32,uint256,bytes,uint256)')]],
  }
  for await (const { logs } of readLogsBackwards(rpc, query, fromBlock ?? 0, head, signal)) {
    for (const log of logs.reverse()) {
      try {
        const topics = log.topics as [Hex, ...Hex[]]
        const event = decodeEventLog({ abi: ioidV2Abi, data: log.data, topics })
        if (event.eventName !== 'DeviceNFTUpdated') continue
        const place = { blockNumber: Number(log.blockNumber), logIndex: Number(log.logIndex) }
        places.set(lower(event.args.ioIDIdentifier), place)
      } catch {
        // an event that this version does not know
      }
      if (places.size > maxDevices) throw directoryBroken(`The registry names more than ${maxDevices} devices.`)
    }
  }
  return places
}

/** IoTeX's registry of devices, second version: an operator writes identifiers; no device ever signs. */
export const ioidV2 = defineDirectory({
  id: 'ioid-v2',
  title: 'ioID, version 2',
  trust: 'operator-asserted',
  contracts: ['registry'],
  needsProject: false,
  deployments: [], // iotexproject/ioID-v2-contracts 0208f2d (2026-01) names none
  async list(request) {
    const { rpc, contracts, pins, signal } = request
    const registry = contracts.registry!
    const blockNumber = await openChain(request)
    const code = [await readProxyCode(rpc, 'ioIDRegistry', registry, pins.registry ?? {}, signal)]
    const ask = { to: registry, abi: ioidV2Abi } as const
    const total = await callView(rpc, { ...ask, functionName: 'totalDevices', args: [] }, signal)
    const operator = lower(await callView(rpc, { ...ask, functionName: 'operator', args: [] }, signal))
    const identifiers = await readIdentifiers(request, blockNumber)
    const removed: Hex[] = []
    const found = await inTurns([...identifiers], WIDTH, async ([identifier, place]): Promise<ListedDevice | null> => {
      const [[nftChain, contract, token], [uri, hash]] = await Promise.all([
        callView(rpc, { ...ask, functionName: 'getDeviceNFT', args: [identifier] }, signal),
        callView(rpc, { ...ask, functionName: 'getDIDDocMetadata', args: [identifier] }, signal),
      ])
      if (nftChain === 0n) {
        removed.push(identifier)
        return null
      }
      const document = listedDocument({
        directory: 'ioid-v2',
        trust: 'operator-asserted',
        device: identifier,
        kind: request.kind,
        origin: request.origin,
        originSaidBy: 'reader',
        title: `Token ${token} of ${contract.slice(0, 12)}… on chain ${nftChain}`,
        did: null,
        didDocument: uri === '' && /^0x0+$/.test(hash) ? null : { uri, hash: lower(hash) },
      })
      return { registration: listedRegistration(document, place), document, revocation: null }
    })
    const devices = found.filter((one) => one !== null)
    const alarms = code.flatMap(({ state, sentence }) => (state === 'changed' ? [sentence] : []))
    if (BigInt(devices.length) !== total && request.fromBlock === 0)
      alarms.push(`The contract counts ${total} devices, the endpoint’s events show ${devices.length}.`)
    return {
      directory: 'ioid-v2',
      trust: 'operator-asserted',
      chainId: request.chainId,
      blockNumber,
      devices,
      removed,
      code,
      alarms,
      remarks: [
        ...code.flatMap(({ state, sentence }) => (state === 'open' ? [sentence] : [])),
        ...(BigInt(devices.length) === total || request.fromBlock === 0
          ? []
          : [`${total} devices are counted, ${devices.length} were written since block ${request.fromBlock ?? 0}.`]),
        `Operator ${operator} wrote them; no device signed, and no key of one is on chain.`,
      ],
    }
  },
})
