import type { Findings } from '../../base/findings.ts'
import { BUILDING_USES, type BuildingUse, type City } from '../../model/city.ts'
import type { BuildingLoads, CalibrationReport } from '../../model/load.ts'
import { ASTANA, type CityFacts, SINGLE_CUSTOMER_SPREAD, USE_LOADS, type UseLoad } from './facts.ts'
import { floorM2Of } from './floors.ts'
import { dayShape } from './profile.ts'
import { PROFILE_IDS, type ProfileId } from './profileTables.ts'
import { settleUses } from './useOf.ts'

const HOURS_PER_YEAR = 8760
const STEPS = 96
const DAYS = 365

/** Cities of which a population and a peak load are known, by id. */
const CITY_FACTS: ReadonlyMap<string, CityFacts> = new Map([['astana', ASTANA]])

const loadOfUse = (index: number): UseLoad => USE_LOADS[BUILDING_USES[index] as Exclude<BuildingUse, 'unknown'>]

/** The quarter hour of the year in which all buildings together draw most. */
function findPeak(kwhByProfile: ReadonlyMap<ProfileId, number>, year: number) {
  const peak = { powerW: 0, day: 1, step: 0 }
  for (let day = 1; day <= DAYS; day++) {
    const shapes = PROFILE_IDS.map((id) => ({
      shape: dayShape(id, year, day, STEPS),
      meanW: ((kwhByProfile.get(id) ?? 0) * 1000) / HOURS_PER_YEAR,
    }))
    for (let step = 0; step < STEPS; step++) {
      let powerW = 0
      for (const { shape, meanW } of shapes) powerW += shape[step] * meanW
      if (powerW > peak.powerW) Object.assign(peak, { powerW, day, step })
    }
  }
  return peak
}

export interface LoadsOfCity {
  readonly loads: BuildingLoads
  readonly report: CalibrationReport
}

/**
 * What every building of a city draws in a year: floor area times a benchmark by use, all scaled by one factor so that
 * the highest quarter hour of the year is the cited peak of the city. Losses of the grid come on top.
 *
 * Units    kWh a year; W
 * Adds     a finding where nothing is known of the city, and one for uses that were guessed
 */
export function loadsOfCity(city: City, findings: Findings): LoadsOfCity {
  const n = city.buildings.count
  const year = Number(city.meta.dataDate.slice(0, 4)) || 2017
  const { use, assumed } = settleUses(city)
  const column = () => new Float64Array(n)
  const loads: BuildingLoads = {
    count: n,
    year,
    use,
    useAssumed: assumed,
    floorM2: column(),
    yearKwh: column(),
    customers: column(),
    peakW: column(),
    spreadW: column(),
    tanPhi: column(),
  }
  const kwhByProfile = new Map<ProfileId, number>()
  let floorM2 = 0
  let guessedM2 = 0
  let rawYearKwh = 0
  for (let b = 0; b < n; b++) {
    const { energy, profile, tanPhi, m2PerCustomer } = loadOfUse(use[b])
    const area = floorM2Of(city, b)
    const kwh = area * energy.value
    loads.floorM2[b] = area
    loads.yearKwh[b] = kwh
    loads.customers[b] = Math.max(1, area / m2PerCustomer)
    loads.tanPhi[b] = tanPhi
    kwhByProfile.set(profile, (kwhByProfile.get(profile) ?? 0) + kwh)
    floorM2 += area
    rawYearKwh += kwh
    if (assumed[b]) guessedM2 += area
  }
  const peak = findPeak(kwhByProfile, year)
  const facts = CITY_FACTS.get(city.meta.id) ?? null
  const factor = facts && peak.powerW > 0 ? facts.peakW.value / peak.powerW : 1
  if (!facts) {
    const message = 'No population and peak load are known for this city; its loads stand as the benchmarks give them.'
    findings.add('LOAD_NOT_CALIBRATED', 'city', message, city.meta.id)
  }
  settlePeaks(loads, peak.day, factor)
  return {
    loads,
    report: {
      calibrated: facts !== null,
      factor,
      rawPeakW: peak.powerW,
      peakW: peak.powerW * factor,
      peakDayOfYear: peak.day,
      peakHour: (peak.step * 24) / STEPS,
      rawYearKwh,
      yearKwh: rawYearKwh * factor,
      floorM2,
      assumedUseShare: floorM2 > 0 ? guessedM2 / floorM2 : 0,
      kwhPerPerson: facts ? (rawYearKwh * factor) / facts.population.value : NaN,
      floorM2PerPerson: facts ? floorM2 / facts.population.value : NaN,
      facts: facts
        ? [
            { title: 'Population', fact: facts.population },
            { title: 'Winter peak', fact: facts.peakW },
            { title: 'Planning norm', fact: facts.normKwhPerPerson },
            { title: 'Spread of a single customer', fact: SINGLE_CUSTOMER_SPREAD },
          ]
        : [{ title: 'Spread of a single customer', fact: SINGLE_CUSTOMER_SPREAD }],
    },
  }
}

/** Scales the energies and writes each building's own highest mean load on the peak day, and how far it strays. */
function settlePeaks(loads: BuildingLoads, peakDay: number, factor: number): void {
  const highest = new Map(PROFILE_IDS.map((id) => [id, Math.max(...dayShape(id, loads.year, peakDay, STEPS))]))
  for (let b = 0; b < loads.count; b++) {
    loads.yearKwh[b] *= factor
    const meanW = (loads.yearKwh[b] * 1000) / HOURS_PER_YEAR
    loads.peakW[b] = meanW * (highest.get(loadOfUse(loads.use[b]).profile) as number)
    loads.spreadW[b] = (loads.peakW[b] * SINGLE_CUSTOMER_SPREAD.value) / Math.sqrt(loads.customers[b])
  }
}
