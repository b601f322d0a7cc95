import { cos } from '../../../src/base/math/trig.ts'
import { createRandom, hashText } from '../../../src/base/random.ts'
import { createEnu } from '../../../src/geo/enu.ts'
import { sunPosition } from '../../../src/geo/sun.ts'
import { type City, OSM_TYPES } from '../../../src/model/city.ts'
import { DEVICE_KIND_INFO, type DevicePrivacy } from '../../../src/model/device.ts'
import type { FleetDevice, FleetModel } from '../fleetModel.ts'
import { createAirSensor } from './airSensor.ts'
import { buildingUse } from './buildingSites.ts'
import { createEvCharger } from './evCharger.ts'
import { createLoadCurve } from './loadCurve.ts'
import { HOUSEHOLD, TRADE } from './loadShapes.ts'
import { createLoraGateway } from './loraGateway.ts'
import { type Placed, placeFleet } from './placeFleet.ts'
import { createPvInverter } from './pvInverter.ts'
import type { Readout } from './reading.ts'
import type { Site } from './site.ts'
import { createSmartMeter } from './smartMeter.ts'
import { createSwapStation } from './swapStation.ts'
import { createWeather, sampleSun, type Weather } from './weather.ts'

export interface FleetOptions {
  readonly devices?: number
  readonly seed?: number
}

// Assumptions, order of magnitude of urban flats and of offices with district heating
const DWELLING_M2 = 75 // gross floor area
const DWELLING_WH = 2_400_000 // a year
const TRADE_WH_M2 = 90_000 // a year
/** A meter stands at one staircase or one tenant, however large the building is. */
const LARGEST_METERED_M2 = 4_500

// a fifth of the sun by module, a bit over half of the roof usable; assumptions
const PV_W_PER_M2 = 110
const LARGEST_PV_W = 250_000

const P256_EVERY = 5 // chips with P-256 are about as common in the field as they are here; assumption

/** What the owners of two meters want, so that both ways to keep something back are seen at work. In the order of meters. */
const METER_WISHES: readonly DevicePrivacy[] = [
  { publish: 'aggregated', everyS: 900 }, // a quarter of an hour: the span that networks settle by
  { publish: 'delayed', delayS: 3600 },
]
/** A fleet with fewer meters has none to spare. */
const METERS_FOR_WISHES = 10

/**
 * Creates the simulated devices of a city: where each stands, and what each reads at any moment.
 * Everything it says is modelled.
 *
 * Returns  a pure model: the same city, options, device and time give the same reading, in any order of calls
 * Throws   CITY_EMPTY when no device fits anywhere
 * Cost     placing: about a second for 32,000 buildings; one reading: microseconds
 */
export function createFleet(city: City, { devices = 320, seed = 1 }: FleetOptions = {}): FleetModel {
  const placed = placeFleet(city, devices, createRandom(`fleet/${seed}/places`))
  // nothing below may hold on to the city: a fleet lives for hours, its city is tens of megabytes
  return modelOf(describe(city, placed), createReadouts(city, placed, seed))
}

function modelOf(devices: readonly FleetDevice[], readouts: readonly Readout[]): FleetModel {
  return {
    devices,
    readAt(device, timeMs) {
      const readout = readouts[device]
      if (!readout) throw new RangeError(`readAt got device ${device}, expected 0 to ${readouts.length - 1}.`)
      return readout(timeMs)
    },
  }
}

function describe(city: City, placed: readonly Placed[]): FleetDevice[] {
  const enu = createEnu(city.meta.originLatDeg, city.meta.originLonDeg)
  const at = new Float64Array(2)
  const titles = new Map<string, number>()
  const wishes = wishesOf(placed)
  return placed.map(({ kind, site }, i) => {
    const title = `${DEVICE_KIND_INFO[kind].title} · ${site.place()}`
    const nth = (titles.get(title) ?? 0) + 1
    titles.set(title, nth)
    enu.toGeo(site.xM, site.yM, at)
    return {
      kind,
      title: nth === 1 ? title : `${title} (${nth})`,
      latDeg: at[0]!,
      lonDeg: at[1]!,
      heightM: Math.round(10 * site.heightM) / 10,
      buildingOsmId: osmIdOf(city, site.building),
      curve: i % P256_EVERY === P256_EVERY - 1 ? 'p256' : 'secp256k1',
      ...(wishes.has(i) ? { privacy: wishes.get(i)! } : {}),
    }
  })
}

