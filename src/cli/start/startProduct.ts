import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { type Devnet, type DevnetProgress, startDevnet } from '../../../data/devnet/devnet.ts'
import { createFleet } from '../../../data/devnet/fleet/createFleet.ts'
import type { CliIo, ExitCode } from '../command.ts'
import { cacheDir, projectRoot } from '../root.ts'
import { answerError } from '../serve/forward.ts'
import { SECURITY_HEADERS } from '../serve/headers.ts'
import { type Backstage, createPageServer, type PageHandler, serveSite, withCity } from '../serve/pageServer.ts'
import { takePort } from '../serve/port.ts'
import { openSiteFolder, type SiteFolder } from '../serve/siteFiles.ts'
import { closeServer } from './closeServer.ts'
import { cityWords, ensureDefaultCity, readDefaultCity } from './defaultCity.ts'
import { DEV_HEADERS, openDevPage } from './devPage.ts'
import { type IndexerKeeper, keepIndexer } from './indexerKeeper.ts'
import { buildPage } from './pageBuild.ts'
import { createProgress, type Progress } from './progress.ts'
import { shareContracts } from './shareContracts.ts'
import { createShutdown, onSignals, type Shutdown } from './shutdown.ts'
import { startWarden, type Warden } from './warden.ts'
import { openWorkDir, removeWorkDir } from './workDir.ts'

export interface StartOptions {
  readonly port: number | undefined
  readonly devices: number
  readonly seed: number
  readonly indexer: boolean
  readonly dev: boolean
}

const RECORDED = 'recorded/astana.vbundle'
const FIRST_PORT = 4610
const LEAVE_MS = 300

const CHAIN_WORDS: Readonly<Record<DevnetProgress['step'], string>> = {
  contracts: 'compiling the contracts',
  chain: 'deploying the contracts',
  devices: 'registering the devices',
  history: 'signing a day of history',
  ready: 'contracts, devices and a day of signed history',
}

/** What has come up so far. The page asks through it while the rest still starts. */
interface Stage {
  devnet: Devnet | null
  indexer: IndexerKeeper | null
  page: PageHandler | null
  recorded: boolean
}

const backstageOf = (stage: Stage): Backstage => ({
  sources: () => ({
    mode: 'live',
    chain: stage.devnet && {
      rpc: 'rpc',
      socket: 'rpc',
      chainId: stage.devnet.chainId,
      ...stage.devnet.contracts,
      fromBlock: stage.devnet.fromBlock,
      witnesses: 1,
    },
    gateway: stage.devnet && 'gateway',
    indexer: stage.indexer && 'indexer',
    recorded: stage.recorded ? RECORDED : null,
    lesson: stage.recorded ? 'recorded/lesson.vbundle' : null,
  }),
  rpc: () => stage.devnet && { url: stage.devnet.rpcUrl, title: 'The chain' },
  gateway: () => stage.devnet && { url: stage.devnet.gatewayUrl, title: 'The gateway' },
  indexer: () => stage.indexer?.upstream() ?? null,
  indexerHealth: () => ({ state: stage.indexer?.state() ?? 'off' }),
})

/** Everything a part of the start needs of its surroundings. */
interface Run {
  readonly options: StartOptions
  readonly stage: Stage
  readonly progress: Progress
  readonly shutdown: Shutdown
  readonly warden: Warden
  readonly workDir: string
}

/** Makes the page ready; what it returns serves it together with the city. */
async function bringUpPage(
  { options, stage, progress, shutdown }: Run,
  server: Server,
): Promise<(city: SiteFolder) => PageHandler> {
  if (options.dev) {
    const { page, ending } = await progress.step('page', () => openDevPage(projectRoot, server))
    shutdown.add(ending)
    stage.recorded = existsSync(join(projectRoot, 'public', RECORDED))
    return (city) => withCity(city, page)
  }
  const cancel = new AbortController()
  shutdown.add({ title: 'page build', stop: async () => cancel.abort(), kill: () => cancel.abort() })
  const folder = await progress.step('page', async (say) => {
    say('building it')
    const page = await buildPage(projectRoot, cacheDir, cancel.signal)
    say(page.built ? 'built' : 'as it was')
    return page.folder
  })
  stage.recorded = existsSync(join(folder, RECORDED))
  return (city) => withCity(city, serveSite(openSiteFolder(folder)))
}

