import { TwinError } from '../../../src/base/errors.ts'
import type { Random } from '../../../src/base/random.ts'
import type { City } from '../../../src/model/city.ts'
import type { DeviceKind } from '../../../src/model/device.ts'
import { gatewaySites, meterSites, pvSites } from './buildingSites.ts'
import { createGround } from './ground.ts'
import type { Spot } from './outline.ts'
import { createPlaceNames } from './placeNames.ts'
import { quotasFor } from './quotas.ts'
import type { Site } from './site.ts'
import { pickSpread, type SpreadWishes } from './spread.ts'
import { airSites } from './streetSites.ts'
import { chargerSites, swapSites } from './vehicleSites.ts'

/** One device's place. */
export interface Placed {
  readonly kind: DeviceKind
  readonly site: Site
}

/** Distance kept within a kind, and how many of it the opening view should hold. Assumptions of a showcase, not of a roll-out. */
const WISHES: Readonly<Record<DeviceKind, Omit<SpreadWishes, 'count'>>> = {
  'lora-gateway': { spacingM: 450, centreShare: 0.4 },
  'swap-station': { spacingM: 700, centreShare: 0.35 },
  'pv-inverter': { spacingM: 60, centreShare: 0.6 },
  'ev-charger': { spacingM: 90, centreShare: 0.55 },
  'air-quality': { spacingM: 150, centreShare: 0.5 },
  'smart-meter': { spacingM: 35, centreShare: 0.6 },
}

/** Of the roofs that are high enough, how many times more than needed are considered: the highest ones. */
const GATEWAY_CHOICE = 6

/** Buildings looked at for each meter wanted. */
const METER_CHOICE = 20

/**
 * Places a fleet in a city, the choosiest kinds first, so that those which fit anywhere make room for them.
 *
 * Returns  at most `devices` places; fewer when the city has no more that fit
 * Throws   CITY_EMPTY when it has none at all
 */
export function placeFleet(city: City, devices: number, random: Random): Placed[] {
  const ground = createGround(city)
  const names = createPlaceNames(city)
  const quotas = quotasFor(devices)
  const towers = gatewaySites(city, names)
  const sites: Readonly<Record<DeviceKind, readonly Site[]>> = {
    'lora-gateway': highestNear(towers, quotas['lora-gateway'] * GATEWAY_CHOICE),
    'swap-station': swapSites(city, ground, names),
    'pv-inverter': pvSites(city, names),
    'ev-charger': chargerSites(city, ground, names),
    'air-quality': airSites(city, ground, names),
    'smart-meter': meterSites(city, ground, names, quotas['smart-meter'] * METER_CHOICE, random.fork('meters')),
  }
  const taken: Spot[] = []
  const placed: Placed[] = []
  for (const kind of Object.keys(WISHES) as DeviceKind[]) {
    const wishes = { ...WISHES[kind], count: quotas[kind] }
    for (const site of pickSpread(sites[kind], wishes, random.fork(kind), taken)) placed.push({ kind, site })
  }
  if (devices > 0 && placed.length === 0) {
    throw new TwinError(
      'CITY_EMPTY',
      `${city.meta.title} has no building, street corner or parking lot for a device to stand at.`,
      { buildings: city.buildings.count, roads: city.roads.count },
    )
  }
  return placed
}

/** The first `count` sites, one to each square of 300 m, so that a cluster of towers does not use up the choice. */
function highestNear(sites: readonly Site[], count: number): Site[] {
  const squares = new Set<string>()
  const kept: Site[] = []
  for (const site of sites) {
    if (kept.length >= count) break
    const square = `${Math.floor(site.xM / 300)},${Math.floor(site.yM / 300)}`
    if (squares.has(square)) continue
    squares.add(square)
    kept.push(site)
  }
  return kept
}
