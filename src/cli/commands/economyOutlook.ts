import { finish } from '../../base/steps.ts'
import type { NetworkSpec, WhatIf } from '../../networks/network.ts'
import { AS_IT_IS } from '../../networks/rules/economyStep.ts'
import { unitOf } from '../../networks/rules/proRata.ts'
import { comparePools, type OutlookYear, runOutlook, supplyHolds } from '../../plan/outlook.ts'
import { type CliArgs, defineCommand } from '../command.ts'
import { eraOption, networkNamed } from '../networkOption.ts'
import { jsonText, numberOption, onlyPositional } from '../options.ts'

const whatIfOf = (args: CliArgs): WhatIf => {
  const scale = (name: string): number => numberOption(args, name, 1, { min: 0, max: 1000, whole: false })
  return {
    demandScale: scale('demand'),
    feeScale: scale('fee'),
    issueScale: scale('issue'),
    delayEpochs: numberOption(args, 'delay', 0, { min: -1e6, max: 1e6 }),
  }
}

/** A year as one reads it: whole tokens. */
function line({ title, token }: NetworkSpec, year: OutlookYear): string {
  const tokens = (units: bigint): string => String(units / unitOf(token?.decimals ?? 0))
  const { endsOn, era, issued, reminted, burnt, supply, locked, stakingYield, equilibriumUsd } = year
  const parts = [
    `${endsOn}  ${era}: issued ${tokens(issued)}, put back ${tokens(reminted)}, burnt ${tokens(burnt)}`,
    `supply ${tokens(supply)}, bound ${tokens(locked)} ${token?.symbol ?? title}`,
    ...(Number.isFinite(stakingYield) ? [`yield ${(100 * stakingYield).toPrecision(3)} %`] : []),
    ...(Number.isFinite(equilibriumUsd) ? [`equilibrium at ${equilibriumUsd.toPrecision(3)} USD`] : []),
  ]
  return parts.join('; ')
}

export const economyOutlook = defineCommand({
  name: 'economy outlook',
  usage: 'NETWORK [--years N]',
  summary: 'emission, burn, supply over years',
  options: {
    years: { type: 'string' },
    era: { type: 'string' },
    price: { type: 'string' },
    demand: { type: 'string' },
    fee: { type: 'string' },
    issue: { type: 'string' },
    delay: { type: 'string' },
  },
  help: [
    '  --years N    1 to 60, default 5',
    '  --era ID     another rule set than the one in force',
    '  --price USD  of a token, default its dated snapshot',
    '  --demand K   what is spent on the network, × today',
    '  --fee K      share of it that is burnt, or the fee, × today',
    '  --issue K    scheduled emission, × the rule',
    '  --delay N    the schedule comes N epochs later',
    'Amounts are whole base units, written as strings. With a what-if, who gains and who pays is told by pool.',
    'A network without a token economy ends with 1.',
  ].join('\n'),
  async run(args, io) {
    const network = networkNamed(onlyPositional(args, 'the id of a network'))
    const era = eraOption(args, network)
    const { token } = network
    const { economy } = era
    const head = { network: network.id, era: era.id }
    if (!token || !economy) {
      const reason = `${network.title} has no token economy under ${era.title}.`
      if (args.values.json) io.out(jsonText({ ...head, outlook: null, reason }))
      else io.err(reason)
      return 1
    }
    const years = numberOption(args, 'years', 5, { min: 1, max: 60 })
    const priceUsd = numberOption(args, 'price', token.price.fact.value, { min: 1e-8, max: 1e8, whole: false })
    const whatIf = whatIfOf(args)
    const asItIs = finish(runOutlook(network, era, { years, priceUsd }))
    const isChanged = JSON.stringify(whatIf) !== JSON.stringify(AS_IT_IS)
    const changed = isChanged ? finish(runOutlook(network, era, { years, priceUsd, whatIf })) : asItIs
    const change = isChanged ? comparePools(economy, asItIs, changed) : null
    const holds = supplyHolds(economy, asItIs.years) && supplyHolds(economy, changed.years)
    if (args.values.json) {
      const { title, source, epochS, start, fromFund, pools, facts } = economy
      const { symbol, baseUnit, decimals } = token
      const about = { title, source, epochS, start, fromFund, pools, facts, symbol, baseUnit, decimals }
      io.out(
        jsonText({ ...head, ...about, priceUsd, whatIf, years: changed.years, change, supplyIdentityHolds: holds }),
      )
    } else {
      io.out(`${economy.title}\n${economy.source}\nAt ${priceUsd} USD a token.`)
      for (const year of changed.years) io.out(line(network, year))
      for (const { title, asItIs: before, whatIf: after } of change ?? [])
        io.out(`${title}: ${(after - before) / unitOf(token.decimals)} ${token.symbol} against the rules as they are`)
      io.out(holds ? 'Supply identity holds.' : 'SUPPLY IDENTITY BROKEN')
    }
    return holds ? 0 : 1
  },
})
