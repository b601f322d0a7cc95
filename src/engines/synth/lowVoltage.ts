import type { City } from '../../model/city.ts'
import type { BuildingLoads } from '../../model/load.ts'
import { createCableChoice, runName } from './chooseCable.ts'
import { type Demand, noDemand } from './demand.ts'
import { LV_CABLES, RULES } from './facts.ts'
import type { GridRows, NewBranch } from './gridRows.ts'
import { keyTree } from './keyTree.ts'
import { sizeTree } from './sizeTree.ts'
import { demandOfBuilding, type Station, type StationPlan } from './stations.ts'
import type { Streets } from './streets.ts'
import type { TreeChildren } from './treeChildren.ts'

const cables = createCableChoice(LV_CABLES, RULES.cableLoading.value)
const OMEGA = 2 * Math.PI * 50

/** Everything the laying of low voltage looks at, and what it writes to. */
export interface LowVoltageSite {
  readonly city: City
  readonly loads: BuildingLoads
  readonly streets: Streets
  readonly plan: StationPlan
  readonly children: TreeChildren
  readonly rows: GridRows
  readonly buildingBus: Int32Array // [buildings] written
}

/** A bus of the low-voltage tree before its cable is chosen. */
interface Sprout {
  readonly parent: number
  readonly lengthM: number
  readonly demand: Demand
  readonly building: number // -1 for a joint
  readonly xM: number
  readonly yM: number
  readonly path: readonly number[]
}

/** The nodes of a station's area from the station outwards, and the way back. */
function walkArea(station: Station, { streets, plan, children }: LowVoltageSite) {
  const { tree } = streets
  const { group } = plan
  const back = new Map<number, { up: number; edgeM: number }>()
  const nodes = [station.node]
  back.set(station.node, { up: -1, edgeM: 0 })
  const visit = (node: number, up: number, edgeM: number): void => {
    if (group[node] !== station.group || back.has(node)) return
    back.set(node, { up, edgeM })
    nodes.push(node)
  }
  for (let k = 0; k < nodes.length; k++) {
    const node = nodes[k]
    if (tree.parent[node] >= 0 && group[node] !== node) visit(tree.parent[node], node, tree.lengthM[node])
    for (let c = children.start[node]; c < children.start[node + 1]; c++) {
      const child = children.child[c]
      if (group[child] !== child) visit(child, node, tree.lengthM[child])
    }
  }
  return { nodes, back }
}

/** Joints and service lines of a station's area, root first. */
function sproutsOf(station: Station, site: LowVoltageSite): Sprout[] {
  const { city, loads } = site
  const { graph } = site.streets
  const { buildingsAt } = site.plan
  const { nodes, back } = walkArea(station, site)
  const keys = keyTree(
    nodes,
    (node) => back.get(node)?.up ?? -1,
    (node) => back.get(node)?.edgeM ?? 0,
    (node) => buildingsAt.has(node),
  )
  const hasBelow = new Uint8Array(keys.node.length)
  for (const up of keys.parent) if (up >= 0) hasBelow[up] = 1
  const sprouts: Sprout[] = []
  const sproutOfKey: number[] = []
  const none = noDemand()
  keys.node.forEach((node, k) => {
    const [xM, yM] = [graph.xM[node], graph.yM[node]]
    const up = k === 0 ? -1 : sproutOfKey[keys.parent[k]]
    const from = k === 0 ? node : keys.node[keys.parent[k]]
    const path = [graph.xM[from], graph.yM[from], ...keys.chain[k].flatMap((n) => [graph.xM[n], graph.yM[n]])]
    const served = buildingsAt.get(node) ?? []
    const service = (b: number, parent: number, streetM: number, streetPath: readonly number[]): void => {
      const [toX, toY] = [city.buildings.centreXM[b], city.buildings.centreYM[b]]
      const straight = Math.sqrt((toX - xM) * (toX - xM) + (toY - yM) * (toY - yM))
      sprouts.push({
        parent,
        lengthM: streetM + Math.max(RULES.shortestServiceM.value, straight),
        demand: demandOfBuilding(loads, b),
        building: b,
        xM: toX,
        yM: toY,
        path: [...streetPath, toX, toY],
      })
    }
    // the last house of a street hangs on the cable itself
    if (k > 0 && served.length === 1 && !hasBelow[k]) {
      service(served[0], up, keys.lengthM[k], path)
      sproutOfKey.push(-1)
      return
    }
    const joint = sprouts.push({ parent: up, lengthM: keys.lengthM[k], demand: none, building: -1, xM, yM, path }) - 1
    sproutOfKey.push(joint)
    for (const b of served) service(b, joint, 0, [xM, yM])
  })
  return sprouts
}

/**
 * Lays the low-voltage cables of a station's area along its streets: a joint where houses are connected or ways part,
 * a service line to every building.
 *
 * Writes   buses and branches below the station's board, and the bus of each building
 */
export function layLowVoltage(station: Station, board: number, site: LowVoltageSite): void {
  const { rows, buildingBus } = site
  const sprouts = sproutsOf(station, site)
  const ratedV = RULES.lowV.value
  const { choice } = sizeTree(
    {
      parent: sprouts.map(({ parent }) => parent),
      lengthM: sprouts.map(({ lengthM }) => lengthM),
      demand: sprouts.map(({ demand }) => demand),
      ratedV,
    },
    cables,
    RULES.lowDropPu.value,
  )
  const busOf: number[] = [board] // the first sprout is the board itself
  for (let i = 1; i < sprouts.length; i++) {
    const { parent, lengthM, building, xM, yM, path } = sprouts[i]
    const run = cables.run(choice[i])
    busOf[i] = rows.add({
      kind: building >= 0 ? 'building' : 'lv-joint',
      xM,
      yM,
      ratedV,
      building,
      parent: busOf[parent],
      branch: {
        kind: 'line',
        type: runName(run),
        rating: run.cable.ampacityA * run.parallel,
        rOhm: (run.cable.rOhmPerM * lengthM) / run.parallel,
        xOhm: (run.cable.xOhmPerM * lengthM) / run.parallel,
        chargingS: OMEGA * run.cable.faradPerM * lengthM * run.parallel,
        ironW: 0,
        magnetVar: 0,
        tapPu: 0,
        path,
      },
    })
    if (building >= 0) buildingBus[building] = busOf[i]
  }
}

/** The link from a board to the one building it stands in: a busbar, as good as no impedance. */
export function busbarLink(ratedVa: number, path: readonly number[]): NewBranch {
  return {
    kind: 'switch',
    type: 'Busbar 0.4 kV',
    rating: ratedVa / (Math.sqrt(3) * RULES.lowV.value),
    rOhm: 1e-5,
    xOhm: 1e-5,
    chargingS: 0,
    ironW: 0,
    magnetVar: 0,
    tapPu: 0,
    path,
  }
}
