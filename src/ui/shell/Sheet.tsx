import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { type PointerEvent, type ReactNode, useRef } from 'react'
import { Button } from '../controls/Button.tsx'
import { useSlice, useTwin } from '../twin.ts'
import styles from './shell.module.css'

const ORDER = ['peek', 'half', 'full'] as const

export interface SheetProps {
  readonly title: string
  readonly subtitle?: ReactNode
  readonly onClose?: () => void
  readonly children: ReactNode
}

/** The one bottom sheet of a phone, at three heights: dragged, or stepped by its button. */
export function Sheet({ title, subtitle, onClose, children }: SheetProps) {
  const sheet = useSlice('view', (s) => s.sheet)
  const { view } = useTwin().stores
  const startY = useRef<number | null>(null)
  const at = ORDER.indexOf(sheet)
  const step = (by: number) => view.getState().setPanel({ sheet: ORDER[Math.min(Math.max(at + by, 0), 2)] ?? 'half' })

  const release = (event: PointerEvent<HTMLElement>) => {
    if (startY.current === null) return
    const moved = event.clientY - startY.current
    startY.current = null
    if (Math.abs(moved) > 24) step(moved < 0 ? 1 : -1)
  }
  return (
    <section className={styles.sheet} data-height={sheet} aria-label={title}>
      <header
        className={styles.sheetHead}
        onPointerDown={(event) => {
          startY.current = event.clientY
        }}
        onPointerUp={release}
      >
        <span className={styles.grip} aria-hidden="true" />
        <div>
          <h1>{title}</h1>
          {subtitle && <p className={styles.subtitle}>{subtitle}</p>}
        </div>
        <Button
          look="icon"
          aria-label={sheet === 'full' ? 'Lower the sheet' : 'Raise the sheet'}
          onPress={() => step(sheet === 'full' ? -2 : 1)}
        >
          {sheet === 'full' ? <ChevronDown size={20} /> : <ChevronUp size={20} />}
        </Button>
        {onClose && (
          <Button look="icon" aria-label={`Close ${title}`} onPress={onClose}>
            <X size={18} />
          </Button>
        )}
      </header>
      <div className={styles.panelBody}>{children}</div>
    </section>
  )
}
