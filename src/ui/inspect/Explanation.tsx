import { useState } from 'react'
import { ASSET_KIND_INFO, type Asset, paramOf } from '../../model/asset.ts'
import { factKey } from '../../model/factChange.ts'
import type { AssetReport, ReportTerm } from '../../model/plan.ts'
import { networkById } from '../../networks/index.ts'
import { defaultEra } from '../../networks/network.ts'
import { formatUnit } from '../format.ts'
import { FactRow } from '../networks/FactRow.tsx'
import networkStyles from '../networks/networks.module.css'
import { SITE_WORDS } from '../networks/words.ts'
import styles from './inspect.module.css'

/** One thing that a term rests on: a fact, a figure of the place, or a setting of the asset. */
function Ground({ id, asset, report }: { readonly id: string; readonly asset: Asset; readonly report: AssetReport }) {
  const [where = '', name = ''] = id.split(/\.(.*)/)
  if (where === 'site') {
    const words = SITE_WORDS[name]
    const value = report.site[name as keyof AssetReport['site']]
    if (!words) return null
    return (
      <li className={networkStyles.fact}>
        <div className={networkStyles.factHead}>
          <span className={networkStyles.factTitle}>{words.title}</span>
          <strong>{formatUnit(value, words.unit)}</strong>
        </div>
        <p className={networkStyles.source}>{words.source}</p>
      </li>
    )
  }
  if (where === 'param') {
    const param = ASSET_KIND_INFO[asset.kind].params.find(({ key }) => key === name)
    if (!param) return null
    return (
      <li className={networkStyles.fact}>
        <div className={networkStyles.factHead}>
          <span className={networkStyles.factTitle}>{param.title}</span>
          <strong>{formatUnit(paramOf(asset, name), param.unit)}</strong>
        </div>
        <p className={networkStyles.source}>Set on this asset, above.</p>
      </li>
    )
  }
  const entered = report.facts.find((fact) => fact.id === id)
  if (!entered) return null
  const network = networkById.get(report.network)
  const own = network && defaultEra(network).earn[asset.kind]?.drivers.find((driver) => driver.id === id)
  const type = network?.nodeTypes.find(({ kind }) => kind === asset.kind)
  const line = type && [...type.capex, ...type.install, ...type.opexYear, type.power].find((one) => one.id === id)
  const change = report.changes.find(({ fact }) => fact === id)
  // what was changed is shown beside what was stated
  const fact = change ? (own?.fact ?? line?.fact ?? { ...entered.fact, value: change.was }) : entered.fact
  const isChangeable = own !== undefined || line !== undefined
  const spread = own ? { value: own.fact.value, p10: own.p10, p90: own.p90, shape: own.shape } : null
  return (
    <FactRow
      title={entered.title}
      fact={fact}
      spread={spread}
      {...(isChangeable ? { factKey: factKey(report.network, asset.kind, id) } : {})}
    />
  )
}

function Row({
  term,
  asset,
  report,
}: {
  readonly term: ReportTerm
  readonly asset: Asset
  readonly report: AssetReport
}) {
  const [isOpen, setOpen] = useState(false)
  const { title, value, unit, from } = term
  const isResult = from.length === 0
  return (
    <li className={styles.term} data-result={isResult || undefined}>
      <button
        type="button"
        aria-expanded={isResult ? undefined : isOpen}
        disabled={isResult}
        onClick={() => setOpen(!isOpen)}
      >
        <span>{title}</span>
        <strong>{formatUnit(value, unit)}</strong>
      </button>
      {isOpen && (
        <ul className={networkStyles.facts}>
          {from.map((id) => (
            <Ground key={id} id={id} asset={asset} report={report} />
          ))}
        </ul>
      )}
    </li>
  )
}

/** Why it earns what it earns: a mean month at the medians, step by step, each step opening what it rests on. */
export function Explanation({ asset, report }: { readonly asset: Asset; readonly report: AssetReport }) {
  const { heldBack } = report
  return (
    <section className={styles.section} aria-label="Why it earns this">
      <h2>Why it earns this</h2>
      {heldBack && (
        <div className={styles.held} role="note">
          <strong>
            The grid holds it back: {formatUnit(heldBack.lostUsdPerMonth, 'USD')} a month less than it could earn.
          </strong>
          <p>{heldBack.reason}</p>
        </div>
      )}
      <p className={styles.note}>
        A mean month with every driver at its median. Touch a step to see its facts and their sources.
      </p>
      <ol className={styles.terms}>
        {report.terms.map((term) => (
          <Row key={`${term.title} ${term.unit}`} term={term} asset={asset} report={report} />
        ))}
      </ol>
    </section>
  )
}