/** Wishes by index of the device: the meters placed last have them, but for the spare device of the teaching switch. */
function wishesOf(placed: readonly Placed[]): ReadonlyMap<number, DevicePrivacy> {
  const meters = placed.slice(0, -1).flatMap(({ kind }, i) => (kind === 'smart-meter' ? i : []))
  if (meters.length < METERS_FOR_WISHES) return new Map()
  return new Map(METER_WISHES.map((wish, nth) => [meters[meters.length - 1 - nth]!, wish]))
}

function createReadouts(city: City, placed: readonly Placed[], seed: number): Readout[] {
  const { originLatDeg, originLonDeg, utcOffsetH } = city.meta
  const citySeed = hashText(`weather/${seed}`)
  const sun = createSun(originLatDeg, originLonDeg)
  const weather = createWeather(citySeed, utcOffsetH, sun)
  const curves = { household: createLoadCurve(HOUSEHOLD), trade: createLoadCurve(TRADE) }
  return placed.map((one, i) => createReadout(city, one, hashText(`device/${seed}/${i}`), citySeed, weather, curves))
}

const createSun = (latDeg: number, lonDeg: number) =>
  sampleSun((timeMs) => cos(sunPosition(timeMs, latDeg, lonDeg).zenithRad))

function osmIdOf({ buildings }: City, building: number): string | null {
  return building < 0 ? null : `${OSM_TYPES[buildings.osm.type[building]!]}/${buildings.osm.id[building]}`
}

interface Curves {
  readonly household: ReturnType<typeof createLoadCurve>
  readonly trade: ReturnType<typeof createLoadCurve>
}

function createReadout(
  city: City,
  { kind, site }: Placed,
  seed: number,
  citySeed: number,
  weather: Weather,
  curves: Curves,
): Readout {
  const random = createRandom(`site/${seed}`)
  const { utcOffsetH } = city.meta
  const { xM, yM } = site
  switch (kind) {
    case 'smart-meter':
      return createSmartMeter({ xM, yM, ...meteredUse(city, site, curves) }, seed, citySeed, utcOffsetH)
    case 'pv-inverter':
      return createPvInverter({ xM, yM, peakW: Math.min(LARGEST_PV_W, PV_W_PER_M2 * site.sizeM2) }, seed, weather)
    case 'ev-charger':
      return createEvCharger(
        {
          kind: site.weight > 0.5 ? 'dc' : 'ac',
          connectors: 2 + random.below(3),
          busyness: 0.35 + 0.4 * random.next(),
        },
        seed,
        utcOffsetH,
      )
    case 'swap-station':
      // 30 to 50 swaps a day at a compact station, up to 200 at a taxi station (facts: energy, section 4)
      return createSwapStation({ packs: 8 + random.below(5), arrivalsPerDay: 40 + random.below(90) }, seed, utcOffsetH)
    case 'lora-gateway':
      return createLoraGateway({ antennaM: site.heightM }, seed, utcOffsetH)
    case 'air-quality':
      return createAirSensor({ xM, yM, traffic: site.weight }, seed, citySeed, weather, utcOffsetH)
  }
}

function meteredUse(city: City, site: Site, curves: Curves) {
  const use = buildingUse(city, site.building)
  const floorM2 = Math.min(LARGEST_METERED_M2, site.sizeM2)
  if (use === 'house' || use === 'apartments' || use === 'unknown') {
    const households = Math.max(1, Math.round(floorM2 / DWELLING_M2))
    return { curve: curves.household, yearWh: households * DWELLING_WH, households }
  }
  return { curve: curves.trade, yearWh: floorM2 * TRADE_WH_M2, households: Math.max(1, Math.round(floorM2 / 150)) }
}
