import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react'
import { Button } from '../controls/Button.tsx'
import { useSlice, useTwin } from '../twin.ts'
import styles from './shell.module.css'

const ICONS = { info: Info, warning: TriangleAlert, error: CircleAlert } as const

/** Short lines for the person: what happened, what still works, one thing to do. Read out when they appear. */
export function Notices() {
  const notices = useSlice('view', (s) => s.notices)
  const { view } = useTwin().stores
  return (
    <div className={styles.notices} role="status" aria-live="polite">
      {notices.map(({ id, tone, text, action }) => {
        const Icon = ICONS[tone]
        return (
          <div key={id} className={styles.notice} data-tone={tone}>
            <Icon size={18} aria-hidden="true" />
            <p>{text}</p>
            {action && (
              <Button
                onPress={() => {
                  action.run()
                  view.getState().dismiss(id)
                }}
              >
                {action.label}
              </Button>
            )}
            <Button look="icon" aria-label="Dismiss" onPress={() => view.getState().dismiss(id)}>
              <X size={16} />
            </Button>
          </div>
        )
      })}
    </div>
  )
}
