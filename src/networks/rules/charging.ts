import { shortNumber } from '../../base/shortNumber.ts'
import { type Draw, type Driver, fact, type Site, UPTIME } from '../network.ts'
import { HOURS_PER_MONTH } from './calendar.ts'

/** Share of what goes into a charger that reaches the car. */
export const CHARGER_EFFICIENCY = fact(
  0.92,
  'share',
  'typical AC-to-battery efficiency of DC chargers, recalled',
  '2026-11-01',
  'memory',
)

/** Value-added tax inside the price that drivers pay. */
export const VAT = fact(0.16, 'share', 'Kazakhstan tax code in force from 2026, recalled', '2026-01-01', 'memory')

export const chargingDrivers: readonly Driver[] = [
  {
    id: 'utilisation',
    title: 'Share of its power that is sold over the year',
    fact: fact(
      0.05,
      'share',
      'assumed; context: 1,300 electric cars in Astana in July 2024 (kz.kursiv.media 2024-09-19)',
      '2026-11-01',
      'assumption',
    ),
    p10: 0.01,
    p90: 0.15,
    shape: 'share',
    most: 0.6,
    wouldBe: (value, median) =>
      `${shortNumber(100 * value)} % of its power were sold over the year instead of ${shortNumber(100 * median)} %`,
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

/** Kilowatt-hours sold in a month by a charger at its place. The grid may hold back a share. */
export const soldKwh = (site: Site, draw: Draw): number =>
  site.params.powerKw! *
  site.params.connectors! *
  HOURS_PER_MONTH *
  draw.utilisation! *
  draw[UPTIME]! *
  (1 - site.curtailedShare)

/** What drivers pay for them, without tax. */
export const soldUsd = (site: Site, draw: Draw): number => (soldKwh(site, draw) * draw.tariff!) / (1 + VAT.value)
