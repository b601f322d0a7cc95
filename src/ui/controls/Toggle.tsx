import type { ReactNode } from 'react'
import { Switch } from 'react-aria-components/Switch'
import styles from './controls.module.css'

/** An on/off switch with its label. */
export function Toggle({
  on,
  onChange,
  children,
}: {
  readonly on: boolean
  readonly onChange: (on: boolean) => void
  readonly children: ReactNode
}) {
  return (
    <Switch className={styles.toggle!} isSelected={on} onChange={onChange}>
      <span className={styles.knob} aria-hidden="true" />
      <span>{children}</span>
    </Switch>
  )
}
