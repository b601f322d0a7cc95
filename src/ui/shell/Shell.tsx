import { lazy, type ReactNode, useEffect } from 'react'
import { useSlice, useTwin } from '../twin.ts'
import { Attribution } from './Attribution.tsx'
import { CityStatus } from './CityStatus.tsx'
import { Fetched } from './Fetched.tsx'
import { Notices } from './Notices.tsx'
import styles from './shell.module.css'
import { GAP_PX, RAIL_PX, SHEET_PX, TIMELINE_PX, useIsInspecting } from './sizes.ts'
import { useCompact } from './useCompact.ts'

const Interface = lazy(() => import('./Interface.tsx'))

export interface ShellProps {
  /** The scene. */
  readonly children: ReactNode
  /** Whether there is more than the scene by now: its program is a file of its own, fetched when the city had its turn. */
  readonly isOpen: boolean
}

/** The page around the scene, and where in it the free middle of the picture is. */
export function Shell({ children, isOpen }: ShellProps) {
  const compact = useCompact()
  const open = useSlice('view', (s) => s.panelOpen)
  const widthPx = useSlice('view', (s) => s.panelWidthPx)
  const inspectorPx = useSlice('view', (s) => s.inspectorWidthPx)
  const sheet = useSlice('view', (s) => s.sheet)
  const selected = useIsInspecting()
  const { setInsets } = useTwin().stores.view.getState()
  useEffect(() => {
    const left = compact ? 0 : RAIL_PX + (open ? widthPx + GAP_PX : 0)
    const right = !compact && selected ? inspectorPx + GAP_PX : 0
    const bottom = compact ? SHEET_PX[sheet] : TIMELINE_PX
    setInsets({ left, right, bottom })
  }, [compact, open, widthPx, selected, inspectorPx, sheet, setInsets])

  return (
    <div className={styles.app} data-sheet={compact ? sheet : undefined}>
      {children}
      {isOpen && (
        <Fetched what="The panels">
          <Interface />
        </Fetched>
      )}
      <CityStatus />
      <Notices />
      <Attribution />
    </div>
  )
}
