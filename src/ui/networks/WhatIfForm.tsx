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

const SLIDERS = [
  { key: 'demandScale', title: 'Demand', unit: '× today', min: 0, max: 20, step: 0.25 },
  { key: 'feeScale', title: 'Burnt share or fee', unit: '× the rule', min: 0, max: 3, step: 0.05 },
  { key: 'issueScale', title: 'Scheduled issue', unit: '× the rule', min: 0, max: 3, step: 0.05 },
  { key: 'delayMonths', title: 'Halvings and steps come', unit: 'months later', min: -24, max: 48, step: 1 },
  { key: 'priceScale', title: 'Token price', unit: '× snapshot', min: 0.1, max: 10, step: 0.1 },
] as const

/** Rules and habits to try. Nothing here is a default, and nothing is kept. */
export const WhatIfForm = ({ tried, onTry }: { readonly tried: Tried; readonly onTry: (tried: Tried) => void }) => (
  <div className={styles.whatIfs}>
    {SLIDERS.map(({ key, ...slider }) => (
      <SliderRow key={key} {...slider} value={tried[key]} onCommit={(value) => onTry({ ...tried, [key]: value })} />
    ))}
  </div>
)
