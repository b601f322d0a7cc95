import { X } from 'lucide-react'
import { type PointerEvent, type ReactNode, useRef } from 'react'
import { Button } from '../controls/Button.tsx'
import styles from './shell.module.css'

export interface PanelProps {
  readonly title: string
  readonly subtitle?: ReactNode
  readonly side: 'left' | 'right'
  readonly widthPx: number
  readonly onResize: (widthPx: number) => void
  readonly onClose: () => void
  readonly children: ReactNode
}

const MIN_PX = 280
const MAX_PX = 560

/** A surface at one side of the scene: resizable by its inner edge, closable, scrolling on its own. */
export function Panel({ title, subtitle, side, widthPx, onResize, onClose, children }: PanelProps) {
  const start = useRef<{ x: number; width: number } | null>(null)
  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (!start.current) return
    const grown = (event.clientX - start.current.x) * (side === 'left' ? 1 : -1)
    onResize(Math.min(Math.max(start.current.width + grown, MIN_PX), MAX_PX))
  }
  return (
    <section className={styles.panel} data-side={side} style={{ width: widthPx }} aria-label={title}>
      <header className={styles.panelHead}>
        <div>
          <h1>{title}</h1>
          {subtitle && <p className={styles.subtitle}>{subtitle}</p>}
        </div>
        <Button look="icon" aria-label={`Close ${title}`} onPress={onClose}>
          <X size={18} />
        </Button>
      </header>
      <div className={styles.panelBody}>{children}</div>
      {/* the keyboard needs no handle: content reflows at every width */}
      <div
        className={styles.handle}
        data-side={side}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          start.current = { x: event.clientX, width: widthPx }
        }}
        onPointerMove={move}
        onPointerUp={() => {
          start.current = null
        }}
      />
    </section>
  )
}
