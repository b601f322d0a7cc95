import { PanelLeftOpen } from 'lucide-react'
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
import { DOOR_INFO } from './doors.ts'
import { NetworkLayer } from './NetworkLayer.tsx'
import { Panel } from './Panel.tsx'
import { Rail } from './Rail.tsx'
import { Sheet } from './Sheet.tsx'
import styles from './shell.module.css'
import { GAP_PX, useIsInspecting } from './sizes.ts'
import { useCompact } from './useCompact.ts'
import { useEarlyLayout } from './useEarlyLayout.ts'

const PANELS = { explore: ExplorePanel, plan: PlanPanel, demo: DemoPanel, learn: LearnPanel } as const

/** All that lies over the scene: rail, one panel for the door, inspector, timeline, legend. On a phone one sheet. */
export default function Interface() {
  useEarlyLayout()
  const compact = useCompact()
  const door = useSlice('view', (s) => s.door)
  const open = useSlice('view', (s) => s.panelOpen)
  const widthPx = useSlice('view', (s) => s.panelWidthPx)
  const inspectorPx = useSlice('view', (s) => s.inspectorWidthPx)
  const city = useSlice('city', (s) => s.city?.meta)
  const selected = useIsInspecting()
  const { setPanel } = useTwin().stores.view.getState()
  const Content = PANELS[door]
  const title = door === 'explore' ? (city?.title ?? 'Veracity') : DOOR_INFO[door].title
  const subtitle = door === 'explore' && city ? snapshotWords(city) : DOOR_INFO[door].hint

  return (
    <>
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
      <NetworkLayer />
    </>
  )
}
