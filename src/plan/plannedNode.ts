import { TwinError } from '../base/errors.ts'
import type { CashDriver, CashNode } from '../engines/economics/cashNode.ts'
import type { Correlation } from '../engines/economics/correlate.ts'
import type { PathModel } from '../engines/economics/pricePaths.ts'
import { ASSET_KIND_INFO, type Asset, paramOf } from '../model/asset.ts'
import { networkById } from '../networks/index.ts'
import {
  type CostLine,
  type Driver,
  defaultEra,
  type EarnModel,
  ENERGY_PRICE,
  type Era,
  type NetworkSpec,
  type NodeRun,
  type NodeType,
  type Params,
  type Site,
  TOKEN_PRICE,
  UPTIME,
} from '../networks/network.ts'
import { DAYS_PER_MONTH, HOURS_PER_MONTH } from '../networks/rules/calendar.ts'
import {
  COST_FACTOR,
  commonDrivers,
  FAILURES,
  REPAIR_DAYS,
  REPAIR_SHARE,
  RESIDUAL_SHARE,
  SELL_COST,
} from './commonDrivers.ts'

/** Everything that decides the economics of one asset, as plain data: it crosses threads. */
export interface NodeRequest {
  readonly asset: Asset
  readonly era?: string // id of a rule set; absent: the one in force
  readonly site: Omit<Site, 'params'>
  readonly energyPriceUsd: number // per kWh
  readonly tokenPriceScale: number // × snapshot
  readonly price?: PathModel // how the token's price moves; absent: as its network says
  readonly correlations?: readonly Correlation[]
  readonly changes?: readonly DriverChange[]
}

/** A driver that somebody knows better, and why. */
export interface DriverChange {
  readonly driver: string
  readonly value: number
  readonly p10: number
  readonly p90: number
  readonly reason: string
}

/** An asset under the rules of its network at its place, ready to be drawn. */
export interface PlannedNode {
  readonly asset: Asset
  readonly network: NetworkSpec
  readonly era: Era
  readonly type: NodeType
  readonly earn: EarnModel
  readonly drivers: readonly Driver[] // with the scenario's settings in them
  readonly params: Params
  readonly site: Site
  readonly run: NodeRun
  readonly cash: CashNode
}

const refuse = (message: string, asset: Asset): never => {
  throw new TwinError('NETWORK_RULES', message, { asset: asset.id, network: asset.network })
}

const paramsOf = (asset: Asset): Params =>
  Object.fromEntries(ASSET_KIND_INFO[asset.kind].params.map(({ key }) => [key, paramOf(asset, key)]))

const sumOf = (lines: readonly CostLine[], params: Params): number =>
  lines.reduce((sum, { fact, per }) => sum + fact.value * per(params), 0)

/** The token's price, moved by the scenario; "× the snapshot" stays in terms of the snapshot. */
function scaled(driver: Driver, scale: number): Driver {
  if (driver.id !== TOKEN_PRICE || scale === 1) return driver
  const { fact, p10, p90, most, wouldBe } = driver
  return {
    ...driver,
    fact: { ...fact, value: fact.value * scale },
    p10: p10 * scale,
    p90: p90 * scale,
    most: Math.max(most, fact.value * scale * 10),
    ...(wouldBe ? { wouldBe: (value: number, _: number, site: Site) => wouldBe(value, fact.value, site) } : {}),
  }
}

/** A driver as somebody knows it better: the fact says so, and why. */
function changed(driver: Driver, changes: readonly DriverChange[]): Driver {
  const change = changes.find((c) => c.driver === driver.id)
  if (!change) return driver
  const { value, p10, p90, reason } = change
  const fact = { ...driver.fact, value, source: `changed: ${reason}`, grade: 'assumption' as const }
  return { ...driver, fact, p10, p90, most: Math.max(driver.most, p90) }
}

