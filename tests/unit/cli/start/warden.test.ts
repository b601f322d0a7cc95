import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { startWarden } from '../../../../src/cli/start/warden.ts'
import { openWorkDir, removeWorkDir } from '../../../../src/cli/start/workDir.ts'

const scratch: string[] = []
const children: ChildProcess[] = []
const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'veracity-warden-'))
  scratch.push(folder)
  return folder
}
const sleeper = (): ChildProcess => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  children.push(child)
  return child
}
const ended = (child: ChildProcess): Promise<NodeJS.Signals | null> =>
  new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)))

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const folder of scratch.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** Waits for a condition by looking; the test's own timeout bounds it. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10))
}

test.skipIf(process.platform === 'win32')(
  'behavior: when its owner vanishes, the watched processes and the work folder go (needs a POSIX shell)',
  async () => {
    const work = join(aFolder(), 'work')
    mkdirSync(work)
    const [watched, forgotten] = [sleeper(), sleeper()]
    const gone = ended(watched)
    // a process of its own that holds the warden, so that it can be killed without a chance to clean up
    const script = `
      import { startWarden } from ${JSON.stringify(join(import.meta.dirname, '../../../../src/cli/start/warden.ts'))}
      const warden = startWarden(${JSON.stringify(work)})
      warden.watch(${watched.pid}); warden.watch(${forgotten.pid}); warden.forget(${forgotten.pid})
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), 200)
    `
    const { build } = await import('vite')
    const out = join(aFolder(), 'owner')
    await build({
      configFile: false,
      logLevel: 'silent',
      plugins: [
        {
          name: 'owner',
          resolveId: (id) => (id === 'owner.ts' ? id : null),
          load: (id) => (id === 'owner.ts' ? script : null),
        },
      ],
      build: {
        ssr: true,
        outDir: out,
        rolldownOptions: { input: { owner: 'owner.ts' }, output: { entryFileNames: '[name].mjs' } },
      },
    })
    const owner = spawn(process.execPath, [join(out, 'owner.mjs')], { stdio: 'ignore' })
    expect(await ended(owner)).toBe('SIGKILL')
    expect(await gone).toBe('SIGKILL')
    await until(() => !existsSync(work))
    expect(forgotten.exitCode ?? forgotten.signalCode).toBeNull()
  },
)

test('behavior: dismissed, it touches nothing', async () => {
  const work = join(aFolder(), 'work')
  mkdirSync(work)
  const child = sleeper()
  const warden = startWarden(work)
  warden.watch(child.pid!)
  await warden.dismiss()
  expect(child.exitCode ?? child.signalCode).toBeNull()
  expect(existsSync(work)).toBe(true)
})

test('behavior: a new run sweeps away what dead runs left, and nothing of living ones', async () => {
  const cache = aFolder()
  const [living, dead] = [sleeper(), sleeper()]
  const gone = ended(dead)
  dead.kill('SIGKILL')
  await gone
  for (const name of [String(living.pid), String(dead.pid), 'nonsense'])
    mkdirSync(join(cache, 'run', name), { recursive: true })
  const own = openWorkDir(cache)
  expect(existsSync(own)).toBe(true)
  expect(existsSync(join(cache, 'run', String(living.pid)))).toBe(true)
  expect(existsSync(join(cache, 'run', String(dead.pid)))).toBe(false)
  expect(existsSync(join(cache, 'run/nonsense'))).toBe(false)
  removeWorkDir(own)
  expect(existsSync(own)).toBe(false)
})
