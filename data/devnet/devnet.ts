import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { PrivateKeyAccount } from 'viem/accounts'
import { TwinError } from '../../src/base/errors.ts'
import { fromHex, type Hex } from '../../src/base/hex.ts'
import { deviceStatusAbi } from '../../src/chain/abis.ts'
import type { DevicePrivacy } from '../../src/model/device.ts'
import { createProofCrypto } from '../../src/proofs/crypto.ts'
import { compileContracts } from '../contracts/compile.ts'
import { type Anvil, startAnvil } from './anvil.ts'
import { createBodyStore } from './bodyStore.ts'
import { type Contracts, deployContracts } from './deploy.ts'
import { createDevChain, type DevChain, encodeCall } from './devChain.ts'
import { createFleet, type SigningDevice } from './fleet.ts'
import type { FleetModel } from './fleetModel.ts'
import { createGateway, type Gateway } from './gateway.ts'
import { serveGateway } from './gatewayServer.ts'
import { fillHistory, type HistoryPlan } from './history.ts'
import { type Live, startLive } from './live.ts'
import { createLiveBacklog } from './liveBacklog.ts'
import type { Mischief } from './mischief.ts'
import { registerDevices } from './register.ts'
import { createSignerFactory } from './signer.ts'

const DEVNET_CHAIN_ID = 31337

const HOUR_MS = 3_600_000
const RETENTION_MS = 48 * HOUR_MS
const PRUNE_EVERY_MS = 10 * 60_000
const PREPARE_S = 600 // before the history: blocks for contracts and registrations

/** How the past is filled unless said otherwise: hourly frames of 5-minute readings, anchored every quarter of an hour. */
const HISTORY = { hours: 24, readingEveryMs: 300_000, frameEveryMs: HOUR_MS, anchorEveryMs: HOUR_MS / 4 }

export interface DevnetProgress {
  readonly step: 'contracts' | 'chain' | 'devices' | 'history' | 'ready'
  readonly fraction: number // of this step
}

export interface DevnetOptions {
  readonly fleet: FleetModel
  readonly workDir: string // git-ignored; compiled contracts and this run's bodies go there
  readonly onProgress?: (progress: DevnetProgress) => void
  readonly onDeath?: (error: TwinError) => void // the chain ended, or live sealing failed
  readonly onProcess?: (pid: number) => void // a process of its own was started; it ends with stop()
  readonly rpcPort?: number
  readonly gatewayPort?: number
  readonly history?: boolean | Partial<typeof HISTORY>
  /** How long ago the devices were registered; as long as the history unless given. */
  readonly pastHours?: number
  readonly live?: boolean
}

export interface Devnet {
  readonly rpcUrl: string
  readonly gatewayUrl: string
  readonly contracts: { readonly directory: Hex; readonly status: Hex; readonly anchorLog: Hex }
  readonly chainId: number
  readonly fromBlock: number
  readonly pids: readonly number[]
  /** For whoever stages something: recordings, lessons and tests. */
  readonly stage: DevnetStage
  /** Ends everything; no process and no port is left. A second call does nothing. */
  stop(): Promise<void>
}

interface DevnetStage {
  readonly chain: DevChain
  readonly gateway: Gateway
  readonly devices: readonly SigningDevice[]
  readonly live: Live | null
  /** Withdraws a device's key, in a block of now or of the time given. */
  revoke(device: number, atMs?: number): Promise<void>
  setMischief(mischief: Mischief): Promise<void>
}

/**
 * Starts the embedded chain, its contracts, the fleet and the gateway, with a day of signed and anchored past.
 *
 * Throws   CHILD_DIED, PORT_BUSY; what was started before is stopped then
 */
