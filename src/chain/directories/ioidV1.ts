import { decodeEventLog, toEventSelector } from 'viem'
import type { Hex } from '../../base/hex.ts'
import type { TrustClass } from '../../model/trustClass.ts'
import type { StatusEvent } from '../../proofs/directory.ts'
import { callView, directoryBroken } from '../callView.ts'
import { type DirectoryRequest, defineDirectory, type ListedDevice, openChain } from '../directory.ts'
import { inTurns } from '../inTurns.ts'
import { ioidAbi, ioidRegistryAbi } from '../ioidAbis.ts'
import { listedDocument, listedRegistration } from '../listedDevice.ts'
import { readLogsBackwards } from '../logs.ts'
import { readProxyCode } from '../proxyCode.ts'

const SENTINEL: Hex = `0x${'00'.repeat(19)}01`
const NOBODY: Hex = `0x${'00'.repeat(20)}`
const PAGE = 200
const WIDTH = 8
const lower = (hex: string): Hex => hex.toLowerCase() as Hex

interface ProjectList {
  readonly devices: readonly Hex[]
  /** Where the list bites its tail. The oldest device of a project ends it with a zero, which looks like "not in it": removed and registered again, it is put in front as well. */
  readonly circleAt: Hex | null
}

/**
 * The project's devices as its linked list has them, the newest first, also those that were removed since.
 * `next` of the contract is the first device that a page leaves out, and a page begins behind its start: to ask from
 * `next` would lose one device a page. So the next page begins behind the last device of this one, and must open
 * with `next`.
 */
async function readProjectDevices(request: DirectoryRequest, project: bigint, count: number): Promise<ProjectList> {
  const { rpc, contracts, signal } = request
  const found = new Set<Hex>()
  let start = SENTINEL
  let expected: Hex | null = null
  for (;;) {
    const [array, next] = await callView(
      rpc,
      { to: contracts.ioID!, abi: ioidAbi, functionName: 'projectIDs', args: [project, start, BigInt(PAGE)] },
      signal,
    )
    if (array.length > PAGE) throw directoryBroken(`A page has ${array.length} devices, asked were ${PAGE}.`)
    if (expected !== null && lower(array[0] ?? NOBODY) !== expected)
      throw directoryBroken(`A page begins with ${array[0] ?? 'nothing'}, the one before it promised ${expected}.`)
    for (const device of array.map(lower)) {
      if (device === NOBODY || device === SENTINEL) throw directoryBroken(`The list of devices holds ${device}.`)
      if (found.has(device)) return { devices: [...found], circleAt: device }
      found.add(device)
    }
    if (found.size > count) throw directoryBroken(`The list names more than the ${count} devices that the project has.`)
    expected = lower(next)
    if (expected === NOBODY || expected === SENTINEL) return { devices: [...found], circleAt: null }
    if (array.length < PAGE) throw directoryBroken(`A page ends after ${array.length} devices and promises more.`)
    start = lower(array.at(-1)!)
  }
}

/** Where each device was registered, how often, and removed; one that came back keeps its first registration and its removal. */
async function readPlaces({ rpc, contracts, fromBlock, signal }: DirectoryRequest, head: number) {
  const registered = new Map<Hex, { blockNumber: number; logIndex: number }>()
  const times = new Map<Hex, number>()
  const removed = new Map<Hex, { blockNumber: number; logIndex: number }>()
  if (fromBlock === null) return { registered, times, removed }
  const query = {
    addresses: [lower(contracts.registry!)],
    topics: [
      [toEventSelector('NewDevice(address,address,bytes32,string)'), toEventSelector('RemoveDevice(address,address)')],
    ],
  }
  for await (const { logs } of readLogsBackwards(rpc, query, fromBlock, head, signal)) {
    for (const log of logs.reverse()) {
      try {
        const topics = log.topics as [Hex, ...Hex[]]
        const { eventName, args } = decodeEventLog({ abi: ioidRegistryAbi, data: log.data, topics })
        const places = eventName === 'NewDevice' ? registered : eventName === 'RemoveDevice' ? removed : null
        if (eventName === 'NewDevice') times.set(lower(args.device), (times.get(lower(args.device)) ?? 0) + 1)
        places?.set(lower(args.device), { blockNumber: Number(log.blockNumber), logIndex: Number(log.logIndex) })
      } catch {
        // an event that this version does not know
      }
    }
  }
  return { registered, times, removed }
}

