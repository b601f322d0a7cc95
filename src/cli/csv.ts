import { TwinError } from '../base/errors.ts'

export interface Csv {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Reads comma-separated values with a header row; quotes as in RFC 4180. Throws FORMAT_BROKEN with the line. */
export function parseCsv(text: string, path: string): Csv {
  const records: string[][] = [[]]
  let cell = ''
  let quoted = false
  const input = text.replace(/^\uFEFF/, '')
  for (let i = 0; i < input.length; i++) {
    const c = input[i]!
    if (quoted) {
      if (c !== '"') cell += c
      else if (input[i + 1] === '"') {
        cell += '"'
        i++
      } else quoted = false
    } else if (c === '"' && cell === '') quoted = true
    else if (c === ',' || c === '\n') {
      records.at(-1)!.push(cell.trim())
      cell = ''
      if (c === '\n') records.push([])
    } else if (c !== '\r') cell += c
  }
  if (quoted) throw new TwinError('FORMAT_BROKEN', `${path}: a quote is never closed.`, { path })
  records.at(-1)!.push(cell.trim())
  const filled = records.map((row, i) => ({ row, line: i + 1 })).filter(({ row }) => row.some((value) => value !== ''))
  const [head, ...body] = filled
  if (!head) throw new TwinError('FORMAT_BROKEN', `${path}: there is no header row.`, { path })
  for (const { row, line } of body) {
    if (row.length === head.row.length) continue
    const message = `${path}, line ${line}: ${row.length} values, expected ${head.row.length}.`
    throw new TwinError('FORMAT_BROKEN', message, { path, line })
  }
  return { columns: head.row, rows: body.map(({ row }) => row) }
}
