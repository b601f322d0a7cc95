import { type FormEvent, useState } from 'react'
import { type FactChange, REASON_CHARS } from '../../model/factChange.ts'
import { Button } from '../controls/Button.tsx'
import { formatUnit } from '../format.ts'
import { useTwin } from '../twin.ts'
import styles from './networks.module.css'
import { type Spread, spreadAround } from './spread.ts'

export interface ChangeFactProps {
  readonly factKey: string
  readonly title: string
  readonly unit: string
  readonly stated: number // what the network says
  readonly spread: Spread | null // null: it is certain
  readonly changed: FactChange | undefined
  readonly onDone: () => void
}

/** Why a text is no figure, or the figure. */
const readFigure = (text: string): number | string => {
  const value = Number(text.trim().replace(',', '.'))
  return text.trim() !== '' && Number.isFinite(value) ? value : `Got "${text}", expected a number.`
}

/** What a figure must be to be drawn at all. */
const refusal = (value: number, spread: Spread | null): string | null => {
  if (spread?.shape === 'share' && !(value >= 0 && value <= 1)) return `Got ${value}, expected a share from 0 to 1.`
  if ((!spread || spread.shape === 'log') && !(value > 0 || (!spread && value === 0)))
    return `Got ${value}, expected more than 0.`
  return null
}

/** Puts a better figure in the place of one of the network's, with the reason. One change is one step of undo. */
export function ChangeFact({ factKey, title, unit, stated, spread, changed, onDone }: ChangeFactProps) {
  const { scenario } = useTwin().stores
  const [text, setText] = useState(String(changed?.value ?? Number(stated.toPrecision(6))))
  const [reason, setReason] = useState(changed?.reason ?? '')
  const [told, setTold] = useState<string | null>(null)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const value = readFigure(text)
    if (typeof value === 'string') return setTold(value)
    const refused = refusal(value, spread)
    if (refused) return setTold(refused)
    const why = reason.trim()
    if (why.length < REASON_CHARS.least)
      return setTold('Say why: the reason stands beside the figure wherever it goes.')
    const { p10, p90 } = spread ? spreadAround(spread, value) : { p10: value, p90: value }
    scenario.getState().setFact(factKey, { value, p10, p90, reason: why })
    onDone()
  }
  return (
    <form className={styles.change} onSubmit={submit} aria-label={`Change ${title}`}>
      <label>
        New value{unit ? `, ${unit}` : ''}
        <input value={text} inputMode="decimal" onChange={(event) => setText(event.target.value)} />
      </label>
      <label>
        Reason
        <input
          value={reason}
          maxLength={REASON_CHARS.most}
          placeholder="a quote, a measurement, a contract"
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <div className={styles.changeRow}>
        <Button type="submit" look="primary">
          Change in this plan
        </Button>
        {changed && (
          <Button
            onPress={() => {
              scenario.getState().setFact(factKey, null)
              onDone()
            }}
          >
            Back to {formatUnit(stated, unit)}
          </Button>
        )}
        <Button look="plain" onPress={onDone}>
          Cancel
        </Button>
      </div>
      {told && <p role="alert">{told}</p>}
      {spread && spread.p10 < spread.p90 && (
        <p className={styles.small}>Its spread is kept: as wide about the new value as about the old one.</p>
      )}
    </form>
  )
}