/** IoTeX's registry of devices, first version: a device proves its key when it is registered. */
export const ioidV1 = defineDirectory({
  id: 'ioid-v1',
  title: 'ioID, version 1',
  trust: 'device-proved',
  contracts: ['registry', 'ioID'],
  needsProject: true,
  // Source: iotexproject/ioID-contracts README and .openzeppelin/unknown-4689.json, unknown-4690.json; all transparent
  // proxies. Which code they run now nobody could read here; the implementations are the manifest's.
  deployments: [
    {
      title: 'IoTeX mainnet',
      chainId: 4689,
      contracts: {
        registry: '0x04e4655cf258ec802d17c23ec6112ef7d97fa2af',
        ioID: '0x1fcb980ed0287777ab05adc93012332e11300e54',
      },
      implementations: {
        registry: '0x23992fbd9ea72ea81613f98b61c00efecebe0b09',
        ioID: '0xdf026cc60b348580130639e7e167d10b82a05e68',
      },
      source: 'ioID-contracts b94ad09 (2025-02), .openzeppelin/unknown-4689.json',
    },
    {
      title: 'IoTeX testnet',
      chainId: 4690,
      contracts: {
        registry: '0x0a7e595c7889df3652a19af52c18377bf17e027d',
        ioID: '0x45ce3e6f526e597628c73b731a3e9af7fc32f5b7',
      },
      implementations: {},
      source: 'ioID-contracts b94ad09 (2025-02), README',
    },
  ],
  async list(request) {
    const { rpc, contracts, pins, signal, maxDevices } = request
    if (request.project === null) throw directoryBroken('ioID lists the devices of one project; none was named.')
    const project = BigInt(request.project)
    const [registry, ioID] = [contracts.registry!, contracts.ioID!]
    const blockNumber = await openChain(request)
    const code = await Promise.all([
      readProxyCode(rpc, 'ioIDRegistry', registry, pins.registry ?? {}, signal),
      readProxyCode(rpc, 'ioID', ioID, pins.ioID ?? {}, signal),
    ])
    const named = lower(
      await callView(rpc, { to: registry, abi: ioidRegistryAbi, functionName: 'ioID', args: [] }, signal),
    )
    const minter = lower(await callView(rpc, { to: ioID, abi: ioidAbi, functionName: 'minter', args: [] }, signal))
    if (named !== lower(ioID) || minter !== lower(registry))
      throw directoryBroken(`Registry and ioID do not name each other: ${named} and ${minter}.`)

    const countOf = async (): Promise<bigint> =>
      callView(rpc, { to: ioID, abi: ioidAbi, functionName: 'projectDeviceCount', args: [project] }, signal)
    const count = await countOf()
    if (count > BigInt(maxDevices))
      throw directoryBroken(`The project has ${count} devices, expected at most ${maxDevices}.`)
    const { devices: listed, circleAt } = await readProjectDevices(request, project, Number(count))
    if ((await countOf()) !== count)
      throw directoryBroken('The project’s devices changed while they were read; read again.')
    const { registered, times, removed: removals } = await readPlaces(request, blockNumber)

    // whoever can replace the code can make it say anything, so what it says is then no more than an assertion
    const changed = code.flatMap(({ state, sentence }) => (state === 'changed' ? [sentence] : []))
    const trust: TrustClass = changed.length > 0 ? 'operator-asserted' : 'device-proved'
    const alarms = [...changed]
    // every registration of a listed device is an event; with all of them read, the two counts must agree
    const events = listed.reduce((sum, device) => sum + (times.get(device) ?? 0), 0)
    if (request.fromBlock === 0 && events !== Number(count))
      alarms.push(`${count} registrations are counted, the devices listed have ${events}: the endpoint withholds some.`)
    const removed: Hex[] = []
    const found = await inTurns(listed, WIDTH, async (device): Promise<ListedDevice | null> => {
      const ask = { to: registry, abi: ioidRegistryAbi, args: [device] } as const
      const [exists, owner] = await Promise.all([
        callView(rpc, { ...ask, functionName: 'exists' }, signal),
        callView(rpc, { to: ioID, abi: ioidAbi, functionName: 'deviceProject', args: [device] }, signal),
      ])
      if (!exists) {
        removed.push(device)
        return null
      }
      if (owner !== project) {
        alarms.push(`The list names ${device}, which the contract says belongs to project ${owner}.`)
        return null
      }
      const [hash, uri, id, did] = await Promise.all([
        callView(rpc, { ...ask, functionName: 'documentHash' }, signal),
        callView(rpc, { ...ask, functionName: 'documentURI' }, signal),
        callView(rpc, { ...ask, functionName: 'deviceTokenId' }, signal),
        callView(rpc, { ...ask, functionName: 'documentID' }, signal),
      ])
      const [, ownDid] = await callView(rpc, { to: ioID, abi: ioidAbi, functionName: 'wallet', args: [id] }, signal)
      if (did !== `did:io:${device}` || ownDid !== did) {
        alarms.push(`The token ${id} of ${device} carries "${ownDid}", expected "did:io:${device}".`)
        return null
      }
      const document = listedDocument({
        directory: 'ioid-v1',
        trust,
        device,
        kind: request.kind,
        origin: request.origin,
        originSaidBy: 'reader',
        title: did,
        did,
        didDocument: { uri, hash: lower(hash) },
      })
      const place = registered.get(device) ?? {
        blockNumber: Math.max(0, (request.fromBlock ?? blockNumber) - 1),
        logIndex: 0,
      }
      const gone = removals.get(device)
      const revocation: StatusEvent | null = gone ? { device, kind: 'revoked', timeMs: 0, ...gone } : null
      return { registration: listedRegistration(document, place), document, revocation }
    })
    return {
      directory: 'ioid-v1',
      trust,
      chainId: request.chainId,
      blockNumber,
      devices: found.filter((one) => one !== null),
      removed,
      code,
      alarms,
      remarks: [
        ...code.flatMap(({ state, sentence }) => (state === 'open' ? [sentence] : [])),
        ...(listed.length < Number(count)
          ? [`${count} registrations are counted, ${listed.length} devices listed: one that came back counts twice.`]
          : []),
        ...(circleAt
          ? [`The list runs in a circle at ${circleAt}: the oldest device of a project that came back closes it so.`]
          : []),
        'Only a device itself can remove itself: a stolen key stays registered until its project revokes it elsewhere.',
      ],
    }
  },
})