function cashDriver(
  { id, title, fact, p10, p90, shape, most, path, wouldBe }: Driver,
  site: Site,
  price: PathModel | undefined,
): CashDriver {
  const given = id === TOKEN_PRICE ? price : undefined
  const moves = (given || path) && {
    path: given ?? {
      kind: 'ou' as const,
      volatilityPerYear: path!.volatilityPerYear.value,
      reversionPerYear: path!.reversionPerYear.value,
    },
  }
  const says = wouldBe && { wouldBe: (value: number, median: number) => wouldBe(value, median, site) }
  return { id, title, median: fact.value, p10, p90, shape, most, ...moves, ...says }
}

/**
 * Joins an asset, its network's rules, its costs and its place.
 *
 * Throws   NETWORK_RULES when the network, the rule set or the kind in it does not exist
 */
export function planNode(request: NodeRequest): PlannedNode {
  const { asset, era: eraId, site, energyPriceUsd, tokenPriceScale, price, correlations, changes = [] } = request
  const network =
    networkById.get(asset.network) ??
    refuse(`Asset ${asset.id} joins "${asset.network}", which is no known network.`, asset)
  const era =
    eraId === undefined
      ? defaultEra(network)
      : (network.eras.find(({ id }) => id === eraId) ??
        refuse(
          `${network.title} has no rule set "${eraId}"; it has: ${network.eras.map(({ id }) => id).join(', ')}.`,
          asset,
        ))
  const earn =
    era.earn[asset.kind] ??
    refuse(`${network.title} pays nothing for a ${ASSET_KIND_INFO[asset.kind].title} under ${era.title}.`, asset)
  const type =
    network.nodeTypes.find(({ kind }) => kind === asset.kind) ??
    refuse(`${network.title} does not say what a ${ASSET_KIND_INFO[asset.kind].title} costs.`, asset)

  const params = paramsOf(asset)
  const months = Math.max(1, Math.round(type.life.value * 12))
  const place: Site = { ...site, params }
  const run = earn.run(place, months)
  const asStated = [
    ...earn.drivers.map((driver) => scaled(driver, tokenPriceScale)),
    ...commonDrivers(energyPriceUsd, asset.kind === 'pv-battery', network.token !== null),
  ]
  for (const { driver } of changes) {
    if (asStated.some(({ id }) => id === driver)) continue
    refuse(`"${driver}" is no driver here; there are: ${asStated.map(({ id }) => id).join(', ')}.`, asset)
  }
  const drivers = asStated.map((driver) => changed(driver, changes))
  const bought = sumOf(type.capex, params)
  const outlay = bought + sumOf(type.install, params)
  const running = sumOf(type.opexYear, params) / 12
  const idleKwh = (type.power.fact.value * type.power.per(params) * HOURS_PER_MONTH) / 1000
  const cash: CashNode = {
    drivers: drivers.map((driver) => cashDriver(driver, place, price)),
    ...(correlations ? { correlations } : {}),
    tokenPrice: network.token ? TOKEN_PRICE : null,
    months,
    outlayUsd: (values) => outlay * values[COST_FACTOR],
    collateralTokens: run.collateralTokens,
    tokens: run.tokens,
    usd: run.usd,
    vesting: run.vesting ?? [1],
    feeTokens: run.feeTokens,
    energyKwh: (values, month) => idleKwh * values[UPTIME] + run.workKwh(values, month),
    energyPrice: ENERGY_PRICE,
    runningUsd: () => running,
    residualUsd: (values) => bought * values[COST_FACTOR] * RESIDUAL_SHARE.value,
    ...(network.token ? { sellCost: SELL_COST } : {}),
    failure: {
      perYear: FAILURES,
      repairUsd: (values) => bought * values[COST_FACTOR] * REPAIR_SHARE.value,
      lostMonths: REPAIR_DAYS.value / DAYS_PER_MONTH,
    },
    ...(run.work ? { work: run.work } : {}),
    ...(run.wearUsd ? { wearUsd: run.wearUsd } : {}),
  }
  return { asset, network, era, type, earn, drivers, params, site: place, run, cash }
}
