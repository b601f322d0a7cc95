import type { Tag } from '../base/honesty.ts'
import type { Band, Quantity } from '../base/quantity.ts'
import { tagOfFact } from '../base/quantity.ts'
import type { EconomicsResult } from '../model/economics.ts'
import type { AssetReport, Kpi } from '../model/plan.ts'
import { HOURS_PER_MONTH } from '../networks/rules/calendar.ts'
import { COMMON_FACTS } from './commonDrivers.ts'
import type { PlannedNode } from './plannedNode.ts'
import { isRadio, radioFactsOf } from './radioPlan.ts'

const ENGINE = 'economics engine'

export const quantity = (
  value: number,
  unit: string,
  source: string,
  tag: Tag = 'modelled',
  band?: Band,
): Quantity => ({
  value,
  unit,
  tag,
  source,
  ...(band ? { band } : {}),
})

const kpi = (id: string, title: string, better: Kpi['better'], q: Quantity): Kpi => ({ id, title, better, quantity: q })

/** Every fact that went into a node: rules, costs, drivers. */
function factsOf({ era, type, drivers, asset }: PlannedNode): AssetReport['facts'] {
  const lines = [...type.capex, ...type.install, ...type.opexYear, type.power, { title: 'Life', fact: type.life }]
  const told = [...era.rules, ...drivers, ...lines].map(({ title, fact }) => ({ title, fact }))
  return [...told, ...COMMON_FACTS, ...radioFactsOf(asset.kind)]
}

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
  }
}
