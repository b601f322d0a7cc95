import type { Findings } from '../../base/findings.ts'
import { type Steps, within } from '../../base/steps.ts'
import type { City } from '../../model/city.ts'
import type { DistributionGrid, GridStation, GridSubstation } from '../../model/distributionGrid.ts'
import type { BuildingLoads } from '../../model/load.ts'
import { runName } from './chooseCable.ts'
import { bankImpedance, bankName, chooseTap, stationBank, substationBank } from './chooseTransformer.ts'
import { addDemand, noDemand, plannedVa, plannedW } from './demand.ts'
import { RULES } from './facts.ts'
import { type Feeder, type FeederBus, mediumCables, planFeeders } from './feeders.ts'
import { finishGrid } from './finishGrid.ts'
import { createGridRows, type GridRows } from './gridRows.ts'
import { busbarLink, layLowVoltage } from './lowVoltage.ts'
import { planStations, type Station, stationVa } from './stations.ts'
import { layStreets } from './streets.ts'
import { findSubstations, type Substation } from './substations.ts'
import { childrenOf } from './treeChildren.ts'

/** A substation whose transformer has no number yet. */
type Yard = Omit<GridSubstation, 'transformerBranch'>

const OMEGA = 2 * Math.PI * 50

/**
 * Lays out a medium- and low-voltage grid for a city: stations where the load is, 10 kV feeders along the streets from the
 * mapped substations, 0.4 kV cables along the streets to every building; all dimensioned by the rules of facts.ts.
 * Deterministic: the same city and loads give the same bytes.
 */
export function* synthesiseGrid(city: City, loads: BuildingLoads, findings: Findings): Steps<DistributionGrid> {
  yield 0
  const substations = findSubstations(city, loads, findings)
  const streets = yield* within(0, 0.4, layStreets(city, loads, substations))
  yield 0.4
  const plan = planStations(city, loads, streets)
  yield 0.55
  const feeders = planFeeders(plan.stations, streets)
  yield 0.65

  const rows = createGridRows()
  const buildingBus = new Int32Array(city.buildings.count).fill(-1)
  const site = { city, loads, streets, plan, children: childrenOf(streets.tree.parent), rows, buildingBus }
  const built: GridStation[] = []
  const spans: { first: number; end: number; substation: number }[] = []
  const yards: Yard[] = []
  const lay = (station: Station, board: number, ratedVa: number): void => {
    if (station.building < 0) layLowVoltage(station, board, site)
    else {
      const [xM, yM] = [station.xM, station.yM]
      buildingBus[station.building] = rows.add({
        kind: 'building',
        xM,
        yM,
        ratedV: RULES.lowV.value,
        building: station.building,
        parent: board,
        branch: busbarLink(ratedVa, [xM, yM, xM, yM]),
      })
    }
  }
  let done = 0
  for (let s = 0; s < substations.length; s++) {
    const own = feeders.filter(({ substation }) => substation === s)
    const yard = buildSubstation(rows, substations[s], own, plan.stations)
    yards.push(yard)
    for (const feeder of own) {
      const first = rows.bus.kind.length
      layFeeder(rows, feeder, yard.busbarBus, plan.stations, built, lay)
      spans.push({ first, end: rows.bus.kind.length, substation: s })
      if (++done % 8 === 0) yield 0.65 + (0.3 * done) / feeders.length
    }
  }
  reportStray(city, streets.joint, streets.graph, findings)
  const grid = finishGrid({ rows, feeders: spans, substations: yards, stations: built, buildingBus })
  yield 1
  return grid
}

/** The 110 kV bus, the transformers and the 10 kV busbar of a substation, large enough for its feeders. */
function buildSubstation(
  rows: GridRows,
  { title, xM, yM }: Substation,
  feeders: readonly Feeder[],
  stations: readonly Station[],
): Yard {
  const total = noDemand()
  for (const { buses } of feeders)
    for (const { station } of buses) if (station >= 0) addDemand(total, stations[station].demand)
  const bank = substationBank(plannedVa(total) * RULES.growth.value)
  const ratedVa = bank.type.ratedVa * bank.count
  const sourceBus = rows.add({
    kind: 'source',
    xM,
    yM,
    ratedV: RULES.highV.value,
    building: -1,
    parent: -1,
    branch: null,
  })
  const { r, x } = bankImpedance(bank)
  const zBase = (RULES.mediumV.value * RULES.mediumV.value) / ratedVa
  const busbarBus = rows.add({
    kind: 'mv-station',
    xM,
    yM,
    ratedV: RULES.mediumV.value,
    building: -1,
    parent: sourceBus,
    branch: {
      kind: 'transformer',
      type: bankName(bank),
      rating: ratedVa,
      rOhm: r * zBase,
      xOhm: x * zBase,
      chargingS: 0,
      ironW: 0, // counted with the substation's losses, not as a shunt of a held bus
      magnetVar: 0,
      tapPu: 0,
      path: [xM, yM, xM, yM],
    },
  })
  return {
    title,
    sourceBus,
    busbarBus,
    ratedVa,
    ironLossW: bank.type.ironLossW * bank.count,
    copperLossW: bank.type.copperLossPu * ratedVa,
    shortCircuitPu: bank.type.shortCircuitPu,
  }
}

