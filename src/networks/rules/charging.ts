import { shortNumber } from '../../base/shortNumber.ts'
import { type Draw, type Driver, fact, type Site, UPTIME } from '../network.ts'
import { DAYS_PER_MONTH, HOURS_PER_MONTH } from './calendar.ts'

/** Share of what a charger draws that reaches the car: the same figure as in the grid simulation. */
export const CHARGER_EFFICIENCY = fact(
  0.93,
  'share',
  'assumed: grid to battery, DC charger',
  '2024-01-01',
  'assumption',
)

/** Value-added tax inside the price that drivers pay. */
export const VAT = fact(0.16, 'share', 'Kazakhstan tax code in force from 2026, recalled', '2026-01-01', 'memory')

/** No connector is busy more than this: cars come when people are awake, and leave before the next one comes. */
const MOST_BUSY = 0.6

const modelledKwh = (site: Site): number => site.drawnKwhPerDay * CHARGER_EFFICIENCY.value

export const chargingDrivers: readonly Driver[] = [
  {
    id: 'demand',
    title: 'Cars that come, against the day the grid is loaded with',
    fact: fact(
      0.4,
      '×',
      'assumed: the grid is tried with a well-used site; 1,300 electric cars were in Astana in July 2024 (kz.kursiv.media)',
      '2026-11-01',
      'assumption',
    ),
    p10: 0.08,
    p90: 1.2,
    shape: 'log',
    most: 6,
    wouldBe: (value, median, site) =>
      `it sold ${shortNumber(value * modelledKwh(site))} kWh a day instead of ${shortNumber(median * modelledKwh(site))}`,
  },
  {
    id: 'tariff',
    title: 'Price of a kilowatt-hour at the plug, tax included',
    fact: fact(
      0.2,
      'USD/kWh',
      'cap of 100 KZT (20 US cents) in the Almaty charging tender, kz.kursiv.media',
      '2025-05-22',
      'press',
    ),
    p10: 0.15,
    p90: 0.26,
    shape: 'log',
    most: 2,
    wouldBe: (value, median) => `a kilowatt-hour sold at ${shortNumber(value)} USD instead of ${shortNumber(median)}`,
  },
]

/** What a charger at its place sells in a month. */
export interface Charger {
  readonly soldKwh: (draw: Draw) => number // the grid may hold back a share
  readonly soldUsd: (draw: Draw) => number // what drivers pay, without tax
  readonly drawnKwh: (draw: Draw) => number
}

export function chargerAt(site: Site): Charger {
  const free = 1 - site.curtailedShare
  const modelled = modelledKwh(site) * DAYS_PER_MONTH * free
  const most = MOST_BUSY * site.params.powerKw! * site.params.connectors! * HOURS_PER_MONTH * free
  const soldKwh = (draw: Draw): number => Math.min(modelled * draw.demand!, most) * draw[UPTIME]!
  return {
    soldKwh,
    soldUsd: (draw) => (soldKwh(draw) * draw.tariff!) / (1 + VAT.value),
    drawnKwh: (draw) => soldKwh(draw) / CHARGER_EFFICIENCY.value,
  }
}
