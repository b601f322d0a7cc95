import { bench, describe } from 'vitest'
import { finish } from '../../src/base/steps.ts'
import { openCityGrid, runCityGridDay } from '../../src/plan/cityGrid.ts'
import { readAstana } from '../support/cityFiles.ts'

/** The whole city: synthesis of its grid, and a day of 96 steps on it. */
const { city } = readAstana()
const astana = { ...city, meta: { ...city.meta, id: 'astana' } }
const base = finish(openCityGrid(astana))
const winter = { assets: new Map(), settings: new Map([['day-of-year', 17] as const]), facts: new Map() }
const options = { iterations: 5, time: 0, warmupIterations: 1, warmupTime: 0 }

describe(`Astana, ${base.grid.map.busCount} buses`, () => {
  bench('loads and synthesis of the grid', () => void finish(openCityGrid(astana)), options)
  bench('a winter day in 96 steps', () => void finish(runCityGridDay(base, winter)), options)
})
