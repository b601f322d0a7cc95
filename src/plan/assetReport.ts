import type { Band, Quantity } from '../base/quantity.ts'
import { tagOfFact } from '../base/quantity.ts'
import type { EconomicsResult } from '../model/economics.ts'
import type { AssetReport, HeldBack, Kpi, ReportChange, ReportFact, ReportSite } from '../model/plan.ts'
import { HOURS_PER_MONTH } from '../networks/rules/calendar.ts'
import { LIFE, statedFact } from './changedFacts.ts'
import { COMMON_FACTS } from './commonDrivers.ts'
import { explainNode } from './explainNode.ts'
import { medianIncome, type PlannedNode } from './plannedNode.ts'
import { quantity } from './quantityOf.ts'
import { isRadio, radioFactsOf } from './radioPlan.ts'

const ENGINE = 'economics engine'

const kpi = (id: string, title: string, better: Kpi['better'], q: Quantity): Kpi => ({ id, title, better, quantity: q })

/** Every fact that went into a node: rules, costs, drivers. */
function factsOf({ era, type, drivers, asset }: PlannedNode): readonly ReportFact[] {
  const lines = [...type.capex, ...type.install, ...type.opexYear, type.power]
  const told = [...era.rules, ...drivers, ...lines, { id: LIFE, title: 'Life', fact: type.life }, ...COMMON_FACTS]
  const radio = radioFactsOf(asset.kind).map((one, i) => ({ id: `radio.${i}`, ...one }))
  return [...told.map(({ id, title, fact }) => ({ id, title, fact })), ...radio]
}

/** The changes of the plan that reach a node, beside what was stated. */
const changesIn = ({ changes, stated }: PlannedNode): readonly ReportChange[] =>
  changes.flatMap(({ driver, value, reason }) => {
    const was = statedFact(stated.drivers, stated.type, driver)
    return was ? [{ fact: driver, title: was.title, unit: was.fact.unit, was: was.fact.value, is: value, reason }] : []
  })

/** What a full line or transformer costs the asset, at the medians, in the middle of its life. */
function heldBackOf({ site, heldBy, run, free, drivers, cash }: PlannedNode): HeldBack | null {
  if (!(site.curtailedShare > 0)) return null
  const month = cash.months >> 1
  return {
    share: site.curtailedShare,
    lostUsdPerMonth: medianIncome(free.run, free.drivers, month) - medianIncome(run, drivers, month),
    reason: heldBy ?? 'A line or transformer above it is full in some hours, and in those it stands still.',
  }
}

const siteOf = ({ site }: PlannedNode): ReportSite => ({
  peopleReached: site.peopleReached,
  coveredKm2: site.coveredKm2,
  curtailedShare: site.curtailedShare,
  pvKwhPerKwp: site.pvKwhPerKwp,
  drawnKwhPerDay: site.drawnKwhPerDay,
})

/** What one asset costs, does and earns, as panels and exports show it. */
export function reportAsset(node: PlannedNode, result: EconomicsResult): AssetReport {
  const { asset, network, era } = node
  const source = `${ENGINE}; rules ${era.id}`
  // what rests on a guess anywhere is an assumption that a model carried on
  const guessed = [...node.type.capex, ...node.type.install].some(({ fact }) => tagOfFact(fact) === 'assumed')
  const money = (band: Band, unit = 'USD'): Quantity => quantity(band.p50, unit, source, 'modelled', band)
  const { months } = result.simplePayback
  const kpis: Kpi[] = [
    kpi(
      'outlay',
      'To build',
      'lower',
      quantity(result.outlayUsd.p50, 'USD', source, guessed ? 'assumed' : 'modelled', result.outlayUsd),
    ),
    kpi(
      'power',
      'Mean power drawn',
      'lower',
      quantity((result.energyKwhPerMonth / HOURS_PER_MONTH) * 1000, 'W', source),
    ),
    kpi('gross', 'Earned a month', 'higher', money(result.grossPerMonthUsd, 'USD/month')),
    kpi('net', 'Left a month', 'higher', money(result.netPerMonthUsd, 'USD/month')),
    kpi('npv', 'Net present value', 'higher', money(result.npvUsd)),
    kpi('payback', 'Pays back after', 'lower', quantity(months.p50, 'months', source, 'modelled', months)),
    kpi(
      'payback-probability',
      'Chance to pay back in its life',
      'higher',
      quantity(result.simplePayback.probability, 'share', source),
    ),
    kpi('irr', 'Rate of return at the medians', 'higher', quantity(result.irr.perYear, '1/a', source)),
  ]
  const { levelised } = result
  kpis.push(kpi('roi', 'Return on the outlay over its life', 'higher', money(result.returnOnOutlay, 'share')))
  if (levelised)
    kpis.push(kpi('levelised', `Cost of a ${levelised.unit}`, 'lower', money(levelised.usd, `USD/${levelised.unit}`)))
  if (result.collateralUsd > 0) {
    kpis.push(kpi('collateral-cost', 'Cost of binding it', 'lower', quantity(result.collateralCostUsd, 'USD', source)))
    kpis.push(kpi('collateral', 'Of it bound as collateral', 'lower', quantity(result.collateralUsd, 'USD', source)))
  }
  if (isRadio(node.type.kind)) {
    const { site } = node
    kpis.push(kpi('people', 'People it serves best', 'higher', quantity(site.peopleReached, 'people', 'radio engine')))
    kpis.push(kpi('area', 'Area it serves best', 'higher', quantity(site.coveredKm2, 'km²', 'radio engine')))
  }
  return {
    assetId: asset.id,
    network: network.id,
    era: era.id,
    kpis,
    breakEven: result.breakEven,
    facts: factsOf(node),
    terms: explainNode(node),
    changes: changesIn(node),
    heldBack: heldBackOf(node),
    site: siteOf(node),
  }
}
