import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { type Fact, tagOfFact } from '../../base/quantity.ts'
import { Button } from '../controls/Button.tsx'
import { formatUnit } from '../format.ts'
import { TagChip } from '../honesty/TagChip.tsx'
import { useSlice } from '../twin.ts'
import { ChangeFact } from './ChangeFact.tsx'
import styles from './networks.module.css'
import type { Spread } from './spread.ts'
import { GRADE_WORDS } from './words.ts'

export interface FactRowProps {
  readonly title: string
  readonly fact: Fact // as the network states it
  readonly status?: string // of the rule set it belongs to
  readonly factKey?: string // absent: it is a rule, which only another rule set changes
  readonly spread?: Spread | null
}

/** One fact: value, unit, who says so, as of when, how well backed; and a better figure where somebody has one. */
export function FactRow({ title, fact, status, factKey, spread = null }: FactRowProps) {
  const changed = useSlice('scenario', (s) => (factKey ? s.state.facts.get(factKey) : undefined))
  const [isOpen, setOpen] = useState(false)
  const band = spread && spread.p10 < spread.p90 ? spread : null
  return (
    <li className={styles.fact} data-changed={changed ? '' : undefined}>
      <div className={styles.factHead}>
        <span className={styles.factTitle}>{title}</span>
        <span className={styles.factValue}>
          {changed ? (
            <>
              <s>{formatUnit(fact.value, fact.unit)}</s> <strong>{formatUnit(changed.value, fact.unit)}</strong>
            </>
          ) : (
            <strong>{formatUnit(fact.value, fact.unit)}</strong>
          )}
          <TagChip tag={changed ? 'assumed' : tagOfFact(fact)} detail={GRADE_WORDS[fact.grade]} />
        </span>
        {factKey && (
          <Button look="icon" aria-label={`Change ${title}`} onPress={() => setOpen(!isOpen)}>
            <Pencil size={15} />
          </Button>
        )}
      </div>
      {band && !changed && (
        <p className={styles.small}>
          P10–P90 {formatUnit(band.p10, fact.unit)} – {formatUnit(band.p90, fact.unit)}
        </p>
      )}
      <p className={styles.source}>
        {fact.source} · {fact.asOf} ·{' '}
        {fact.grade === 'assumption' ? fact.grade : `${fact.grade}: ${GRADE_WORDS[fact.grade]}`}
        {status ? ` · ${status}` : ''}
      </p>
      {changed && <p className={styles.reason}>Changed in this plan: {changed.reason}</p>}
      {isOpen && factKey && (
        <ChangeFact
          factKey={factKey}
          title={title}
          unit={fact.unit}
          stated={fact.value}
          spread={spread}
          changed={changed}
          onDone={() => setOpen(false)}
        />
      )}
    </li>
  )
}
