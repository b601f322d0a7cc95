import { encodeAbiParameters, keccak256 } from 'viem'
import { type Hex, toHex } from '../../base/hex.ts'
import { ORIGINS } from '../../base/honesty.ts'
import { DEVICE_KINDS } from '../../model/device.ts'
import type { Registration, StatusEvent } from '../../proofs/directory.ts'
import { deviceDirectoryAbi } from '../abis.ts'
import { callView, directoryBroken } from '../callView.ts'
import { type DirectoryRequest, defineDirectory, type ListedDevice, openChain } from '../directory.ts'
import { inTurns } from '../inTurns.ts'
import { listedDocument } from '../listedDevice.ts'
import { directoryQuery, readDirectoryEvent, readLogsBackwards } from '../logs.ts'
import { readProxyCode } from '../proxyCode.ts'

const RECORD = ['address', 'uint8', 'bytes32', 'bytes32', 'uint8', 'uint8', 'uint64', 'bytes32'].map((type) => ({
  type,
}))

/** What the contract's slot of a device must hold. */
const recordHash = (r: Registration): Hex =>
  keccak256(
    encodeAbiParameters(RECORD, [
      ...[r.device, r.curve === 'p256' ? 2 : 1, toHex(r.publicKey.subarray(1, 33)), toHex(r.publicKey.subarray(33))],
      ...[r.kind, r.origin, BigInt(r.validFromMs / 1000), r.docHash],
    ]),
  )

/** Registrations and revocations of the project's contracts, the first of each device. */
async function readEvents({ rpc, chainId, contracts, fromBlock, signal }: DirectoryRequest, head: number) {
  const directory = contracts.directory!
  // the log query wants an anchor log too; there is none to be asked here
  const config = { rpc: rpc.url, chainId, directory, status: contracts.status!, anchorLog: directory, witnesses: 1 }
  const registrations = new Map<Hex, Registration>()
  const revocations = new Map<Hex, StatusEvent>()
  const query = { ...config, fromBlock: fromBlock ?? 0 }
  for await (const { logs } of readLogsBackwards(rpc, directoryQuery(query), query.fromBlock, head, signal)) {
    for (const event of logs.map((log) => readDirectoryEvent(query, log)).reverse()) {
      // from the newest back, so that what is set last came first
      if (event?.kind === 'registration') registrations.set(event.registration.device, event.registration)
      if (event?.kind === 'status' && event.status.kind === 'revoked')
        revocations.set(event.status.device, event.status)
    }
  }
  return { registrations, revocations }
}

/** The project's own contracts: key, kind, origin and document hash of every device in one event and one slot. */
export const own = defineDirectory({
  id: 'own',
  title: 'DeviceDirectory and DeviceStatus of this project',
  trust: 'project-registered',
  contracts: ['directory', 'status'],
  needsProject: false,
  deployments: [],
  async list(request) {
    const { rpc, contracts, pins, signal, maxDevices } = request
    const directory = contracts.directory!
    const blockNumber = await openChain(request)
    const code = await Promise.all(
      ['directory', 'status'].map((name) => readProxyCode(rpc, name, contracts[name]!, pins[name] ?? {}, signal)),
    )
    const { registrations, revocations } = await readEvents(request, blockNumber)
    if (registrations.size > maxDevices) throw directoryBroken(`The directory lists more than ${maxDevices} devices.`)
    const alarms = code.flatMap(({ state, sentence }) => (state === 'changed' ? [sentence] : []))
    const count = Number(
      await callView(rpc, { to: directory, abi: deviceDirectoryAbi, functionName: 'deviceCount', args: [] }, signal),
    )
    if (count !== registrations.size)
      alarms.push(`The contract counts ${count} devices, the endpoint’s events show ${registrations.size}.`)
    const devices = await inTurns([...registrations.values()], 8, async (registration): Promise<ListedDevice> => {
      const { device } = registration
      const held = await callView(
        rpc,
        { to: directory, abi: deviceDirectoryAbi, functionName: 'recordHash', args: [device] },
        signal,
      )
      if (held !== recordHash(registration))
        throw directoryBroken(`The event that registers ${device} is not what the contract holds of it.`)
      const document = listedDocument({
        directory: 'own',
        trust: 'project-registered',
        device,
        kind: DEVICE_KINDS[registration.kind] ?? request.kind,
        origin: ORIGINS[registration.origin] ?? 'simulated',
        originSaidBy: 'registration',
        title: `Device ${device.slice(0, 10)}`,
        did: null,
        didDocument: null,
      })
      return { registration, document, revocation: revocations.get(device) ?? null }
    })
    return {
      directory: 'own',
      trust: 'project-registered',
      chainId: request.chainId,
      blockNumber,
      devices,
      removed: [],
      code,
      alarms,
      remarks: [],
    }
  },
})
