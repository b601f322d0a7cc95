import type { Finding } from '../base/findings.ts'

/** How much of a file was not as it should be, in words; empty when all was. */
export function leftOut(findings: readonly Finding[]): string {
  const count = findings.reduce((sum, finding) => sum + finding.count, 0)
  if (count === 0) return ''
  return count === 1
    ? '1 feature was repaired or left out'
    : `${count.toLocaleString('en')} features were repaired or left out`
}
