import { describe, expect, test } from 'vitest'
import { createShutdown, ECHO_MS, onSignals } from '../../../../src/cli/start/shutdown.ts'

const recorder = () => {
  const events: string[] = []
  const part = (title: string, stop: () => Promise<void> = async () => {}) => ({
    title,
    stop: async () => {
      events.push(`stop ${title}`)
      await stop()
    },
    kill: () => void events.push(`kill ${title}`),
  })
  return { events, part }
}
const never = (): Promise<void> => new Promise(() => {})

describe('shutdown', () => {
  test('default: parts end one after the other, the last one first', async () => {
    const { events, part } = recorder()
    const shutdown = createShutdown(() => {})
    for (const title of ['chain', 'gateway', 'page']) shutdown.add(part(title))
    shutdown.stop()
    expect(await shutdown.ended).toBe(0)
    expect(events).toEqual(['stop page', 'stop gateway', 'stop chain'])
  })

  test('behavior: a part that hangs is ended by force, with all below it', async () => {
    const { events, part } = recorder()
    const notes: string[] = []
    const shutdown = createShutdown((text) => notes.push(text), 20)
    shutdown.add(part('chain'))
    shutdown.add(part('gateway', never))
    shutdown.stop()
    expect(await shutdown.ended).toBe(0)
    expect(events).toEqual(['stop gateway', 'kill chain', 'kill gateway'])
    expect(notes).toEqual(['Not ended in time: chain, gateway. Ending it by force.'])
  })

  test('behavior: a part that fails to stop does not keep the others', async () => {
    const { events, part } = recorder()
    const notes: string[] = []
    const shutdown = createShutdown((text) => notes.push(text))
    shutdown.add(part('chain'))
    shutdown.add(part('gateway', () => Promise.reject(new Error('stuck'))))
    shutdown.stop()
    await shutdown.ended
    expect(events).toEqual(['stop gateway', 'stop chain'])
    expect(notes[0]).toMatch(/gateway did not end well: Error: stuck/)
  })

  test('behavior: a second call ends everything at once', async () => {
    const { events, part } = recorder()
    const shutdown = createShutdown(() => {}, 60_000)
    shutdown.add(part('chain'))
    shutdown.add(part('gateway', never))
    shutdown.stop()
    shutdown.stop()
    expect(await shutdown.ended).toBe(0)
    expect(events).toEqual(['stop gateway', 'kill chain', 'kill gateway'])
  })

  test('behavior: what comes up after the end began is ended as it comes', () => {
    const { events, part } = recorder()
    const shutdown = createShutdown(() => {})
    shutdown.stop()
    shutdown.add(part('late'))
    expect(events).toEqual(['kill late'])
  })

  test('behavior: the exit code of the first call counts', async () => {
    const shutdown = createShutdown(() => {})
    shutdown.stop(1)
    expect(await shutdown.ended).toBe(1)
  })
})

describe('signals', () => {
  test('behavior: npm repeating a Ctrl+C is not a second one, a later one is', async () => {
    const { events, part } = recorder()
    const notes: string[] = []
    let nowMs = 5_000
    const shutdown = createShutdown(() => {}, 60_000)
    shutdown.add(part('chain', never))
    const untie = onSignals(
      shutdown,
      (text) => notes.push(text),
      () => nowMs,
    )
    process.emit('SIGINT')
    nowMs += ECHO_MS - 1
    process.emit('SIGINT')
    expect(events).toEqual(['stop chain'])
    nowMs += 2
    process.emit('SIGTERM')
    expect(events).toEqual(['stop chain', 'kill chain'])
    expect(notes).toEqual(['Stopping … (again to stop at once)'])
    await shutdown.ended
    const before = process.listenerCount('SIGINT')
    untie()
    expect(process.listenerCount('SIGINT')).toBe(before - 1)
  })
})
