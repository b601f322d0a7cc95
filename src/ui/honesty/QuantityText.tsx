import type { Quantity } from '../../base/quantity.ts'
import { formatBand, formatUnit } from '../format.ts'
import styles from './honesty.module.css'
import { TagChip } from './TagChip.tsx'

/** A number as the product shows it: value, unit, band, tag, and where it comes from on demand. */
export function QuantityText({
  quantity,
  size = 'normal',
}: {
  readonly quantity: Quantity
  readonly size?: 'normal' | 'large'
}) {
  const { value, unit, tag, source, asOf, band } = quantity
  const detail = [source, asOf, band?.decidedBy && `decided most by ${band.decidedBy}`].filter(Boolean).join(' · ')
  return (
    <span className={styles.quantity} data-tag={tag} data-size={size} title={detail}>
      <span className={styles.value}>{formatUnit(value, unit)}</span>
      {band && <span className={styles.band}>{formatBand(quantity)}</span>}
      <TagChip tag={tag} detail={detail} />
    </span>
  )
}
