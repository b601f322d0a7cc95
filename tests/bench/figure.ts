/** One measured thing, beside what it is compared with. */
export interface Figure {
  readonly name: string
  readonly value: number // median where there were several runs
  readonly unit: string
  readonly all?: readonly number[] // every run, in order
  readonly beside?: { readonly name: string; readonly value: number; readonly all?: readonly number[] }
  /** What the product set out to reach. */
  readonly mark?: { readonly words: string; readonly isMet: boolean }
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

const words = (value: number): string =>
  value.toLocaleString('en', { maximumSignificantDigits: value >= 1000 ? 6 : 3, maximumFractionDigits: 2 })

const spread = (all: readonly number[] | undefined): string =>
  all && all.length > 1 ? `${words(Math.min(...all))}–${words(Math.max(...all))}` : ''

/** The figures as one table of plain text. */
export function tableOf(figures: readonly Figure[]): string {
  const head = ['figure', 'value', 'unit', 'range', 'beside', '', 'ratio', 'starting mark', '']
  const rows = figures.map(({ name, value, unit, all, beside, mark }) => [
    name,
    words(value),
    unit,
    spread(all),
    beside?.name ?? '',
    beside ? words(beside.value) : '',
    beside ? (value / beside.value).toFixed(2) : '',
    mark?.words ?? '',
    mark ? (mark.isMet ? 'met' : 'MISSED') : '',
  ])
  const widths = head.map((title, c) => Math.max(title.length, ...rows.map((row) => row[c]!.length)))
  const isNumber = new Set([1, 5, 6])
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, c) => (isNumber.has(c) ? cell.padStart(widths[c]!) : cell.padEnd(widths[c]!)))
      .join('  ')
      .trimEnd()
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n')
}
