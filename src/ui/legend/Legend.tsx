import type { Tag } from '../../base/honesty.ts'
import { RAMP_RANGE, type RampId } from '../../base/ramps.ts'
import { groupShown } from '../../stores/coverage.ts'
import { TagChip } from '../honesty/TagChip.tsx'
import { useSlice } from '../twin.ts'
import styles from './legend.module.css'
import { cssStops } from './ramps.ts'

interface RampProps {
  readonly ramp: RampId
  readonly title: string
  readonly unit: string
  readonly tag: Tag
  readonly source: string
  readonly marks: readonly (readonly [value: number, words: string])[]
}

function Ramp({ ramp, title, unit, tag, source, marks }: RampProps) {
  const [low, high] = RAMP_RANGE[ramp]
  return (
    <div className={styles.ramp}>
      <p>
        {title} <TagChip tag={tag} detail={source} />
        <span>{unit}</span>
      </p>
      <div className={styles.bar} style={{ background: `linear-gradient(90deg, ${cssStops(ramp)})` }} />
      <ul>
        {marks.map(([value, words]) => (
          <li
            key={words}
            data-end={value === high || undefined}
            style={{ left: `${((value - low) / (high - low)) * 100}%` }}
          >
            {words}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What the colours mean: only for what is drawn now. `rightPx` is taken by another panel. */
export function Legend({ rightPx }: { readonly rightPx: number }) {
  const visible = useSlice('layers', (s) => s.visible)
  const grid = useSlice('grid', (s) => (s.run.result ? (s.map?.source ?? null) : null))
  const model = useSlice('coverage', (s) => groupShown(s.run.result, null)?.raster.model ?? null)
  const devices = useSlice('readings', (s) => s.devices.length > 0)
  const rejected = useSlice('readings', (s) => s.rejected.length > 0)
  const showGrid = visible.grid && grid
  const showCoverage = visible.coverage && model
  if (!showGrid && !showCoverage && !(visible.devices && devices)) return null
  return (
    <aside className={styles.legend} style={{ translate: `${-rightPx}px 0` }} aria-label="Legend">
      {showGrid && (
        <>
          <Ramp
            ramp="loading"
            title="Lines"
            unit="of thermal limit"
            tag="modelled"
            source={grid}
            marks={[
              [0, '0'],
              [0.5, '50 %'],
              [1, '100 %'],
            ]}
          />
          <Ramp
            ramp="voltage"
            title="Connections"
            unit="pu"
            tag="modelled"
            source={grid}
            marks={[
              [0.9, '0.90'],
              [1, '1.00'],
              [1.1, '1.10'],
            ]}
          />
        </>
      )}
      {showCoverage && (
        <Ramp
          ramp="signal"
          title="Signal"
          unit="dBm"
          tag="modelled"
          source={model}
          marks={[
            [-130, '−130'],
            [-100, '−100'],
            [-70, '−70'],
          ]}
        />
      )}
      {visible.devices && devices && (
        <ul className={styles.marks}>
          <li>
            <i data-mark="simulated" /> simulated device
          </li>
          <li>
            <i data-mark="ring" /> ring: how far it is proven
          </li>
          {rejected && (
            <li>
              <i data-mark="rejected" /> message rejected
            </li>
          )}
        </ul>
      )}
    </aside>
  )
}
