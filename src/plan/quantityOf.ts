import type { Tag } from '../base/honesty.ts'
import type { Band, Quantity } from '../base/quantity.ts'

/** A modelled number with its unit and source, and its band where it has one. */
export const quantity = (
  value: number,
  unit: string,
  source: string,
  tag: Tag = 'modelled',
  band?: Band,
): Quantity => ({
  value,
  unit,
  tag,
  source,
  ...(band ? { band } : {}),
})
