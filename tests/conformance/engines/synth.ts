import { createFindings } from '../../../src/base/findings.ts'
import { loadsOfCity } from '../../../src/engines/load/buildingLoads.ts'
import { aTown, type TownOptions } from '../../support/town.ts'

const input = (options?: TownOptions) => {
  const city = aTown(options)
  return { city, loads: loadsOfCity(city, createFindings()).loads }
}

export const sample = () => input()

export const broken = [{ title: 'a city without a substation', input: () => input({ substation: false }) }]
