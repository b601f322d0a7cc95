import type { Quantity } from '../../base/quantity.ts'
import { formatBand, formatKpi } from '../format.ts'
import styles from './honesty.module.css'
import { TagChip } from './TagChip.tsx'

/** A number as the product shows it: value, unit, band, tag, and where it comes from on demand. */
export function QuantityText({
  quantity,
  id = '',
  size = 'normal',
}: {
  readonly quantity: Quantity
  readonly id?: string // of the figure, when it has one
  readonly size?: 'normal' | 'large'
}) {
  const { tag, source, asOf, band } = quantity
  const range = formatBand(quantity)
  const detail = [source, asOf, band?.decidedBy && `decided most by ${band.decidedBy}`].filter(Boolean).join(' · ')
  return (
    <span className={styles.quantity} data-tag={tag} data-size={size} title={detail}>
      <span className={styles.value}>{formatKpi(id, quantity)}</span>
      {range && <span className={styles.band}>{range}</span>}
      <TagChip tag={tag} detail={detail} />
    </span>
  )
}
