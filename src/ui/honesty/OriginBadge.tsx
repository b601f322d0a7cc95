import type { Origin } from '../../base/honesty.ts'
import { PROOF_LEVELS, type ProofLevel } from '../../model/trust.ts'
import styles from './honesty.module.css'
import { ProofRing } from './ProofRing.tsx'

export interface BadgeProps {
  readonly origin: Origin
  readonly level: ProofLevel
  readonly onTestChain: boolean
  readonly recordedAt?: string | null
  readonly rejected?: string | null // the verdict's title
}

const ORIGIN_WORDS: Readonly<Record<Origin, string>> = {
  'real-device': 'real device',
  replayed: 'replayed measurement',
  simulated: 'simulated device',
}

/** What was proven, in words that do not borrow from the origin. */
export function proofWords(level: ProofLevel, onTestChain: boolean): string {
  const where = onTestChain ? ' on a local test chain' : ''
  if (level <= 1) return PROOF_LEVELS[level]
  if (level === 2) return 'signature proven'
  if (level === 3) return `signature proven, in an anchored batch${where}`
  if (level === 4) return `signature proven${where}, anchor confirmed`
  return `signature proven${where}, down to the block header`
}

/** Origin and proof as two statements side by side; neither colours the other. */
export function OriginBadge({ origin, level, onTestChain, recordedAt, rejected }: BadgeProps) {
  return (
    <p className={styles.badge}>
      <span className={styles.origin} data-origin={origin}>
        {recordedAt ? `recorded ${recordedAt.slice(0, 10)} · ` : ''}
        {ORIGIN_WORDS[origin]}
      </span>
      <span className={styles.proof} data-rejected={rejected ? '' : undefined}>
        <ProofRing level={level} rejected={Boolean(rejected)} size={18} />
        {rejected ?? proofWords(level, onTestChain)}
      </span>
    </p>
  )
}
