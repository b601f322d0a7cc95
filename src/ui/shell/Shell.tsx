import { PanelLeftOpen } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { snapshotWords } from '../../model/city.ts'
import { Button } from '../controls/Button.tsx'
import { DemoPanel } from '../demo/DemoPanel.tsx'
import { ExplorePanel } from '../explore/ExplorePanel.tsx'
import { Inspector } from '../inspect/Inspector.tsx'
import { LearnPanel } from '../learn/LearnPanel.tsx'
import { Legend } from '../legend/Legend.tsx'
import { PlanPanel } from '../plan/PlanPanel.tsx'
import { Timeline } from '../timeline/Timeline.tsx'
import { useSlice, useTwin } from '../twin.ts'
import { Attribution } from './Attribution.tsx'
import { CityStatus } from './CityStatus.tsx'
import { DOOR_INFO } from './doors.ts'
import { Notices } from './Notices.tsx'
import { Panel } from './Panel.tsx'
import { Rail } from './Rail.tsx'
import { Sheet } from './Sheet.tsx'
import styles from './shell.module.css'
import { useCompact } from './useCompact.ts'

/** Sizes of shell.module.css, for where the middle of the free picture is. A full sheet leaves no picture to centre in. */
const RAIL_PX = 72
const GAP_PX = 12
const TIMELINE_PX = 88
const SHEET_PX = { peek: 232, half: 512, full: 512 } as const

const PANELS = { explore: ExplorePanel, plan: PlanPanel, demo: DemoPanel, learn: LearnPanel } as const

/** The page around the scene: rail, one panel for the door, inspector, timeline, legend. On a phone one sheet. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const compact = useCompact()
  const door = useSlice('view', (s) => s.door)
  const open = useSlice('view', (s) => s.panelOpen)
  const widthPx = useSlice('view', (s) => s.panelWidthPx)
  const isSelected = useSlice('selection', (s) => s.selected !== null)
  const hasEvidence = useSlice('evidence', (s) => s.opened !== null)
  const selected = isSelected || hasEvidence
  const city = useSlice('city', (s) => s.city?.meta)
  const { stores } = useTwin()
  const Content = PANELS[door]
  const title = door === 'explore' ? (city?.title ?? 'Veracity') : DOOR_INFO[door].title
  const subtitle = door === 'explore' && city ? snapshotWords(city) : DOOR_INFO[door].hint
  const { setPanel, setInsets } = stores.view.getState()
  const inspectorPx = useSlice('view', (s) => s.inspectorWidthPx)
  const sheet = useSlice('view', (s) => s.sheet)
  useEffect(() => {
    const left = compact ? 0 : RAIL_PX + (open ? widthPx + GAP_PX : 0)
    const right = !compact && selected ? inspectorPx + GAP_PX : 0
    const bottom = compact ? SHEET_PX[sheet] : TIMELINE_PX
    setInsets({ left, right, bottom })
  }, [compact, open, widthPx, selected, inspectorPx, sheet, setInsets])

  return (
    <div className={styles.app} data-sheet={compact ? sheet : undefined}>
      {children}
      <Rail />
      {compact && !selected && (
        <Sheet title={title} subtitle={subtitle}>
          <Content />
        </Sheet>
      )}
      {!compact && open && (
        <Panel
          title={title}
          subtitle={subtitle}
          side="left"
          widthPx={widthPx}
          onResize={(panelWidthPx) => setPanel({ panelWidthPx })}
          onClose={() => setPanel({ panelOpen: false })}
        >
          <Content />
        </Panel>
      )}
      {!compact && !open && (
        <div className={styles.reopen}>
          <Button onPress={() => setPanel({ panelOpen: true })}>
            <PanelLeftOpen size={18} aria-hidden="true" /> {DOOR_INFO[door].title}
          </Button>
        </div>
      )}
      <Inspector />
      <Legend rightPx={!compact && selected ? inspectorPx + GAP_PX : 0} />
      <Timeline />
      <CityStatus />
      <Notices />
      <Attribution />
    </div>
  )
}
