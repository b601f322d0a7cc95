import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import { DOORS, type Door } from '../../stores/view.ts'
import { useSlice, useTwin } from '../twin.ts'
import { DOOR_INFO } from './doors.ts'
import { Mark } from './Mark.tsx'
import styles from './shell.module.css'

/** The way between the four doors. On a phone it lies at the bottom. */
export function Rail() {
  const door = useSlice('view', (s) => s.door)
  const { stores, actions } = useTwin()

  const enter = (next: Door) => {
    actions.leaveTours()
    stores.view.getState().enter(next)
    if (next === 'demo') actions.startDemo()
    if (next === 'learn') actions.startLesson()
  }

  return (
    <nav className={styles.rail} aria-label="Doors">
      <a className={styles.brand} href="./" aria-label="Veracity, start again">
        <Mark />
        <span>Veracity</span>
      </a>
      <ToggleButtonGroup
        className={styles.doors!}
        aria-label="Mode"
        orientation="vertical"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[door]}
        onSelectionChange={(keys) => enter([...keys][0] as Door)}
      >
        {DOORS.map((id) => {
          const { title, icon: Icon, hint } = DOOR_INFO[id]
          return (
            <ToggleButton key={id} id={id} className={styles.door!} aria-description={hint}>
              <Icon size={20} aria-hidden="true" />
              <span>{title}</span>
            </ToggleButton>
          )
        })}
      </ToggleButtonGroup>
    </nav>
  )
}
