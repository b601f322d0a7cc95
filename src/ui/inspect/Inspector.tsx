import type { ReactNode } from 'react'
import { ASSET_KIND_INFO } from '../../model/asset.ts'
import { DEVICE_KIND_INFO } from '../../model/device.ts'
import { BRANCH_KINDS } from '../../model/grid.ts'
import { placeAddress, placeName } from '../../model/placeName.ts'
import type { Pick } from '../../stores/selection.ts'
import { Panel } from '../shell/Panel.tsx'
import { Sheet } from '../shell/Sheet.tsx'
import { useCompact } from '../shell/useCompact.ts'
import { useSlice, useTwin } from '../twin.ts'
import { AssetCard } from './AssetCard.tsx'
import { BranchCard } from './BranchCard.tsx'
import { BuildingCard } from './BuildingCard.tsx'
import { DeviceCard } from './DeviceCard.tsx'
import { EvidenceCard } from './EvidenceCard.tsx'
import { useLeave } from './useLeave.ts'

/** What a selected thing is called, and what kind of thing it is. */
function useTitle(pick: Pick): { title: string; subtitle: string } {
  const city = useSlice('city', (s) => s.city)
  const device = useSlice('readings', (s) => (pick.kind === 'device' ? s.devices[pick.index] : undefined))
  const asset = useSlice('scenario', (s) => (pick.kind === 'asset' ? s.state.assets.get(pick.id) : undefined))
  const map = useSlice('grid', (s) => s.map)
  switch (pick.kind) {
    case 'device':
      return { title: device?.title ?? 'Device', subtitle: device ? DEVICE_KIND_INFO[device.kind].title : '' }
    case 'asset':
      return { title: asset ? ASSET_KIND_INFO[asset.kind].title : 'Removed', subtitle: 'Planned' }
    case 'building': {
      if (!city) return { title: 'Building', subtitle: '' }
      const tags = city.buildings.tags
      const name = placeName(tags, pick.index)
      const address = placeAddress(tags, pick.index)
      return { title: name || address || 'Building', subtitle: name ? address : 'Building' }
    }
    default: {
      const kind = map && pick.kind === 'branch' ? BRANCH_KINDS[map.branchKind[pick.index]!] : 'bus'
      return {
        title: kind === 'transformer' ? 'Transformer' : kind === 'line' ? 'Cable' : 'Grid',
        subtitle: 'Modelled grid',
      }
    }
  }
}

function Card({ pick }: { readonly pick: Pick }) {
  if (pick.kind === 'building') return <BuildingCard index={pick.index} />
  if (pick.kind === 'device') return <DeviceCard key={pick.index} index={pick.index} />
  if (pick.kind === 'branch') return <BranchCard index={pick.index} />
  if (pick.kind === 'asset') return <AssetCard id={pick.id} />
  return null
}

interface FrameProps {
  readonly title: string
  readonly subtitle: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** The surface a card lies on: a panel at the right, on a phone the sheet. */
function CardFrame({ title, subtitle, onClose, children }: FrameProps) {
  const compact = useCompact()
  const widthPx = useSlice('view', (s) => s.inspectorWidthPx)
  const { stores } = useTwin()
  useLeave(onClose)
  if (compact) {
    return (
      <Sheet title={title} subtitle={subtitle} onClose={onClose}>
        {children}
      </Sheet>
    )
  }
  return (
    <Panel
      title={title}
      subtitle={subtitle}
      side="right"
      widthPx={widthPx}
      onResize={(inspectorWidthPx) => stores.view.getState().setPanel({ inspectorWidthPx })}
      onClose={onClose}
    >
      {children}
    </Panel>
  )
}

function InspectorFor({ pick }: { readonly pick: Pick }) {
  const { stores } = useTwin()
  const { title, subtitle } = useTitle(pick)
  return (
    <CardFrame title={title} subtitle={subtitle} onClose={() => stores.selection.getState().select(null)}>
      <Card pick={pick} />
    </CardFrame>
  )
}

/** The card of whatever is selected, or of the evidence somebody opened; nothing when there is neither. */
export function Inspector() {
  const selected = useSlice('selection', (s) => s.selected)
  const evidence = useSlice('evidence', (s) => s.opened)
  const { stores } = useTwin()
  if (evidence) {
    return (
      <CardFrame title="Evidence" subtitle={evidence.name} onClose={() => stores.evidence.getState().close()}>
        <EvidenceCard evidence={evidence} />
      </CardFrame>
    )
  }
  return selected ? <InspectorFor pick={selected} /> : null
}
