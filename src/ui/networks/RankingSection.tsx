import { useState } from 'react'
import { ASSET_KIND_INFO } from '../../model/asset.ts'
import type { RankedNode } from '../../model/economics.ts'
import { networkById } from '../../networks/index.ts'
import { Button } from '../controls/Button.tsx'
import { Progress } from '../controls/Progress.tsx'
import { formatNumber, formatUnit } from '../format.ts'
import { ASSET_ICONS } from '../inspect/icons.ts'
import { useSlice, useTwin } from '../twin.ts'
import styles from './networks.module.css'

/** P10 to P90 of what is left of a dollar, on one scale for all. */
function WorthBar({ node, low, high }: { readonly node: RankedNode; readonly low: number; readonly high: number }) {
  const { npvUsd, outlayUsd } = node.result
  const at = (usd: number): number => Math.min(100, Math.max(0, ((usd / outlayUsd.p50 - low) / (high - low)) * 100))
  return (
    <span className={styles.worth} aria-hidden="true">
      <i style={{ left: `${at(npvUsd.p10)}%`, width: `${Math.max(0.6, at(npvUsd.p90) - at(npvUsd.p10))}%` }} />
      <b style={{ left: `${at(npvUsd.p50)}%` }} />
      <u style={{ left: `${at(0)}%` }} />
    </span>
  )
}

function Row({
  node,
  low,
  high,
  budgetUsd,
  rank,
}: {
  node: RankedNode
  low: number
  high: number
  budgetUsd: number
  rank: number
}) {
  const { stores } = useTwin()
  const { network: id, kind, result, affordable, outlayUsd } = node
  const Icon = ASSET_ICONS[kind]
  const { probability, months } = result.simplePayback
  const count = Math.floor(budgetUsd / outlayUsd)
  return (
    <li className={styles.ranked} data-beyond={affordable ? undefined : ''}>
      <span className={styles.rank}>{affordable ? rank : '–'}</span>
      <Icon size={20} aria-hidden="true" />
      <div>
        <strong>
          <button type="button" className={styles.link} onClick={() => stores.networkPage.getState().open(id)}>
            {networkById.get(id)?.title ?? id}
          </button>{' '}
          <span>{ASSET_KIND_INFO[kind].title}</span>
        </strong>
        <WorthBar node={node} low={low} high={high} />
        <p>
          <span>
            Net present value {formatUnit(result.npvUsd.p50, 'USD')} · P10–P90 {formatUnit(result.npvUsd.p10, 'USD')} –{' '}
            {formatUnit(result.npvUsd.p90, 'USD')}
          </span>
          <span>
            {formatUnit(outlayUsd, 'USD')} to build
            {affordable && count > 1 ? `, the budget builds ${formatNumber(count, true)}` : ''}
          </span>
          <span>
            pays back in {formatUnit(probability, 'share')} of draws
            {Number.isFinite(months.p50) ? `, P50 after ${formatNumber(months.p50)} months` : ''}
          </span>
        </p>
        <p className={styles.must}>
          {affordable ? '' : 'Beyond the budget. '}
          {result.breakEven ?? 'At the medians it pays back; its P10 says how badly it may still go.'}
        </p>
      </div>
    </li>
  )
}

/** "This roof, this budget: which network?" Every node that could stand there, by the distribution of what it leaves. */
export function RankingSection() {
  const { ranking: store } = useTwin().stores
  const run = useSlice('ranking', (s) => s.run)
  const input = useSlice('ranking', (s) => s.input)
  const place = useSlice('networkPage', (s) => s.place)
  const [budget, setBudget] = useState('5000')
  const [onRoof, setOnRoof] = useState(true)
  const [told, setTold] = useState<string | null>(null)
  const budgetUsd = Number(budget.replace(/[\s,]/g, ''))
  const ask = () => {
    if (!(budgetUsd > 0 && budgetUsd < 1e12)) return setTold(`Got "${budget}", expected more than 0 USD.`)
    setTold(null)
    void store.getState().start({ budgetUsd, onRoof, place })
  }
  const worths = (run.result ?? []).flatMap(({ result: { npvUsd, outlayUsd } }) => [
    npvUsd.p10 / outlayUsd.p50,
    npvUsd.p90 / outlayUsd.p50,
  ])
  const low = Math.max(-3, Math.min(-1, ...worths))
  const high = Math.min(5, Math.max(1, ...worths))
  return (
    <section className={styles.section} aria-labelledby="network-which">
      <h2 id="network-which">{place ? `${place.title}: which network?` : 'This roof, this budget: which network?'}</h2>
      <p className={styles.small}>
        {place
          ? 'Radio coverage, sun and customers are computed for this place. What its feeder still carries shows when one is placed.'
          : 'A typical place in Astana, assumed. Select a building in the city to ask for its own roof.'}
      </p>
      <form
        className={styles.ask}
        onSubmit={(event) => {
          event.preventDefault()
          ask()
        }}
      >
        <label>
          Budget, USD
          <input value={budget} inputMode="decimal" onChange={(event) => setBudget(event.target.value)} />
        </label>
        <label className={styles.tick2}>
          <input type="checkbox" checked={onRoof} onChange={(event) => setOnRoof(event.target.checked)} />
          Only what may stand on or in a building
        </label>
        <Button type="submit" look="primary">
          Rank
        </Button>
      </form>
      {told && <p role="alert">{told}</p>}
      {run.status === 'failed' && <p role="alert">{run.error.message}</p>}
      {run.status === 'running' && (
        <Progress words="Drawing every node that could stand here" fraction={run.progress} />
      )}
      {run.result && input && (
        <>
          <p className={styles.small}>
            By what is left of each dollar laid out, P50 first, then P10. Bars: P10 to P90 of it; the tick is P50, the
            line is where money comes back. Modelled, {formatNumber(run.result[0]?.result.draws ?? 0, true)} draws each,
            the same numbers of chance for all.
          </p>
          <ol className={styles.ranking} data-old={run.status === 'running' || undefined}>
            {run.result.map((node, i) => (
              <Row
                key={`${node.network}.${node.kind}`}
                node={node}
                low={low}
                high={high}
                budgetUsd={input.budgetUsd}
                rank={i + 1}
              />
            ))}
          </ol>
        </>
      )}
    </section>
  )
}
