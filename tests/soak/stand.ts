import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { compileContracts } from '../../data/contracts/compile.ts'
import { startAnvil } from '../../data/devnet/anvil.ts'
import { createBodyStore } from '../../data/devnet/bodyStore.ts'
import { deployContracts } from '../../data/devnet/deploy.ts'
import { createDevChain } from '../../data/devnet/devChain.ts'
import { createFleet } from '../../data/devnet/fleet.ts'
import type { FleetModel } from '../../data/devnet/fleetModel.ts'
import { createGateway } from '../../data/devnet/gateway.ts'
import { serveGateway } from '../../data/devnet/gatewayServer.ts'
import { createLiveBacklog } from '../../data/devnet/liveBacklog.ts'
import { registerDevices } from '../../data/devnet/register.ts'
import { createSignerFactory } from '../../data/devnet/signer.ts'
import { fromHex } from '../../src/base/hex.ts'
import { createPageServer, serveSite, withCity } from '../../src/cli/serve/pageServer.ts'
import { takePort } from '../../src/cli/serve/port.ts'
import { openSiteFolder } from '../../src/cli/serve/siteFiles.ts'
import { closeServer } from '../../src/cli/start/closeServer.ts'
import { ensureDefaultCity } from '../../src/cli/start/defaultCity.ts'
import { createProofCrypto } from '../../src/proofs/crypto.ts'

const CHAIN_ID = 31337
const PREPARE_S = 3600 // blocks before the present, for contracts and registrations
const SEAL_EVERY_MS = 4_000
const SEND_EVERY_MS = 50
const MOST_MISSED = 10
const READING_EVERY_MS = 1_000 // between the readings of one frame
const CENTRE = { latDeg: 51.128, lonDeg: 71.43 }

export interface StandOptions {
  readonly devices: number
  readonly framesPerS: number
  readonly readingsPerFrame: number
  readonly site: string // folder of the built page
  readonly workDir: string
  say(words: string): void
}

export interface Stand {
  readonly url: string
  readonly pids: readonly number[]
  readonly frames: number // sent so far
  /** Begins to send; ends with everything sent being anchored. */
  start(): void
  finish(): Promise<void>
  /** Destroys every open socket, as a broken line does; returns how many. */
  killSockets(): number
  /** Number behind the last reading of each device that sent anything, by address. */
  expected(): Record<string, number>
  stop(): Promise<void>
}

const fleetOf = (devices: number): FleetModel => {
  const side = Math.ceil(Math.sqrt(devices))
  return {
    devices: Array.from({ length: devices }, (_, i) => ({
      kind: 'smart-meter',
      title: `Meter ${i}`,
      latDeg: CENTRE.latDeg + (0.09 * (i % side)) / side - 0.045,
      lonDeg: CENTRE.lonDeg + (0.14 * Math.floor(i / side)) / side - 0.07,
      heightM: 3,
      buildingOsmId: null,
      curve: 'secp256k1',
    })),
    readAt: (device, timeMs) => [{ metric: 1, value: 400 + (device % 200) + (timeMs % 60_000) / 1000, scale: -1 }],
  }
}

