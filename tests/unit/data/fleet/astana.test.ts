import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFleet } from '../../../../data/devnet/fleet/createFleet.ts'
import { createGround } from '../../../../data/devnet/fleet/ground.ts'
import { CENTRE_M, CLEARANCE_M } from '../../../../data/devnet/fleet/spread.ts'
import { finish } from '../../../../src/base/steps.ts'
import { osmQa } from '../../../../src/formats/osmQa/index.ts'
import { createEnu } from '../../../../src/geo/enu.ts'

const folder = join(import.meta.dirname, '../../../../node_modules/@mapbox/mvt-fixtures/real-world/osm-qa-astana')
const files = readdirSync(folder).map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }))
// Bayterek, around which the page opens
const meta = { title: 'Astana', originLatDeg: 51.12828, originLonDeg: 71.43056, utcOffsetH: 5 }
const { city } = finish(osmQa.read(files, { meta }))
const { devices } = createFleet(city)
const enu = createEnu(meta.originLatDeg, meta.originLonDeg)
const local = devices.map(({ latDeg, lonDeg }) => {
  const out = new Float64Array(2)
  enu.toLocal(latDeg, lonDeg, out)
  return { xM: out[0]!, yM: out[1]! }
})

test('default: Astana has room for a whole fleet, two in five of it in the opening view', () => {
  expect(devices.length).toBe(320)
  expect(new Set(devices.map(({ kind }) => kind)).size).toBe(6)
  expect(local.filter(({ xM, yM }) => Math.hypot(xM, yM) <= CENTRE_M).length).toBeGreaterThanOrEqual(128)
})

test('behavior: they stand apart, out of the water, and on or beside the buildings they belong to', () => {
  const ground = createGround(city)
  const ids = new Set(
    Array.from(city.buildings.osm.id, (id, i) => `${['node', 'way', 'relation'][city.buildings.osm.type[i]!]}/${id}`),
  )
  devices.forEach(({ kind, title, heightM, buildingOsmId }, i) => {
    const { xM, yM } = local[i]!
    for (const other of local.slice(0, i))
      expect(Math.hypot(xM - other.xM, yM - other.yM)).toBeGreaterThan(CLEARANCE_M - 0.01)
    expect(ground.inWater(xM, yM), title).toBe(false)
    if (buildingOsmId !== null) expect(ids.has(buildingOsmId), title).toBe(true)
    if (kind === 'pv-inverter') expect(heightM, title).toBeGreaterThanOrEqual(5)
    else if (kind !== 'lora-gateway') expect(ground.inBuilding(xM, yM), title).toBe(false)
  })
})

test('behavior: titles are readable and all different', () => {
  expect(new Set(devices.map(({ title }) => title)).size).toBe(320)
  for (const { title } of devices) expect(title).not.toMatch(/[\u0400-\u04ff]|undefined|NaN/)
})
