import { commandOf, descendantsOf, killLeft, runVeracity } from '../support/startedProduct.ts'
import { memoryOf } from './browser/processMemory.ts'
import type { Figure } from './figure.ts'

const SETTLE_MS = 120_000
const MOST_MB = 1500

/** What `npm start` holds as a whole, two minutes after it is ready: every process of it, shared pages counted once. */
export async function productMemory(): Promise<Figure[]> {
  const started = runVeracity(['start', '--port', '0'])
  try {
    await started.url
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
    const pids = [started.child.pid!, ...descendantsOf(started.child.pid!)]
    for (const pid of pids)
      console.log(`${memoryOf([pid]).pssMb.toFixed(0).padStart(6)} MB  ${commandOf(pid).slice(0, 90)}`)
    const { pssMb } = memoryOf(pids)
    return [
      {
        name: `memory of npm start, ${pids.length} processes`,
        value: pssMb,
        unit: 'MB',
        mark: { words: `≤ ${MOST_MB} MB`, isMet: pssMb <= MOST_MB },
      },
    ]
  } finally {
    started.child.kill('SIGINT')
    await started.ended
    killLeft()
  }
}