/** The 10 kV buses of a feeder, and below each station its transformer, board and low-voltage cables. */
function layFeeder(
  rows: GridRows,
  { buses }: Feeder,
  busbar: number,
  stations: readonly Station[],
  built: GridStation[],
  lay: (station: Station, board: number, ratedVa: number) => void,
): void {
  const busOf: number[] = [busbar]
  for (let i = 1; i < buses.length; i++) {
    const bus = buses[i]
    const run = mediumCables.run(bus.choice)
    busOf[i] = rows.add({
      kind: bus.station >= 0 ? 'mv-station' : 'mv-joint',
      xM: bus.xM,
      yM: bus.yM,
      ratedV: RULES.mediumV.value,
      building: -1,
      parent: busOf[bus.parent],
      branch: {
        kind: 'line',
        type: runName(run),
        rating: run.cable.ampacityA * run.parallel,
        rOhm: (run.cable.rOhmPerM * bus.lengthM) / run.parallel,
        xOhm: (run.cable.xOhmPerM * bus.lengthM) / run.parallel,
        chargingS: OMEGA * run.cable.faradPerM * bus.lengthM * run.parallel,
        ironW: 0,
        magnetVar: 0,
        tapPu: 0,
        path: bus.path,
      },
    })
    if (bus.station >= 0) built.push(buildStation(rows, busOf[i], bus, stations[bus.station], lay))
  }
}

function buildStation(
  rows: GridRows,
  mediumBus: number,
  bus: FeederBus,
  station: Station,
  lay: (station: Station, board: number, ratedVa: number) => void,
): GridStation {
  const bank = stationBank(stationVa(station))
  const ratedVa = bank.type.ratedVa * bank.count
  const { r, x } = bankImpedance(bank)
  const p = plannedW(station.demand) / ratedVa
  const q = station.demand.w > 0 ? (p * station.demand.q) / station.demand.w : 0
  const tapPu = chooseTap(RULES.busbarPu.value - bus.dropPu / RULES.growth.value, p * r + q * x)
  const zBase = (RULES.lowV.value * RULES.lowV.value) / ratedVa
  const ironW = bank.type.ironLossW * bank.count
  const noLoadVa = bank.type.noLoadPu * ratedVa
  const boardBus = rows.add({
    kind: 'lv-board',
    xM: station.xM,
    yM: station.yM,
    ratedV: RULES.lowV.value,
    building: -1,
    parent: mediumBus,
    branch: {
      kind: 'transformer',
      type: bankName(bank),
      rating: ratedVa,
      rOhm: r * zBase,
      xOhm: x * zBase,
      chargingS: 0,
      ironW,
      magnetVar: Math.sqrt(Math.max(0, noLoadVa * noLoadVa - ironW * ironW)),
      tapPu,
      path: [station.xM, station.yM, station.xM, station.yM],
    },
  })
  lay(station, boardBus, ratedVa)
  return { mediumBus, boardBus, ratedVa, tapPu }
}

/** Names the buildings that no street comes near; they get a straight line of their own. */
function reportStray(
  { buildings }: City,
  joint: Int32Array,
  graph: { readonly xM: Float64Array; readonly yM: Float64Array },
  findings: Findings,
): void {
  const strayM = RULES.strayM.value
  for (let b = 0; b < buildings.count; b++) {
    if (buildings.parent[b] >= 0) continue
    const dx = buildings.centreXM[b] - graph.xM[joint[b]]
    const dy = buildings.centreYM[b] - graph.yM[joint[b]]
    if (dx * dx + dy * dy <= strayM * strayM) continue
    const message = `No street comes within ${strayM} m; a straight service line was drawn.`
    findings.add('BUILDING_OFF_STREET', 'building', message, String(buildings.osm.id[b]))
  }
}