/** Chain, contracts, devices, gateway and page server of a soak, without history and without indexer. */
export async function createStand(options: StandOptions): Promise<Stand> {
  const { devices: count, framesPerS, readingsPerFrame, workDir, say } = options
  mkdirSync(workDir, { recursive: true })
  const city = await ensureDefaultCity(say)
  const compiled = compileContracts(workDir)
  const startS = Math.floor(Date.now() / 1000) - PREPARE_S
  const anvil = await startAnvil({ chainId: CHAIN_ID, genesisTimeS: startS })
  const chain = createDevChain(anvil.rpc, CHAIN_ID, startS)
  const owner = await chain.createAccount()
  const account = await chain.createAccount()
  const contracts = await deployContracts(chain, compiled, owner, account.address, startS + 10)
  const crypto = await createProofCrypto()
  const domain = { chainId: CHAIN_ID, registry: fromHex(contracts.directory)! }
  say(`making the keys of ${count} devices`)
  const devices = createFleet(crypto, fleetOf(count), domain, await createSignerFactory(crypto))
  say('registering them')
  await registerDevices(chain, owner, contracts.directory, devices, startS + 60)
  const bodies = createBodyStore(join(workDir, 'bodies'))
  const backlog = createLiveBacklog()
  const gateway = createGateway({ crypto, chain, account, anchorLog: contracts.anchorLog, bodies, backlog })
  await chain.mineAt(Date.now() / 1000)
  const server = await serveGateway({
    bodies,
    backlog,
    status: () => ({ logSize: gateway.logSize }),
    documents: () => devices.map(({ document }) => document),
    mischief: () => gateway.mischiefs.current,
    setMischief: async () => {},
  })
  const { directory, status, anchorLog, fromBlock } = contracts
  const page = createPageServer(
    {
      sources: () => ({
        mode: 'live',
        chain: { rpc: 'rpc', socket: 'rpc', chainId: CHAIN_ID, directory, status, anchorLog, fromBlock, witnesses: 1 },
        gateway: 'gateway',
        indexer: null,
        recorded: null,
        lesson: null,
      }),
      rpc: () => ({ url: anvil.rpc.url, title: 'The chain' }),
      gateway: () => ({ url: server.url, title: 'The gateway' }),
      indexer: () => null,
      indexerHealth: () => ({ state: 'off' }),
    },
    withCity(openSiteFolder(city.folder), serveSite(openSiteFolder(options.site))),
  )
  const sockets = new Set<Duplex>()
  page.on('upgrade', (_request, socket: Duplex) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  const port = await takePort(page, 0, 0)

  const seqOf = new Map<string, number>()
  let frames = 0
  let next = 0 // device whose turn it is
  let owed = 0 // frames due and not sent
  let lastMs = 0
  let sealing: Promise<unknown> = Promise.resolve()
  let timers: ReturnType<typeof setInterval>[] = []

  const send = (): void => {
    const nowMs = Date.now()
    owed += ((nowMs - lastMs) * framesPerS) / 1000
    lastMs = nowMs
    for (; owed >= 1; owed--) {
      const device = devices[next]!
      next = (next + 1) % devices.length
      // read just now, the earlier ones a second apart, never before the last one sent
      const signMs = Date.now()
      const stepMs = Math.min(READING_EVERY_MS, Math.floor((signMs - device.nextMs) / readingsPerFrame))
      if (stepMs < 1) continue
      device.nextMs = signMs
      const times = Array.from({ length: readingsPerFrame }, (_, i) => signMs - (readingsPerFrame - 1 - i) * stepMs)
      gateway.submit({ device: device.signer.address, bytes: device.frame(times) })
      seqOf.set(device.signer.address, (seqOf.get(device.signer.address) ?? 0) + readingsPerFrame)
      frames++
    }
  }
  let missed = 0 // seals in a row that the chain did not take
  const seal = (): Promise<unknown> => {
    sealing = sealing.then(async () => {
      const timeS = Math.floor(Date.now() / 1000)
      try {
        // a batch the chain did not take was taken off the gateway's list: it comes again by a repair only
        const isMended = missed > 0 && (await gateway.repair(timeS)) > 0
        if (!isMended && (await gateway.seal(timeS)) === null) await chain.mineAt(timeS)
        missed = 0
      } catch (error) {
        missed++
        say(`a seal was not taken, the next one tries again: ${error instanceof Error ? error.message : error}`)
      }
    })
    return sealing
  }

  return {
    url: `http://127.0.0.1:${port}/`,
    pids: [anvil.pid],
    get frames() {
      return frames
    },
    start() {
      lastMs = Date.now()
      timers = [setInterval(send, SEND_EVERY_MS), setInterval(seal, SEAL_EVERY_MS)]
    },
    async finish() {
      clearInterval(timers[0])
      while (gateway.pending > 0 || missed > 0) {
        if (missed >= MOST_MISSED) throw new Error(`The chain took none of the last ${missed} seals.`)
        if (missed > 0) await sleep(SEAL_EVERY_MS)
        await seal()
      }
    },
    killSockets() {
      const killed = sockets.size
      for (const socket of sockets) socket.destroy()
      return killed
    },
    expected: () => Object.fromEntries(seqOf),
    async stop() {
      for (const timer of timers) clearInterval(timer)
      await sealing
      await closeServer(page)
      await server.stop()
      await anvil.stop()
    },
  }
}
