import { broken } from './expression.ts'

export interface Statement {
  readonly text: string
  readonly line: number // where it begins, from 1
}

/**
 * Splits a case file into statements: comments off, continued lines joined, brackets kept whole.
 *
 * Throws   FORMAT_BROKEN when a bracket stays open
 */
export function statementsOf(source: string): Statement[] {
  const statements: Statement[] = []
  let text = ''
  let begun = 0
  let depth = 0
  let block = false
  const lines = source.split(/\r\n|\r|\n/)
  const close = () => {
    if (text.trim()) statements.push({ text: text.trim(), line: begun })
    text = ''
  }
  lines.forEach((raw, i) => {
    if (/^\s*%\{\s*$/.test(raw)) block = true
    if (block) {
      if (/^\s*%\}\s*$/.test(raw)) block = false
      return
    }
    const { code, continued } = codeOf(raw)
    if (!text.trim()) begun = i + 1
    for (const c of code) {
      if (c === '[' || c === '{') depth++
      if (c === ']' || c === '}') depth--
      if (depth < 0) throw broken('a bracket closes that was never opened', i + 1)
      if (c === ';' && depth === 0) close()
      else text += c
    }
    if (continued) text += ' '
    else if (depth > 0) text += '\n'
    else close()
  })
  if (depth > 0) throw broken('a bracket that opens here is never closed', begun)
  close()
  return statements
}

/** A line without its comment and without the dots that continue it. Quotes protect a percent sign. */
function codeOf(line: string): { code: string; continued: boolean } {
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!
    if (c === "'") quoted = !quoted
    if (quoted) continue
    if (c === '%' || c === '#') return { code: line.slice(0, i), continued: false }
    if (line.startsWith('...', i)) return { code: line.slice(0, i), continued: true }
  }
  return { code: line, continued: false }
}