/** Builds the city when there is none, gives it a fleet, and starts their chain. Returns the city's folder. */
async function bringUpChain({ options, stage, progress, shutdown, warden, workDir }: Run): Promise<SiteFolder> {
  const cancel = new AbortController()
  shutdown.add({ title: 'city build', stop: async () => cancel.abort(), kill: () => cancel.abort() })
  const city = await progress.step('city', async (say) => {
    const found = await ensureDefaultCity(say, cancel.signal)
    say(cityWords(found))
    return found
  })
  const fleet = await progress.step('fleet', async (say) => {
    const model = createFleet(readDefaultCity(city), options)
    say(`${model.devices.length} devices`)
    return model
  })
  shareContracts(cacheDir, workDir)
  const devnet = await progress.step('chain', (say) =>
    startDevnet({
      fleet,
      workDir,
      onProcess: warden.watch,
      onProgress: ({ step, fraction }) =>
        say(`${CHAIN_WORDS[step]}${step === 'history' ? ` ${Math.round(100 * fraction)} %` : ''}`),
      onDeath: (error) => {
        if (!shutdown.isStopping) progress.note(`  ! chain       ${error.message}`)
      },
    }),
  )
  shareContracts(workDir, cacheDir)
  shutdown.add({
    title: 'chain',
    stop: () => devnet.stop(),
    kill: () => {
      for (const pid of devnet.pids) killHard(pid)
    },
  })
  stage.devnet = devnet
  return openSiteFolder(city.folder)
}

function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // already gone
  }
}

function bringUpIndexer({ stage, progress, shutdown, warden, workDir }: Run): void {
  const { devnet } = stage
  if (!devnet) return
  const indexer = keepIndexer(
    {
      rpcUrl: devnet.rpcUrl,
      chainId: devnet.chainId,
      contracts: devnet.contracts,
      fromBlock: devnet.fromBlock,
      appDir: join(projectRoot, 'data/indexer'),
      workDir,
    },
    warden,
    progress.note,
  )
  stage.indexer = indexer
  shutdown.add(indexer)
  indexer.begin()
}

/** Starts all parts in an order that keeps two cores busy, and prints the URL as soon as the page works. */
async function bringUp(run: Run, server: Server, io: CliIo, port: number): Promise<void> {
  const [serveWith, city] = await Promise.all([bringUpPage(run, server), bringUpChain(run)])
  run.stage.page = serveWith(city)
  if (run.shutdown.isStopping) return
  if (run.options.indexer) {
    bringUpIndexer(run)
    run.progress.note('  … indexer     starting; until it has caught up the page reads the chain itself')
  }
  io.out(`Veracity is ready: http://127.0.0.1:${port}/`)
}

/**
 * Starts the product and keeps it up until it is told to end.
 *
 * Returns  0 after Ctrl+C
 * Throws   PORT_BUSY when the port asked for is taken, CHILD_DIED when a part does not start; nothing is left behind then
 */
export async function startProduct(options: StartOptions, io: CliIo): Promise<ExitCode> {
  const stage: Stage = { devnet: null, indexer: null, page: null, recorded: false }
  const server = createPageServer(
    backstageOf(stage),
    (path, request, response) => {
      if (stage.page) stage.page(path, request, response)
      else answerError(response, 503, 'Veracity is still starting.')
    },
    options.dev ? DEV_HEADERS : SECURITY_HEADERS,
  )
  const port = await takePort(server, options.port, FIRST_PORT)
  if (options.port === undefined && port !== FIRST_PORT) io.err(`Port ${FIRST_PORT} is taken; using ${port}.`)

  const progress = createProgress(io)
  const shutdown = createShutdown(progress.note)
  const untie = onSignals(shutdown, progress.note)
  const workDir = openWorkDir(cacheDir)
  const warden = startWarden(workDir)
  // a part on its way up may write there once more after it was removed: the very last thing removes it again
  process.once('exit', () => removeWorkDir(workDir))
  const clearUp = (): Promise<void> => {
    removeWorkDir(workDir)
    return warden.dismiss()
  }
  shutdown.add({ title: 'work folder', stop: clearUp, kill: () => void clearUp() })
  shutdown.add({ title: 'page', stop: () => closeServer(server), kill: () => server.closeAllConnections() })

  const run: Run = { options, stage, progress, shutdown, warden, workDir }
  let failure: unknown
  bringUp(run, server, io, port).catch((error: unknown) => {
    if (shutdown.isStopping) return
    failure = error
    shutdown.stop()
  })
  await shutdown.ended
  untie()
  // a part that was still on its way up must not keep the process
  setTimeout(() => process.exit(), LEAVE_MS).unref()
  if (failure !== undefined) throw failure
  return 0
}
