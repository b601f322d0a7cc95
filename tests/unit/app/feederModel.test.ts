import { describe, expect, test } from 'vitest'
import { feederModelOf } from '../../../src/app/feederModel.ts'
import { BRANCH_KINDS, BUS_KINDS, type GridDay, type GridMap } from '../../../src/model/grid.ts'
import type { DeviceRow } from '../../../src/model/trust.ts'
import { aCity, box } from '../../support/toyCity.ts'

const house = (x: number) => ({ ring: box(x, 0, 10, 10), heightM: 6, use: 'house' as const })
const city = aCity({ buildings: [house(0), house(20), house(40)] }) // way/1000 … way/1002

/** source 0 → transformer → board 1 → joint 2 → houses 3 and 4; house 5 hangs on the source without a transformer */
const busKind = ['source', 'lv-board', 'lv-joint', 'building', 'building', 'building'] as const
const branches = [
  [0, 1, 'transformer'],
  [1, 2, 'line'],
  [2, 3, 'line'],
  [1, 4, 'line'],
  [0, 5, 'line'],
] as const
const map: GridMap = {
  title: 'Toy grid',
  source: 'written by hand',
  busCount: busKind.length,
  busXM: new Float32Array(6),
  busYM: new Float32Array(6),
  busKind: Uint8Array.from(busKind, (kind) => BUS_KINDS.indexOf(kind)),
  busVoltageV: new Float32Array(6).fill(400),
  busBuilding: Int32Array.of(-1, -1, -1, 0, 1, 2),
  branchCount: branches.length,
  branchFrom: Int32Array.from(branches, ([from]) => from),
  branchTo: Int32Array.from(branches, ([, to]) => to),
  branchKind: Uint8Array.from(branches, ([, , kind]) => BRANCH_KINDS.indexOf(kind)),
  branchRating: Float32Array.of(400_000, 250, 250, 250, 250),
  branchType: new Uint16Array(5),
  types: ['toy'],
  pathStart: new Uint32Array(6),
  pathXM: new Float32Array(0),
  pathYM: new Float32Array(0),
}
const steps = 4
const day: GridDay = {
  steps,
  stepS: 21_600,
  vPu: new Float32Array(steps * 6).fill(1),
  loading: Float32Array.from({ length: steps * 5 }, (_, i) => (i % 5 === 0 ? [0.1, 0.5, NaN, 0.25][i / 5]! : 0.9)),
  converged: Uint8Array.of(1, 1, 0, 1),
  iterations: new Uint16Array(steps),
  mismatchPu: new Float64Array(steps),
  worstBus: new Int32Array(steps),
  loadW: new Float64Array(steps),
  generationW: new Float64Array(steps),
  lossW: new Float64Array(steps),
  sourceW: new Float64Array(steps),
}
const device = (n: number, buildingOsmId: string | null): DeviceRow => ({
  address: `0x${String(n).padStart(40, '0')}`,
  kind: 'smart-meter',
  title: `Meter ${n}`,
  curve: 'secp256k1',
  origin: 'simulated',
  latDeg: 51,
  lonDeg: 71,
  heightM: 1,
  buildingOsmId,
  registeredBlock: 1,
  revokedBlock: null,
  documentProven: true,
  trust: 'project-registered',
})

describe('feederModelOf', () => {
  test('default: meters under one transformer share a feeder, with its rating and the power through it', () => {
    const devices = [device(1, 'way/1000'), device(2, 'way/1001')]
    expect(feederModelOf(city, map, day, devices)).toEqual({
      title: 'the grid simulation of Toytown',
      utcOffsetH: 5,
      stepS: 21_600,
      feeders: [
        {
          devices: devices.map(({ address }) => address),
          ratedVa: 400_000,
          // the third step did not settle: it says nothing, so the rating stands in
          loadW: [Math.fround(0.1) * 400_000, 200_000, 400_000, 100_000],
        },
      ],
    })
  })
  test('args: devices without a mapped building, or under no transformer, are left out', () => {
    const strays = [device(3, null), device(4, 'way/7'), device(5, 'node/1000'), device(6, 'way/1002')]
    expect(feederModelOf(city, map, day, strays)).toBeNull()
    expect(feederModelOf(city, map, day, [...strays, device(1, 'way/1000')])?.feeders.map((f) => f.devices)).toEqual([
      [device(1, null).address],
    ])
    expect(feederModelOf(city, map, day, [])).toBeNull()
  })
})
