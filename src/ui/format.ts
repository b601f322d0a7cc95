import type { Quantity } from '../base/quantity.ts'

const THIN = ' '
const MINUS = '−'

/** Groups of three digits, set apart by thin spaces, from five digits on. */
const group = (digits: string): string => (digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, THIN))

/**
 * A number to three significant figures without exponent; whole numbers up to 9 999 999 stay whole when `whole` is set.
 * NaN reads "–": not known, never zero.
 */
export function formatNumber(value: number, whole = false): string {
  if (!Number.isFinite(value)) return value === Infinity ? '∞' : value === -Infinity ? `${MINUS}∞` : '–'
  const sign = value < 0 ? MINUS : ''
  const size = Math.abs(value)
  if (whole) return sign + group(String(Math.round(size)))
  if (size === 0) return '0'
  const rounded = Number(size.toPrecision(3))
  if (rounded >= 1000) return sign + group(String(Math.round(rounded)))
  const decimals = Math.min(Math.max(2 - Math.floor(Math.log10(rounded)), 0), 8)
  return sign + rounded.toFixed(decimals)
}

const STEPS: readonly (readonly [factor: number, prefix: string])[] = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
  [1, ''],
]

/** Units that people write with k, M, G in front. */
const PREFIXED = new Set(['W', 'Wh', 'var', 'VA', 'A', 'V', 'B', 'J'])

/** Value and unit as a person reads them: 1 234 567 W is 1.23 MW. */
export function formatUnit(value: number, unit: string): string {
  if (unit.startsWith('USD'))
    return `${value < 0 ? MINUS : ''}$${THIN}${formatNumber(Math.abs(value))}${unit.slice(3).replace('/', ` / `)}`
  if (unit === '1' || unit === '') return formatNumber(value, Number.isInteger(value))
  if (unit === 'share') return `${formatNumber(value * 100)}${THIN}%`
  if (unit === '1/a') return `${formatNumber(value * 100)}${THIN}% a year`
  if (!PREFIXED.has(unit) || !Number.isFinite(value)) return `${formatNumber(value)}${THIN}${unit}`
  const [factor, prefix] = STEPS.find(([f]) => Math.abs(value) >= f * 0.9995) ?? [1, '']
  return `${formatNumber(value / factor)}${THIN}${prefix}${unit}`
}

/** The band after the value: "P10–P90 380 W – 460 W". Empty when there is none, or nothing is known of it. */
export function formatBand({ band, unit }: Quantity): string {
  if (!band || (Number.isNaN(band.p10) && Number.isNaN(band.p90))) return ''
  // "a month" stands beside the value already
  const short = unit.split('/')[0] === 'USD' ? 'USD' : unit
  // a payback that does not come has no number
  const edge = (value: number): string =>
    unit === 'months' && Number.isNaN(value) ? 'never' : formatUnit(value, short)
  return `P10–P90 ${edge(band.p10)} – ${edge(band.p90)}`
}

/** What stands in place of a number that does not exist, by the figure it belongs to. */
const ABSENT: Readonly<Record<string, string>> = { payback: 'not within its life', irr: 'none' }

/** Value and unit of a figure; where there is no number, what that means. */
export function formatKpi(id: string, { value, unit }: Quantity): string {
  const absent = ABSENT[id.split('.').at(-1) ?? '']
  return Number.isNaN(value) && absent !== undefined ? absent : formatUnit(value, unit)
}

/** A change with its sign and arrow. */
export function formatDelta(delta: number, unit: string): string {
  if (Number.isNaN(delta)) return '–'
  if (delta === 0) return '±0'
  return `${delta > 0 ? '↑ +' : '↓ '}${formatUnit(delta, unit)}`
}

/** How long ago, in the largest unit that fits: "8 s", "14 min", "3 h". */
export function formatAge(ms: number): string {
  const s = Math.max(0, ms / 1000)
  if (s < 60) return `${Math.floor(s)}${THIN}s`
  if (s < 3600) return `${Math.floor(s / 60)}${THIN}min`
  if (s < 172_800) return `${Math.floor(s / 3600)}${THIN}h`
  return `${Math.floor(s / 86_400)}${THIN}days`
}

const two = (n: number): string => String(n).padStart(2, '0')

/** Clock time in the city's zone: 14:05. */
export function formatClock(timeMs: number, utcOffsetH: number): string {
  const d = new Date(timeMs + utcOffsetH * 3600_000)
  return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`
}

/** Date and clock time in the city's zone: 2026-11-23 14:05. */
export function formatDateTime(timeMs: number, utcOffsetH: number): string {
  const d = new Date(timeMs + utcOffsetH * 3600_000)
  return `${d.getUTCFullYear()}-${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())} ${formatClock(timeMs, utcOffsetH)}`
}

/** A hash or address shortened in the middle: 0x12345678…9abcdef0. */
export const formatHash = (hash: string, head = 8, tail = 6): string =>
  hash.length <= head + tail + 3 ? hash : `${hash.slice(0, head + 2)}…${hash.slice(-tail)}`
