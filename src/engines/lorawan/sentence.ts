import type { Saturation } from './saturation.ts'
import type { LorawanResult } from './summary.ts'

const times = (factor: number): string =>
  factor < 1
    ? `is already lost: it would take ${(1 / factor).toPrecision(2)} times fewer devices`
    : `is lost when there are ${factor.toPrecision(2)} times as many devices`

function limitOf({ limit, gateway, spreadingFactor, factor }: Saturation): string {
  if (limit === 'collisions')
    return `Collisions at SF${spreadingFactor} at ${gateway} come first: a tenth ${times(factor)}.`
  if (limit === 'demodulators') return `The demodulators of ${gateway} come first: a tenth ${times(factor)}.`
  if (factor < 1) return 'The duty cycle comes first: the busiest device may not send as often as it wants to.'
  return `The duty cycle comes first: the busiest device may send ${factor.toPrecision(2)} times as often, no more.`
}

/** What a run means, as a planner reads it. */
export function sayLorawan({ sent, deliveryRatio, deliveryP10, devices, losses, saturations }: LorawanResult): string {
  if (sent === 0) return 'Nothing was sent.'
  const percent = (x: number): string => `${(100 * x).toFixed(1)} %`
  const [cause, count] = Object.entries(losses).reduce((a, b) => (b[1] > a[1] ? b : a))
  const why = count > 0 ? ` Most of the rest is lost to: ${cause}.` : ''
  const first = saturations[0]
  return `${percent(deliveryRatio)} of the packets of ${devices} devices arrive, ${percent(deliveryP10)} of the worst tenth.${why}${first ? ` ${limitOf(first)}` : ''}`
}
