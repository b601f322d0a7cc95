import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { TwinError } from '../../src/base/errors.ts'
import { createHttpRpc, type Rpc } from '../../src/chain/rpc.ts'
import { freePort } from './freePort.ts'

export interface AnvilOptions {
  readonly chainId: number
  readonly genesisTimeS: number // Unix
  readonly port?: number
  readonly hardfork?: string // anvil's newest unless given
  /** Called as soon as there is a process, before it answers. */
  readonly onSpawn?: (pid: number) => void
  /** Called when the chain ends without being asked to. */
  readonly onDeath?: (error: TwinError) => void
}

/** A chain of our own, in a process of its own. */
export interface Anvil {
  readonly rpc: Rpc
  readonly pid: number
  /** Ends the process and waits until it is gone. A second call does nothing. */
  stop(): Promise<void>
}

const START_MS = 10_000
const STOP_MS = 3_000
const LOG_LINES = 12

/** Path of the anvil binary that was installed for this machine. */
function anvilBinary(): string {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch
  const name = `@foundry-rs/anvil-${process.platform}-${arch}`
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
    return join(folder, 'bin', process.platform === 'win32' ? 'anvil.exe' : 'anvil')
  } catch {
    throw new TwinError(
      'CHILD_DIED',
      `The embedded chain is not available for ${process.platform}-${process.arch}: ${name} is not installed.`,
    )
  }
}

/**
 * Starts an anvil on loopback that mines only when it is told to.
 * Only the newest 64 states are kept (a reorg needs them, nobody else asks); blocks, logs and receipts are all kept.
 *
 * Throws   CHILD_DIED with the last lines of its log, PORT_BUSY when the port given is taken
 */
export async function startAnvil({
  chainId,
  genesisTimeS,
  port,
  hardfork,
  onSpawn,
  onDeath,
}: AnvilOptions): Promise<Anvil> {
  const chosen = await freePort(port).catch(() => {
    throw new TwinError('PORT_BUSY', `Port ${port} is taken, so the embedded chain cannot listen on it.`, {
      port: port ?? 0,
    })
  })
  const child = spawn(
    anvilBinary(),
    [
      ...['--host', '127.0.0.1', '--port', String(chosen), '--chain-id', String(chainId)],
      ...['--timestamp', String(genesisTimeS), '--accounts', '0', '--no-mining', '--silent'],
      ...['--prune-history', '64', '--threads', '1'],
      ...(hardfork === undefined ? [] : ['--hardfork', hardfork]),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  if (child.pid !== undefined) onSpawn?.(child.pid)
  const log: string[] = []
  const keep = (chunk: Buffer): void => {
    log.push(...chunk.toString().split('\n').filter(Boolean))
    log.splice(0, Math.max(0, log.length - LOG_LINES))
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)

  const rpc = createHttpRpc(`http://127.0.0.1:${chosen}`, fetch)
  let stopping = false
  const death = new Promise<TwinError>((resolve) => {
    const died = (why: string): void =>
      resolve(new TwinError('CHILD_DIED', `The embedded chain ${why}. ${log.join(' ')}`.trim(), { log }))
    child.once('error', (error) => died(`did not start: ${error.message}`))
    child.once('exit', (code, signal) => died(`ended (${signal ?? `code ${code}`})`))
  })
  const killAtExit = (): void => void child.kill('SIGKILL')
  process.once('exit', killAtExit)
  const stop = async (): Promise<void> => {
    stopping = true
    process.off('exit', killAtExit)
    await endChild(child)
  }

  const failed = await Promise.race([death, waitUntilUp(rpc, chainId, genesisTimeS)])
  if (failed) {
    await stop()
    throw failed
  }
  void death.then((error) => {
    if (!stopping) onDeath?.(error)
  })
  return { rpc, pid: child.pid ?? -1, stop }
}

/** Waits for the first answer, and makes sure that it is this chain's and not some other's on the same port. */
async function waitUntilUp(rpc: Rpc, chainId: number, genesisTimeS: number): Promise<TwinError | null> {
  const deadline = Date.now() + START_MS
  while (Date.now() < deadline) {
    const block = await rpc.request('eth_getBlockByNumber', ['0x0', false]).catch(() => null)
    if (block !== null) {
      const id = Number(await rpc.request('eth_chainId', []))
      const own = id === chainId && Number((block as { timestamp: string }).timestamp) === genesisTimeS
      return own
        ? null
        : new TwinError('CHAIN_WRONG_ID', `Another chain answers at ${rpc.url}: got ${id}, expected ${chainId}.`)
    }
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
  return new TwinError('CHILD_DIED', `The embedded chain did not answer within ${START_MS / 1000} s.`)
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  await gone
  clearTimeout(timer)
}
