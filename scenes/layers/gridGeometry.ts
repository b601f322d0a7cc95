import {
  BufferAttribute,
  DynamicDrawUsage,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Sphere,
  Vector3,
} from 'three'
import { BUS_KINDS, type GridMap } from '../../src/model/grid.ts'

/** Segments of some branches of a grid, ready to be tinted: what a voltage level draws. */
export interface WireSheet {
  readonly geometry: InstancedBufferGeometry
  readonly branchOfSegment: Uint32Array
  readonly tint: Float32Array // [segments, 3] linear
}

const HIGHEST_LOW_VOLTAGE_V = 1000

/** Whether a branch belongs to the low-voltage network: both ends below a kilovolt. */
export const isLowVoltage = (map: GridMap, branch: number): boolean =>
  map.busVoltageV[map.branchFrom[branch]!]! <= HIGHEST_LOW_VOLTAGE_V &&
  map.busVoltageV[map.branchTo[branch]!]! <= HIGHEST_LOW_VOLTAGE_V

/** The branches that `wanted` picks, as one instanced ribbon a segment of their polylines. */
export function createWireSheet(map: GridMap, wanted: (branch: number) => boolean, weight: number): WireSheet {
  let count = 0
  for (let b = 0; b < map.branchCount; b++)
    if (wanted(b)) count += Math.max(map.pathStart[b + 1]! - map.pathStart[b]! - 1, 0)
  const segment = new Float32Array(4 * count)
  const branch = new Float32Array(count)
  const branchOfSegment = new Uint32Array(count)
  const tint = new Float32Array(3 * count)
  let at = 0
  for (let b = 0; b < map.branchCount; b++) {
    if (!wanted(b)) continue
    for (let k = map.pathStart[b]!; k < map.pathStart[b + 1]! - 1; k++) {
      segment[4 * at] = map.pathXM[k]!
      segment[4 * at + 1] = -map.pathYM[k]!
      segment[4 * at + 2] = map.pathXM[k + 1]!
      segment[4 * at + 3] = -map.pathYM[k + 1]!
      branch[at] = b
      branchOfSegment[at++] = b
    }
  }
  const geometry = new InstancedBufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(new Float32Array([0, -1, 0, 1, -1, 0, 1, 1, 0, 0, 1, 0]), 3))
  geometry.setIndex([0, 1, 2, 0, 2, 3])
  geometry.setAttribute('segment', new InstancedBufferAttribute(segment, 4))
  geometry.setAttribute('branch', new InstancedBufferAttribute(branch, 1))
  geometry.setAttribute('tint', new InstancedBufferAttribute(tint, 3).setUsage(DynamicDrawUsage))
  geometry.setAttribute('weight', new InstancedBufferAttribute(new Float32Array(count).fill(weight), 1))
  geometry.instanceCount = count
  geometry.boundingSphere = new Sphere(new Vector3(), Infinity)
  return { geometry, branchOfSegment, tint }
}

const STATIONS: readonly number[] = (['source', 'mv-station', 'asset'] as const).map((kind) => BUS_KINDS.indexOf(kind))

/** Buses that are drawn as points: substations, stations, and where something was connected. */
export const stationBuses = (map: GridMap): Uint32Array =>
  Uint32Array.from(map.busKind.keys()).filter((i) => STATIONS.includes(map.busKind[i]!))
