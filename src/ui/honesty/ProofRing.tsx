import { PROOF_LEVELS, type ProofLevel } from '../../model/trust.ts'
import styles from './honesty.module.css'

const RADIUS = 13
const GAP_DEG = 12

/** Start and end of segment k of five, clockwise from the top. */
function arc(k: number): string {
  const from = ((k * 72 + GAP_DEG / 2 - 90) * Math.PI) / 180
  const to = (((k + 1) * 72 - GAP_DEG / 2 - 90) * Math.PI) / 180
  const at = (a: number) => `${(16 + RADIUS * Math.cos(a)).toFixed(2)} ${(16 + RADIUS * Math.sin(a)).toFixed(2)}`
  return `M${at(from)}A${RADIUS} ${RADIUS} 0 0 1 ${at(to)}`
}

/** Five segments, filled as far as the proof goes. A rejected frame shows one red ring with a cut. */
export function ProofRing({
  level,
  rejected,
  size = 32,
}: {
  readonly level: ProofLevel
  readonly rejected?: boolean
  readonly size?: number
}) {
  const words = rejected ? 'Rejected' : `Proof level ${level} of 5: ${PROOF_LEVELS[level]}`
  return (
    <svg className={styles.ring} width={size} height={size} viewBox="0 0 32 32" role="img" aria-label={words}>
      <title>{words}</title>
      {rejected ? (
        <path className={styles.cut} d={`M16 3A13 13 0 1 1 6 7.700`} />
      ) : (
        [0, 1, 2, 3, 4].map((k) => <path key={k} className={k < level ? styles.filled : styles.empty} d={arc(k)} />)
      )}
    </svg>
  )
}
