import { Trash2 } from 'lucide-react'
import { ASSET_KIND_INFO, paramOf } from '../../model/asset.ts'
import { networks } from '../../networks/index.ts'
import { Button } from '../controls/Button.tsx'
import { SliderRow } from '../controls/SliderRow.tsx'
import { formatNumber } from '../format.ts'
import { QuantityText } from '../honesty/QuantityText.tsx'
import { useSlice, useTwin } from '../twin.ts'
import styles from './inspect.module.css'

/** Something placed: what it can be set to, what it costs and earns, and what would have to be true. */
export function AssetCard({ id }: { readonly id: string }) {
  const asset = useSlice('scenario', (s) => s.state.assets.get(id))
  const report = useSlice('plan', (s) => s.run.result?.assets.find((a) => a.assetId === id))
  const { stores } = useTwin()
  if (!asset) return <p className={styles.note}>It was removed. Undo brings it back.</p>
  const info = ASSET_KIND_INFO[asset.kind]
  const { change, remove } = stores.scenario.getState()

  return (
    <>
      <section className={styles.section}>
        {info.params.map(({ key, ...param }) => (
          <SliderRow
            key={key}
            {...param}
            value={paramOf(asset, key)}
            onCommit={(value) => change({ ...asset, params: { ...asset.params, [key]: value } })}
          />
        ))}
        {info.networks.length > 1 && (
          <label className={styles.field}>
            Network
            <select value={asset.network} onChange={(event) => change({ ...asset, network: event.target.value })}>
              {info.networks.map((network) => (
                <option key={network} value={network}>
                  {networks.find((n) => n.id === network)?.title ?? network}
                </option>
              ))}
            </select>
          </label>
        )}
      </section>
      {report && (
        <section className={styles.section}>
          <h2>What it does and earns</h2>
          <p className={styles.note}>
            Rules: {networks.find((n) => n.id === report.network)?.title ?? report.network}, {report.era}
          </p>
          <dl className={styles.kpis}>
            {report.kpis.map((kpi) => (
              <div key={kpi.id}>
                <dt>{kpi.title}</dt>
                <dd>
                  <QuantityText id={kpi.id} quantity={kpi.quantity} />
                </dd>
              </div>
            ))}
          </dl>
          {report.breakEven && <p className={styles.breakEven}>{report.breakEven}</p>}
          <details className={styles.sources}>
            <summary>Where the numbers come from</summary>
            <ul>
              {report.facts.map(({ title, fact }) => (
                <li key={title}>
                  <strong>{title}</strong>: {formatNumber(fact.value)} {fact.unit} — {fact.source}, {fact.asOf} (
                  {fact.grade})
                </li>
              ))}
            </ul>
          </details>
        </section>
      )}
      <dl className={styles.facts}>
        <dt>Position</dt>
        <dd className="mono">
          {asset.latDeg.toFixed(5)}, {asset.lonDeg.toFixed(5)}
        </dd>
      </dl>
      <div className={styles.actions}>
        <Button
          onPress={() => {
            remove(id)
            stores.selection.getState().select(null)
          }}
        >
          <Trash2 size={16} aria-hidden="true" /> Remove
        </Button>
      </div>
      <p className={styles.note}>Not investment advice. Earnings are ranges under the cited rules, not promises.</p>
    </>
  )
}
