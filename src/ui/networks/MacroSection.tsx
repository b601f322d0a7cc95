import { useEffect, useState } from 'react'
import { defaultEra, type NetworkSpec } from '../../networks/network.ts'
import { Button } from '../controls/Button.tsx'
import { Progress } from '../controls/Progress.tsx'
import { formatNumber } from '../format.ts'
import { useSlice, useTwin } from '../twin.ts'
import { ErasStrip } from './ErasStrip.tsx'
import { MacroChart, type MacroSeries } from './MacroChart.tsx'
import styles from './networks.module.css'
import { PoolTable } from './PoolTable.tsx'
import { type Tried, UNTRIED, WhatIfForm, whatIfOf } from './WhatIfForm.tsx'
import { formatTokens, STATUS_WORDS, tokensOf } from './words.ts'

const YEARS = 10
type Study = NonNullable<ReturnType<typeof useStudy>>
const useStudy = () => useSlice('study', (s) => s.run.result)

/** Rule sets that begin within the years shown, and years in which the schedule issues much less than before. */
function changesOf(network: NetworkSpec, { asItIs: { years } }: Study) {
  const STEP = 0.8
  return years.flatMap(({ era, issued, endsOn }, i) => {
    const before = years[i - 1]
    if (!before) return []
    if (before.era !== era)
      return [{ at: i, title: `${endsOn}: ${network.eras.find(({ id }) => id === era)?.title ?? era}` }]
    return Number(issued) < STEP * Number(before.issued) ? [{ at: i, title: `${endsOn}: the schedule steps down` }] : []
  })
}

/** Which rule set holds when, over the years shown. */
function InForce({ network, study }: { readonly network: NetworkSpec; readonly study: Study }) {
  const { years } = study.asItIs
  const spans: { title: string; from: string; to: string }[] = []
  for (const { era, endsOn } of years) {
    const title = network.eras.find(({ id }) => id === era)?.title ?? era
    const last = spans.at(-1)
    if (last?.title === title) last.to = endsOn
    else spans.push({ title, from: last?.to ?? '', to: endsOn })
  }
  return (
    <p className={styles.small}>
      In force, as far as is known:{' '}
      {spans.map(({ title, from, to }) => `${from ? `from ${from} ` : ''}to ${to} “${title}”`).join('; ')}. A thin
      dotted upright marks a year in which the schedule steps down or the rules change.
    </p>
  )
}

function Charts({ network, study }: { readonly network: NetworkSpec; readonly study: Study }) {
  const { asItIs, tried, isTried } = study
  const { symbol, decimals } = network.token!
  const years = asItIs.years.map(({ endsOn }) => endsOn)
  const changes = changesOf(network, study)
  type Year = (typeof asItIs.years)[number]
  const both = (words: string, of: (year: Year) => number): MacroSeries[] => [
    { words: isTried ? `${words}, in force` : words, values: asItIs.years.map(of), look: 'now' },
    ...(isTried ? [{ words: `${words}, tried`, values: tried.years.map(of), look: 'tried' as const }] : []),
  ]
  const whole = (units: bigint): number => tokensOf(units, decimals)
  const nothing = (of: (year: Year) => number): boolean =>
    [...asItIs.years, ...tried.years].every((year) => of(year) === 0)
  const burnt = (year: Year): number => whole(year.burnt)
  const locked = (year: Year): number => whole(year.locked)
  const shown = { years, changes }
  return (
    <div className={styles.macros}>
      <MacroChart
        {...shown}
        title="Issued"
        unit={`${symbol} a year`}
        series={both('issued', (year) => whole(year.issued))}
      />
      <MacroChart {...shown} title="Supply" unit={symbol} series={both('supply', (year) => whole(year.supply))} />
      {!nothing(burnt) && (
        <MacroChart {...shown} title="Burnt" unit={`${symbol} a year`} series={both('burnt', burnt)} />
      )}
      {!nothing(locked) && (
        <MacroChart {...shown} title="Pledged, staked, locked" unit={symbol} series={both('bound', locked)} />
      )}
      <MacroChart {...shown} title="Staking yield" unit="1/a" series={both('yield', (year) => year.stakingYield)} />
      {asItIs.years.some(({ equilibriumUsd }) => Number.isFinite(equilibriumUsd)) && (
        <MacroChart
          {...shown}
          title="Price at which use burns all that is issued"
          unit="USD"
          series={[
            ...both('equilibrium', (year) => year.equilibriumUsd),
            { words: 'price now', values: years.map(() => asItIs.priceUsd), look: 'mark' },
          ]}
        />
      )}
    </div>
  )
}

