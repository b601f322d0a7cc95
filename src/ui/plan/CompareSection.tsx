import { Fragment, useRef } from 'react'
import { ASSET_KIND_INFO } from '../../model/asset.ts'
import { compareKpis } from '../../model/plan.ts'
import { diffStates, SETTINGS, stateOf } from '../../model/scenario.ts'
import { Button } from '../controls/Button.tsx'
import { formatDelta, formatKpi } from '../format.ts'
import { useSlice, useTwin } from '../twin.ts'
import styles from './plan.module.css'

/** Two plans side by side: what differs in them, and what that does to each figure. */
export function CompareSection() {
  const other = useSlice('compare', (s) => s.other)
  const shown = useSlice('compare', (s) => s.shown)
  const mine = useSlice('plan', (s) => s.run.result)
  const title = useSlice('scenario', (s) => s.scenario.title)
  const state = useSlice('scenario', (s) => s.state)
  const { stores, actions } = useTwin()
  const file = useRef<HTMLInputElement>(null)

  if (!other) {
    return (
      <section className={styles.section}>
        <h2>Compare</h2>
        <div className={styles.row}>
          <Button onPress={() => void actions.compareWith('baseline')}>With the city as it is</Button>
          <Button look="plain" onPress={() => file.current?.click()}>
            With a saved plan …
          </Button>
          <input
            ref={file}
            type="file"
            hidden
            aria-label="Plan to compare with"
            onChange={(event) => {
              const [chosen] = event.target.files ?? []
              event.target.value = ''
              if (chosen) void actions.compareWith(chosen)
            }}
          />
        </div>
      </section>
    )
  }
  const rows = compareKpis(other.report?.kpis ?? [], mine?.kpis ?? [])
  const edits = diffStates(stateOf(other.scenario), state)
  return (
    <section className={styles.section}>
      <h2>Compared</h2>
      <fieldset className={styles.ab}>
        <legend className="visually-hidden">Which plan the scene shows</legend>
        {(['a', 'b'] as const).map((side) => (
          <label key={side} data-on={shown === side || undefined}>
            <input
              type="radio"
              name="ab"
              checked={shown === side}
              onChange={() => stores.compare.getState().show(side)}
            />
            {side.toUpperCase()} · {side === 'a' ? other.title : title}
          </label>
        ))}
      </fieldset>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">A</th>
            <th scope="col">B</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const unit = (row.a ?? row.b)?.unit ?? ''
            return (
              <Fragment key={row.id}>
                <tr>
                  <th scope="rowgroup" colSpan={3}>
                    {row.title}
                  </th>
                </tr>
                <tr>
                  <td>{row.a ? formatKpi(row.id, row.a) : '–'}</td>
                  <td>{row.b ? formatKpi(row.id, row.b) : '–'}</td>
                  <td data-verdict={row.verdict}>{formatDelta(row.delta, unit)}</td>
                </tr>
              </Fragment>
            )
          })}
        </tbody>
      </table>
      <ul className={styles.diff}>
        {edits.map((edit) => (
          <li key={`${edit.kind}/${edit.id}`}>
            {edit.kind === 'asset'
              ? `${edit.before ? (edit.after ? 'Changed' : 'Removed') : 'Added'}: ${ASSET_KIND_INFO[(edit.after ?? edit.before)!.kind].title}`
              : edit.kind === 'fact'
                ? `${edit.id}: ${edit.before?.value ?? 'as stated'} → ${edit.after ? `${edit.after.value}, ${edit.after.reason}` : 'as stated'}`
                : `${SETTINGS.find((s) => s.id === edit.id)?.title}: ${edit.before ?? 'initial'} → ${edit.after ?? 'initial'}`}
          </li>
        ))}
        {edits.length === 0 && <li>The two plans are the same.</li>}
      </ul>
      <Button look="plain" onPress={() => stores.compare.getState().setOther(null)}>
        End comparison
      </Button>
    </section>
  )
}
