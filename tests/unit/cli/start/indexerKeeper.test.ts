import { describe, expect, test } from 'vitest'
import type { RunningIndexer, startIndexer } from '../../../../data/indexer/runIndexer.ts'
import { TwinError } from '../../../../src/base/errors.ts'
import { keepIndexer } from '../../../../src/cli/start/indexerKeeper.ts'

const request = {
  rpcUrl: 'http://127.0.0.1:1',
  chainId: 31337,
  contracts: { anchorLog: '0x1', directory: '0x2', status: '0x3' },
  fromBlock: 0,
  appDir: '.',
  workDir: '.',
} as const

/** An indexer whose life the test decides. */
function aStage() {
  const started: { becomeReady(): void; die(code: number): void; say(line: string): void; stopped: boolean }[] = []
  const watched: number[] = []
  const notes: string[] = []
  const start: typeof startIndexer = async ({ onLog }) => {
    let becomeReady = (): void => {}
    let die = (_code: number): void => {}
    const ready = new Promise<void>((resolve) => {
      becomeReady = resolve
    })
    const gone = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
      die = (code) => resolve({ code, signal: null })
    })
    const life = { becomeReady, die, say: onLog, stopped: false }
    started.push(life)
    const running: RunningIndexer = {
      url: `http://127.0.0.1:${9000 + started.length}`,
      pid: 100 + started.length,
      ready,
      gone,
      stop: async () => {
        life.stopped = true
        die(0)
      },
    }
    return running
  }
  const warden = {
    watch: (pid: number) => void watched.push(pid),
    forget: (pid: number) => void watched.splice(watched.indexOf(pid), 1),
    dismiss: async () => {},
  }
  const keeper = keepIndexer(request, warden, (text) => notes.push(text), start)
  return { keeper, started, watched, notes }
}
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('the indexer', () => {
  test('default: starts in the background, is ready, ends when told', async () => {
    const { keeper, started, watched, notes } = aStage()
    keeper.begin()
    expect([keeper.state(), keeper.upstream()]).toEqual(['starting', null])
    await settle()
    expect(keeper.upstream()?.url).toBe('http://127.0.0.1:9001')
    expect(watched).toEqual([101])
    started[0]!.becomeReady()
    await settle()
    expect(keeper.state()).toBe('ready')
    expect(notes[0]).toMatch(/indexer +has caught up/)
    await keeper.stop()
    await settle()
    expect(started[0]!.stopped).toBe(true)
    expect(watched).toEqual([])
    expect(notes.length).toBe(1)
  })

  test('behavior: dies once: said in one line, and started again', async () => {
    const { keeper, started, notes } = aStage()
    keeper.begin()
    await settle()
    started[0]!.say('ERROR out of memory')
    started[0]!.die(134)
    await settle()
    expect(started.length).toBe(2)
    expect(keeper.state()).toBe('starting')
    expect(keeper.upstream()?.url).toBe('http://127.0.0.1:9002')
    expect(notes).toEqual(['  ! indexer     ended unexpectedly (exit 134; ERROR out of memory). Starting it again.'])
  })

  test('behavior: dies twice: the page reads the chain itself', async () => {
    const { keeper, started, notes } = aStage()
    keeper.begin()
    await settle()
    started[0]!.die(1)
    await settle()
    started[1]!.die(1)
    await settle()
    expect(started.length).toBe(2)
    expect([keeper.state(), keeper.upstream(), keeper.pid()]).toEqual(['down', null, null])
    expect(notes[1]).toMatch(/The page reads the chain itself\.$/)
  })

  test('behavior: told to end while it starts, it ends', async () => {
    const { keeper, started } = aStage()
    keeper.begin()
    await keeper.stop()
    await settle()
    expect(started[0]!.stopped).toBe(true)
  })

  test('behavior: not installed: one line, no exception', async () => {
    const notes: string[] = []
    const warden = { watch: () => {}, forget: () => {}, dismiss: async () => {} }
    const keeper = keepIndexer(
      request,
      warden,
      (text) => notes.push(text),
      () => Promise.reject(new TwinError('CHILD_DIED', 'The indexer is not installed.')),
    )
    keeper.begin()
    await settle()
    expect(keeper.state()).toBe('down')
    expect(notes).toEqual(['  ! indexer     does not start: The indexer is not installed.'])
  })
})
