import type { TokenEconomy, WhatIf } from '../../networks/network.ts'
import { SliderRow } from '../controls/SliderRow.tsx'
import styles from './networks.module.css'

const MONTH_S = (365.25 / 12) * 86_400

export interface Tried {
  readonly demandScale: number
  readonly feeScale: number
  readonly issueScale: number
  readonly delayMonths: number
  readonly priceScale: number
}
export const UNTRIED: Tried = { demandScale: 1, feeScale: 1, issueScale: 1, delayMonths: 0, priceScale: 1 }

/** What was set, in the epochs of an economy. */
export const whatIfOf = (
  { demandScale, feeScale, issueScale, delayMonths }: Tried,
  { epochS }: TokenEconomy,
): WhatIf => ({
  demandScale,
  feeScale,
  issueScale,
  delayEpochs: Math.round((delayMonths * MONTH_S) / epochS),
})

/** Rules and habits to try. Nothing here is a default, and nothing is kept. */
export function WhatIfForm({ tried, onTry }: { readonly tried: Tried; readonly onTry: (tried: Tried) => void }) {
  const set = (key: keyof Tried) => (value: number) => onTry({ ...tried, [key]: value })
  return (
    <div className={styles.whatIfs}>
      <SliderRow
        title="Demand"
        unit="× today"
        value={tried.demandScale}
        min={0}
        max={20}
        step={0.25}
        onCommit={set('demandScale')}
      />
      <SliderRow
        title="Burnt share or fee"
        unit="× the rule"
        value={tried.feeScale}
        min={0}
        max={3}
        step={0.05}
        onCommit={set('feeScale')}
      />
      <SliderRow
        title="Scheduled issue"
        unit="× the rule"
        value={tried.issueScale}
        min={0}
        max={3}
        step={0.05}
        onCommit={set('issueScale')}
      />
      <SliderRow
        title="Halvings and steps come"
        unit="months later"
        value={tried.delayMonths}
        min={-24}
        max={48}
        step={1}
        onCommit={set('delayMonths')}
      />
      <SliderRow
        title="Token price"
        unit="× snapshot"
        value={tried.priceScale}
        min={0.1}
        max={10}
        step={0.1}
        onCommit={set('priceScale')}
      />
    </div>
  )
}
