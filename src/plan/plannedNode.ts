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
import { changedDriver, changedType, costIds, senseless, senselessCost } from './changedFacts.ts'
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
  readonly heldBy?: string // what of the grid holds it back, as a sentence
}

/** A driver or a cost line that somebody knows better, and why. A cost line is certain: its spread is not read. */
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
  readonly type: NodeType // with what was changed in it
  readonly earn: EarnModel
  readonly drivers: readonly Driver[] // with the scenario's settings in them
  readonly params: Params
  readonly site: Site
  readonly run: NodeRun
  readonly free: { readonly run: NodeRun; readonly drivers: readonly Driver[] } // as if the grid carried everything
  readonly stated: { readonly drivers: readonly Driver[]; readonly type: NodeType } // before anybody changed a fact
  readonly cash: CashNode
  readonly changes: readonly DriverChange[]
  readonly heldBy: string | null
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

/** Income of a month at the medians, in USD. */
export const medianIncome = (run: NodeRun, drivers: readonly Driver[], month: number): number => {
  const draw = Object.fromEntries(drivers.map(({ id, fact }) => [id, fact.value]))
  return run.usd(draw, month) + run.tokens(draw, month) * (draw[TOKEN_PRICE] ?? 0)
}

/** Whether a network's rules take no notice of what the grid cannot carry. */
const earnsTheSame = (a: NodeRun, b: NodeRun, drivers: readonly Driver[], months: number): boolean =>
  [0, months >> 1, months - 1].every((month) => medianIncome(a, drivers, month) === medianIncome(b, drivers, month))

/** Who is cut off is off: where the rules count no energy, the grid takes its share of the time. */
function heldBack(driver: Driver, share: number): Driver {
  if (driver.id !== UPTIME) return driver
  const { fact, p10, p90 } = driver
  const left = 1 - share
  const source = `${fact.source}; less what the grid cannot carry`
  return { ...driver, fact: { ...fact, value: fact.value * left, source }, p10: p10 * left, p90: p90 * left }
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
  const stated =
    network.nodeTypes.find(({ kind }) => kind === asset.kind) ??
    refuse(`${network.title} does not say what a ${ASSET_KIND_INFO[asset.kind].title} costs.`, asset)
  const type = changedType(stated, changes)

  const params = paramsOf(asset)
  const months = Math.max(1, Math.round(type.life.value * 12))
  const place: Site = { ...site, params }
  const run = earn.run(place, months)
  const asStated = [
    ...earn.drivers.map((driver) => scaled(driver, tokenPriceScale)),
    ...commonDrivers(energyPriceUsd, asset.kind === 'pv-battery', network.token !== null),
  ]
  const names = [...asStated.map(({ id }) => id), ...costIds(stated)]
  for (const change of changes) {
    const driver = asStated.find(({ id }) => id === change.driver)
    if (!driver && !names.includes(change.driver))
      refuse(`"${change.driver}" is no driver or cost here; there are: ${names.join(', ')}.`, asset)
    const reason = driver ? senseless(driver, change) : senselessCost(change)
    if (reason) refuse(reason, asset)
  }
  const known = asStated.map((driver) => changedDriver(driver, changes))
  const free = place.curtailedShare > 0 ? earn.run({ ...place, curtailedShare: 0 }, months) : run
  const unheeded = place.curtailedShare > 0 && earnsTheSame(run, free, known, months)
  const drivers = unheeded ? known.map((driver) => heldBack(driver, place.curtailedShare)) : known
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
  const heldBy = place.curtailedShare > 0 ? (request.heldBy ?? null) : null
  return {
    asset,
    network,
    era,
    type,
    earn,
    drivers,
    params,
    site: place,
    run,
    free: { run: free, drivers: known },
    stated: { drivers: asStated, type: stated },
    cash,
    changes,
    heldBy,
  }
}