export async function startDevnet(options: DevnetOptions): Promise<Devnet> {
  const { fleet, workDir, onProgress = () => {}, onDeath = () => {} } = options
  const plan = { ...HISTORY, ...(typeof options.history === 'object' ? options.history : {}) }
  const runDir = join(workDir, `run-${process.pid}-${Date.now()}`)
  mkdirSync(runDir, { recursive: true })
  const stops: (() => Promise<void> | void)[] = [() => rmSync(runDir, { recursive: true, force: true })]
  let stopped: Promise<void> | null = null
  const stop = (): Promise<void> => {
    stopped ??= (async () => {
      for (const each of stops.reverse()) await each()
    })()
    return stopped
  }
  try {
    const pastHours = options.pastHours ?? (options.history === false ? 0 : plan.hours)
    const startS = Math.floor(Date.now() / 1000) - pastHours * 3600
    onProgress({ step: 'contracts', fraction: 0 })
    const compiled = compileContracts(workDir)
    onProgress({ step: 'chain', fraction: 0 })
    const anvil = await startAnvil({
      chainId: DEVNET_CHAIN_ID,
      genesisTimeS: startS - PREPARE_S,
      onDeath,
      ...(options.onProcess ? { onSpawn: options.onProcess } : {}),
      ...(options.rpcPort === undefined ? {} : { port: options.rpcPort }),
    })
    stops.push(() => anvil.stop())
    const parts = await setUp(anvil, compiled, fleet, runDir, startS, onProgress)
    if (options.history !== false) {
      const historyPlan: HistoryPlan = { ...plan, fromMs: startS * 1000, toMs: Date.now() }
      const onFraction = (fraction: number): void => onProgress({ step: 'history', fraction })
      await fillHistory(parts.devices, parts.gateway, historyPlan, onFraction)
    }
    const onError = (error: unknown): void => {
      onDeath(error instanceof TwinError ? error : new TwinError('CHILD_DIED', `Sealing stopped: ${String(error)}.`))
    }
    const live = options.live === false ? null : startLive(parts.devices, parts.gateway, parts.chain.mineAt, onError)
    if (live) stops.push(() => live.stop())
    const stage = createStage(parts, live)
    const pruning = setInterval(() => parts.bodies.prune(RETENTION_MS), PRUNE_EVERY_MS)
    stops.push(() => clearInterval(pruning))
    const server = await serveGateway({
      bodies: parts.bodies,
      backlog: parts.backlog,
      status: () => statusOf(parts),
      documents: () => parts.devices.map(({ document }) => document),
      mischief: () => parts.gateway.mischiefs.current,
      setMischief: stage.setMischief,
      ...(options.gatewayPort === undefined ? {} : { port: options.gatewayPort }),
    })
    stops.push(() => server.stop())
    onProgress({ step: 'ready', fraction: 1 })
    const { directory, status, anchorLog, fromBlock } = parts.contracts
    return {
      rpcUrl: anvil.rpc.url,
      gatewayUrl: server.url,
      contracts: { directory, status, anchorLog },
      chainId: DEVNET_CHAIN_ID,
      fromBlock,
      pids: [anvil.pid],
      stage,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

type Parts = Awaited<ReturnType<typeof setUp>>

/** Accounts, contracts, keys, registrations. */
async function setUp(
  anvil: Anvil,
  compiled: ReturnType<typeof compileContracts>,
  fleet: FleetModel,
  runDir: string,
  startS: number,
  onProgress: (progress: DevnetProgress) => void,
) {
  const chain = createDevChain(anvil.rpc, DEVNET_CHAIN_ID, startS - PREPARE_S)
  const owner = await chain.createAccount()
  const account = await chain.createAccount()
  const contracts: Contracts = await deployContracts(chain, compiled, owner, account.address, startS - PREPARE_S + 10)
  onProgress({ step: 'devices', fraction: 0 })
  const crypto = await createProofCrypto()
  const domain = { chainId: DEVNET_CHAIN_ID, registry: fromHex(contracts.directory)! }
  const devices = createFleet(crypto, fleet, domain, await createSignerFactory(crypto))
  await registerDevices(chain, owner, contracts.directory, devices, startS - PREPARE_S + 60)
  const bodies = createBodyStore(join(runDir, 'bodies'))
  const backlog = createLiveBacklog()
  const delays = new Map(devices.map(({ signer, document: { privacy } }) => [signer.address, delayOf(privacy)]))
  const gateway = createGateway({
    ...{ crypto, chain, account, anchorLog: contracts.anchorLog, bodies, backlog },
    delayOf: (device) => delays.get(device) ?? 0,
  })
  return { chain, owner, contracts, devices, bodies, backlog, gateway }
}

const delayOf = (privacy: DevicePrivacy | undefined): number => (privacy?.publish === 'delayed' ? privacy.delayS : 0)

function createStage(parts: Parts, live: Live | null): DevnetStage {
  const { chain, owner, contracts, devices, gateway } = parts
  const revoked = new Set<number>()
  const revoke = async (index: number, atMs = Date.now()): Promise<void> => {
    const device = devices[index]
    if (!device || revoked.has(index)) return
    revoked.add(index)
    const data = encodeCall(deviceStatusAbi, 'revoke', [[device.signer.address]])
    await sendAndMine(chain, owner, contracts.status, data, Math.floor(atMs / 1000))
  }
  const indexOf = (address: Hex): number => {
    const index = devices.findIndex(({ signer }) => signer.address === address)
    if (index < 0) throw new Error(`No device ${address} is in this fleet.`)
    return index
  }
  return {
    chain,
    gateway,
    devices,
    live,
    revoke,
    /** A revoked device falls silent unless the mischief is that it does not; the last device is the spare one. */
    async setMischief(mischief) {
      const spare = [...revoked][0] ?? devices.length - 1
      const chosen = mischief.device === null ? null : indexOf(mischief.device)
      const target = mischief.kind === 'revoked-signer' ? (chosen ?? spare) : -1
      if (target >= 0) await revoke(target)
      for (const index of revoked) {
        if (index === target) live?.silent.delete(index)
        else live?.silent.add(index)
      }
      const device = target >= 0 ? devices[target]!.signer.address : mischief.device
      gateway.mischiefs.set({ kind: mischief.kind, device })
    },
  }
}

async function sendAndMine(chain: DevChain, from: PrivateKeyAccount, to: Hex, data: Hex, timeS: number): Promise<void> {
  await chain.send(from, to, data)
  await chain.mineAt(timeS)
}

const statusOf = ({ gateway, contracts, devices, bodies }: Parts): unknown => ({
  chainId: DEVNET_CHAIN_ID,
  gateway: gateway.address,
  anchorLog: contracts.anchorLog,
  directory: contracts.directory,
  devices: devices.length,
  logSize: gateway.logSize,
  logRoot: gateway.logRoot,
  pendingFrames: gateway.pending,
  bodies: bodies.count(),
  retentionHours: RETENTION_MS / HOUR_MS,
  mischief: gateway.mischiefs.current,
})
