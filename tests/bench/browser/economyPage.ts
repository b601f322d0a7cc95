import { createEconomistPool } from '../../../workers/econ.pool.ts'
import { filecoinPaths, fiveYears, slideAll } from '../economyRun.ts'

/** What the bench asks of the page: everything with so many workers, as the product has them. */
const run = async (workers: number, rounds: number) => {
  const pool = createEconomistPool(workers)
  try {
    await pool.first.ready()
    return {
      slides: await slideAll(pool, rounds),
      fiveYears: workers === 1 ? await fiveYears(pool, rounds) : {},
      filecoin: filecoinPaths(rounds * 4),
    }
  } finally {
    pool.dispose()
  }
}
export type EconomyPage = typeof run
Object.assign(globalThis, { runEconomy: run })
