import { TwinError } from '../base/errors.ts'
import { type Steps, within } from '../base/steps.ts'
import { networkById } from '../networks/index.ts'
import { defaultEra, type NetworkSpec, type TokenEconomy, type WhatIf } from '../networks/network.ts'
import { AS_IT_IS } from '../networks/rules/economyStep.ts'
import { type Outlook, type PoolChange, runOutlook, supplyHolds } from './outlook.ts'

/** A token under its rules in force, beside the same token under other rules or other habits. */
export interface RuleQuestion {
  readonly network: string
  readonly era: string // the rule set to try; the one in force stays beside it
  readonly whatIf: WhatIf
  readonly years: number
  readonly priceUsd: number
}

export interface RuleStudy {
  readonly asItIs: Outlook
  readonly tried: Outlook
  readonly isTried: boolean // something differs from the rules in force
  readonly holds: boolean // both supplies are what came and went, to the last base unit
  readonly pools: readonly PoolChange[] // of either rule set, by id
  readonly startSupply: bigint
  readonly triedStartSupply: bigint
}

const economyOf = (
  network: NetworkSpec,
  eraId: string,
): { era: NetworkSpec['eras'][number]; economy: TokenEconomy } => {
  const era = network.eras.find(({ id }) => id === eraId)
  if (!era?.economy)
    throw new TwinError('NETWORK_RULES', `${network.title} has no token economy under "${eraId}".`, {
      network: network.id,
      era: eraId,
    })
  return { era, economy: era.economy }
}

/** Tokens of every pool that either rule set knows, over all years. */
function poolsOf(before: TokenEconomy, asItIs: Outlook, after: TokenEconomy, tried: Outlook): PoolChange[] {
  const total = ({ pools }: TokenEconomy, { years }: Outlook, id: string): bigint => {
    const at = pools.findIndex((pool) => pool.id === id)
    return at < 0 ? 0n : years.reduce((sum, year) => sum + year.pools[at], 0n)
  }
  const all = new Map([...before.pools, ...after.pools].map(({ id, title }) => [id, title]))
  return [...all].map(([pool, title]) => ({
    pool,
    title,
    asItIs: total(before, asItIs, pool),
    whatIf: total(after, tried, pool),
  }))
}

/**
 * Runs a token under the rules in force and under what is tried.
 *
 * Throws   NETWORK_RULES when there is no such network, rule set or token economy; ECONOMICS_INVALID for senseless figures
 */
export function* runRuleStudy({ network: id, era: eraId, whatIf, years, priceUsd }: RuleQuestion): Steps<RuleStudy> {
  const network = networkById.get(id)
  if (!network) throw new TwinError('NETWORK_RULES', `"${id}" is no known network.`, { network: id })
  const now = economyOf(network, defaultEra(network).id)
  const then = economyOf(network, eraId)
  const isTried = then.era !== now.era || JSON.stringify(whatIf) !== JSON.stringify(AS_IT_IS)
  const asItIs = yield* within(0, isTried ? 0.5 : 1, runOutlook(network, now.era, { years, priceUsd }))
  const tried = isTried ? yield* within(0.5, 1, runOutlook(network, then.era, { years, priceUsd, whatIf })) : asItIs
  return {
    asItIs,
    tried,
    isTried,
    holds: supplyHolds(now.economy, asItIs.years) && supplyHolds(then.economy, tried.years),
    pools: poolsOf(now.economy, asItIs, then.economy, tried),
    startSupply: now.economy.supply,
    triedStartSupply: then.economy.supply,
  }
}
