import { BookOpen } from 'lucide-react'
import { ASSET_KIND_INFO, type Asset } from '../../model/asset.ts'
import { networks } from '../../networks/index.ts'
import { Button } from '../controls/Button.tsx'
import { formatNumber, formatUnit } from '../format.ts'
import { KpiTerms } from '../honesty/KpiTerms.tsx'
import { useSlice, useTwin } from '../twin.ts'
import { Explanation } from './Explanation.tsx'
import styles from './inspect.module.css'

const titleOf = (id: string): string => networks.find((n) => n.id === id)?.title ?? id

/** The network an asset has joined, what it does and earns there, and why. */
export default function AssetEarnings({ asset }: { readonly asset: Asset }) {
  const report = useSlice('plan', (s) => s.run.result?.assets.find((a) => a.assetId === asset.id))
  const { stores } = useTwin()
  const info = ASSET_KIND_INFO[asset.kind]
  const { change } = stores.scenario.getState()
  return (
    <>
      {info.networks.length > 1 && (
        <section className={styles.section}>
          <label className={styles.field}>
            Network
            <select value={asset.network} onChange={(event) => change({ ...asset, network: event.target.value })}>
              {info.networks.map((network) => (
                <option key={network} value={network}>
                  {titleOf(network)}
                </option>
              ))}
            </select>
          </label>
        </section>
      )}
      {report && (
        <>
          <section className={styles.section}>
            <h2>What it does and earns</h2>
            <p className={styles.note}>
              Rules: {titleOf(report.network)}, {report.era}
            </p>
            <dl className={styles.kpis}>
              <KpiTerms kpis={report.kpis} />
            </dl>
            {report.breakEven && <p className={styles.breakEven}>{report.breakEven}</p>}
          </section>
          {report.changes.length > 0 && (
            <section className={styles.section} aria-label="Changed figures">
              <h2>Changed figures</h2>
              <ul className={styles.changes}>
                {report.changes.map(({ fact, title, unit, was, is, reason }) => (
                  <li key={fact}>
                    <strong>{title}</strong>: {formatUnit(was, unit)} → {formatUnit(is, unit)} <em>{reason}</em>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <Explanation asset={asset} report={report} />
          <details className={styles.sources}>
            <summary>Where the numbers come from</summary>
            <ul>
              {report.facts.map(({ id, title, fact }) => (
                <li key={id}>
                  <strong>{title}</strong>: {formatNumber(fact.value)} {fact.unit} — {fact.source}, {fact.asOf} (
                  {fact.grade})
                </li>
              ))}
            </ul>
          </details>
        </>
      )}
      <div className={styles.actions}>
        <Button onPress={() => stores.networkPage.getState().open(asset.network, asset)}>
          <BookOpen size={16} aria-hidden="true" /> {titleOf(asset.network)}: rules, calculator, facts
        </Button>
      </div>
    </>
  )
}
