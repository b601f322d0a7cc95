import { TwinError } from '../base/errors.ts'
import type { Steps } from '../base/steps.ts'
import type { Era, NetworkSpec, Token, TokenEconomy, WhatIf } from '../networks/network.ts'
import { AS_IT_IS, type EpochRow, openEconomy } from '../networks/rules/economyStep.ts'
import { unitOf } from '../networks/rules/proRata.ts'

/** One year of a token, in base units. */
export interface OutlookYear {
  readonly year: number // 1 …
  readonly endsOn: string // ISO date
  readonly era: string // rule set in force on its last day
  readonly issued: bigint
  readonly reminted: bigint
  readonly burnt: bigint
  readonly pools: readonly bigint[]
  readonly unallocated: bigint
  readonly supply: bigint // at its end
  readonly locked: bigint // at its end
  readonly stakingYield: number // of what is bound, a year; NaN when nothing is, or nobody is paid for it
  readonly equilibriumUsd: number // price at which use would burn what is issued; NaN when burning knows no USD
}

/** A token over years under one rule set and one what-if. */
export interface Outlook {
  readonly network: string
  readonly era: string
  readonly whatIf: WhatIf
  readonly priceUsd: number
  readonly years: readonly OutlookYear[]
}

export interface OutlookOptions {
  readonly years: number
  readonly priceUsd: number
  readonly whatIf?: WhatIf
}

const YEAR_S = 365.25 * 86_400

/** The rule set that held, or is expected to hold, on a day: proposals and lost votes never do. */
export function eraOn({ eras }: NetworkSpec, isoDate: string): Era | undefined {
  const held = eras.filter(({ status }) => status === 'active' || status === 'historic')
  return held.find(({ from, to }) => from <= isoDate && (to === null || isoDate < to))
}

/**
 * The price at which use burns as many tokens as the schedule issues: USD spent on burning over tokens issued.
 *
 * Source   burn-and-mint equilibrium as in RNP-001
 */
export const equilibriumPrice = (burntUsd: number, issuedTokens: number): number =>
  issuedTokens > 0 ? burntUsd / issuedTokens : NaN

/** USD that an epoch burns, or NaN when its burn does not follow the price. */
function burntUsdOf(economy: TokenEconomy, whatIf: WhatIf, { decimals }: Token, epoch: number, supply: bigint): number {
  const rules = economy.open(whatIf)
  const dear = rules.burn(epoch, supply, 200_000_000n)
  const cheap = rules.burn(epoch, supply, 100_000_000n)
  const followsPrice = cheap > 0n && cheap - 2n * dear >= -2n && cheap - 2n * dear <= 2n
  return followsPrice ? Number(cheap) / Number(unitOf(decimals)) : NaN
}

function check({ years, priceUsd, whatIf = AS_IT_IS }: OutlookOptions): void {
  const refuse = (what: string, got: number, expected: string): never => {
    throw new TwinError('ECONOMICS_INVALID', `${what} is ${got}, expected ${expected}.`, { got })
  }
  if (!Number.isInteger(years) || years < 1 || years > 60) refuse('The number of years', years, '1 to 60')
  if (!(priceUsd > 0 && priceUsd < 1e9)) refuse('The price', priceUsd, 'more than 0 USD')
  for (const key of ['demandScale', 'feeScale', 'issueScale'] as const)
    if (!(whatIf[key] >= 0 && whatIf[key] <= 1000)) refuse(key, whatIf[key], '0 to 1000')
  if (!Number.isInteger(whatIf.delayEpochs) || Math.abs(whatIf.delayEpochs) > 1e6)
    refuse('delayEpochs', whatIf.delayEpochs, 'a whole number of epochs')
}

/**
 * Runs a token's economy for years.
 *
 * Throws   NETWORK_RULES when the network has no token economy under the rule set; ECONOMICS_INVALID for senseless figures
 */
export function* runOutlook(network: NetworkSpec, era: Era, options: OutlookOptions): Steps<Outlook> {
  check(options)
  const { token } = network
  const { economy } = era
  if (!token || !economy)
    throw new TwinError('NETWORK_RULES', `${network.title} has no token economy under ${era.title}.`, {
      network: network.id,
      era: era.id,
    })
  const { years, priceUsd, whatIf = AS_IT_IS } = options
  const priceE8 = BigInt(Math.round(priceUsd * 1e8))
  const next = openEconomy(economy, whatIf, () => priceE8)
  const startMs = Date.parse(economy.start)
  const rows: OutlookYear[] = []
  let epoch = 0
  for (let year = 1; year <= years; year++) {
    const last = Math.round((year * YEAR_S) / economy.epochS)
    const made: EpochRow[] = []
    for (; epoch < last; epoch++) made.push(next())
    const endsOn = new Date(startMs + last * economy.epochS * 1000).toISOString().slice(0, 10)
    rows.push(yearOf(made, year, endsOn, eraOn(network, endsOn)?.id ?? era.id, economy, whatIf, token))
    yield year / years
  }
  return { network: network.id, era: era.id, whatIf, priceUsd, years: rows }
}

function yearOf(
  made: readonly EpochRow[],
  year: number,
  endsOn: string,
  era: string,
  economy: TokenEconomy,
  whatIf: WhatIf,
  token: Token,
): OutlookYear {
  const sum = (of: (row: EpochRow) => bigint): bigint => made.reduce((total, row) => total + of(row), 0n)
  const { supply, locked, epoch } = made[made.length - 1]
  const pools = economy.pools.map((_, i) => sum((row) => row.pools[i]))
  const issued = sum((row) => row.issued)
  const toStakers = economy.pools.reduce((total, { to }, i) => (to === 'stakers' ? total + pools[i] : total), 0n)
  const burntUsd = burntUsdOf(economy, whatIf, token, epoch, supply) * made.length
  return {
    year,
    endsOn,
    era,
    issued,
    reminted: sum((row) => row.reminted),
    burnt: sum((row) => row.burnt),
    pools,
    unallocated: sum((row) => row.unallocated),
    supply,
    locked,
    stakingYield: locked > 0n && toStakers > 0n ? Number(toStakers) / Number(locked) : NaN,
    equilibriumUsd: equilibriumPrice(burntUsd, Number(issued) / Number(unitOf(token.decimals))),
  }
}

/** Whether the supply at the end is the one at the start with all that came and went. Independent of the run itself. */
export function supplyHolds({ fromFund, supply }: TokenEconomy, years: readonly OutlookYear[]): boolean {
  const end = years.reduce(
    (sum, { issued, reminted, burnt }) => sum + (fromFund ? 0n : issued) + reminted - burnt,
    supply,
  )
  return years.length === 0 || end === years[years.length - 1].supply
}

/** Who gains and who pays when a rule changes: tokens of each pool over all years, as it is and under the what-if. */
export interface PoolChange {
  readonly pool: string
  readonly title: string
  readonly asItIs: bigint
  readonly whatIf: bigint
}

export function comparePools({ pools }: TokenEconomy, asItIs: Outlook, whatIf: Outlook): PoolChange[] {
  const total = ({ years }: Outlook, i: number): bigint => years.reduce((sum, year) => sum + year.pools[i], 0n)
  return pools.map(({ id, title }, i) => ({ pool: id, title, asItIs: total(asItIs, i), whatIf: total(whatIf, i) }))
}