/** Whether the supply is what came and went, told so that one can add it up. */
function Identity({ network, study }: { readonly network: NetworkSpec; readonly study: Study }) {
  const { symbol, decimals, baseUnit } = network.token!
  const { tried, holds, triedStartSupply } = study
  const fromFund = network.eras.find(({ id }) => id === tried.era)?.economy?.fromFund ?? false
  const sum = (of: 'issued' | 'reminted' | 'burnt'): string =>
    formatTokens(
      tokensOf(
        tried.years.reduce((total, year) => total + year[of], 0n),
        decimals,
      ),
    )
  const end = formatTokens(tokensOf(tried.years[tried.years.length - 1]!.supply, decimals))
  return (
    <p className={styles.identity} data-holds={holds || undefined} role={holds ? undefined : 'alert'}>
      {holds ? '✓ The supply adds up to the last of the ' : '✗ The supply does not add up in '}
      {baseUnit}: {formatTokens(tokensOf(triedStartSupply, decimals))} at the start
      {fromFund ? ' (what is paid comes from a fund and adds nothing)' : ` + ${sum('issued')} issued`} +{' '}
      {sum('reminted')} put back − {sum('burnt')} burnt = {end} {symbol}.
    </p>
  )
}

/** The whole token over years under the rules in force, and beside it what other rules or habits would make of it. */
export function MacroSection({ network }: { readonly network: NetworkSpec }) {
  const { study: store } = useTwin().stores
  const run = useSlice('study', (s) => s.run)
  const input = useSlice('study', (s) => s.input)
  const now = defaultEra(network)
  const [era, setEra] = useState(now.id)
  const [tried, setTried] = useState<Tried>(UNTRIED)
  const { token } = network
  const economy = network.eras.find(({ id }) => id === era)?.economy
  const hasEconomy = token !== null && now.economy !== undefined

  useEffect(() => {
    if (!token || !now.economy) return
    const question = {
      network: network.id,
      era: economy ? era : now.id,
      whatIf: whatIfOf(tried, economy ?? now.economy),
      years: YEARS,
      priceUsd: token.price.fact.value * tried.priceScale,
    }
    void store.getState().start(question)
  }, [network, token, now, economy, era, tried, store])

  const study =
    run.result && input?.network === network.id && run.result.asItIs.network === network.id ? run.result : null
  const chosen = network.eras.find(({ id }) => id === era)
  return (
    <section className={styles.section} aria-labelledby="network-macro">
      <h2 id="network-macro">The rules, and the token over {YEARS} years</h2>
      <ErasStrip network={network} chosen={era} onChoose={setEra} />
      {chosen && chosen !== now && (
        <p className={styles.small}>
          “{chosen.title}” is {STATUS_WORDS[chosen.status]}. It is only tried here; figures of plans keep to “
          {now.title}”.
          {!chosen.economy && ' It says nothing about the whole token, so the charts show the rules in force.'}
        </p>
      )}
      {!hasEconomy && (
        <p className={styles.empty}>
          {token
            ? 'No rule for the whole token is published that could be run.'
            : 'This network has no token: it pays in money, so there is nothing to issue, burn or lock.'}
        </p>
      )}
      {hasEconomy && (
        <>
          <WhatIfForm tried={tried} onTry={setTried} />
          {(tried !== UNTRIED || era !== now.id) && (
            <p>
              <Button
                onPress={() => {
                  setTried(UNTRIED)
                  setEra(now.id)
                }}
              >
                Back to the rules in force
              </Button>
            </p>
          )}
          {run.status === 'failed' && <p role="alert">{run.error.message}</p>}
          {run.status === 'running' && !study && <Progress words="Running the token’s rules" fraction={run.progress} />}
          {study && (
            <div className={styles.study} data-old={run.status === 'running' || undefined}>
              <Charts network={network} study={study} />
              <InForce network={network} study={study} />
              <Identity network={network} study={study} />
              {study.isTried && <PoolTable study={study} token={token} />}
              <p className={styles.small}>
                Modelled: {now.economy?.title}. {now.economy?.source}. One price for all years,{' '}
                {formatNumber(study.asItIs.priceUsd)} USD ({token.price.fact.source}, {token.price.fact.asOf}); each
                point is a year’s end.
              </p>
            </div>
          )}
        </>
      )}
    </section>
  )
}
