import { SETTINGS, settingOf } from '../../model/scenario.ts'
import { SliderRow } from '../controls/SliderRow.tsx'
import { useSlice, useTwin } from '../twin.ts'
import styles from './plan.module.css'

/** Numbers of the whole plan. Each change is one step of undo. */
export function Settings() {
  const state = useSlice('scenario', (s) => s.state)
  const { scenario } = useTwin().stores
  return (
    <details className={styles.settings}>
      <summary>Assumptions</summary>
      {SETTINGS.map((setting) => (
        <SliderRow
          key={setting.id}
          {...setting}
          value={settingOf(state, setting.id)}
          onCommit={(value) => scenario.getState().setSetting(setting.id, value === setting.initial ? null : value)}
        />
      ))}
    </details>
  )
}
