import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { tagOfOrigin } from '../../base/honesty.ts'
import { valueAt } from '../../base/ring.ts'
import { DEVICE_KIND_INFO, DEVICE_KINDS, type DeviceKind, metricById } from '../../model/device.ts'
import { shownMs } from '../../stores/clock.ts'
import { isRejected, seriesOf } from '../../stores/readings.ts'
import { formatUnit } from '../format.ts'
import { ProofRing } from '../honesty/ProofRing.tsx'
import { TagChip } from '../honesty/TagChip.tsx'
import { DEVICE_ICONS } from '../inspect/icons.ts'
import { useSlice, useTwin } from '../twin.ts'
import styles from './explore.module.css'
import { useSlowly } from './useSlowly.ts'

/** Units whose values of one kind may be added up to one figure. */
const SUMMED = new Set(['W', '1/min'])
const LISTED = 40

/** The kind stands above the list already: only the place is told again. */
const shortTitle = (title: string): string => title.split(' · ').slice(1).join(' · ') || title

/** The devices by kind: how many, how many proven, what they say together; opened, one by one. */
export function DeviceGroups() {
  const { stores, actions } = useTwin()
  const devices = useSlice('readings', (s) => s.devices)
  const buffers = useSlowly(stores.readings, (s) => ({ held: s.buffers, revision: s.revision }), 1000).held
  const atMs = useSlice('clock', (s) => (s.offsetMs < 0 ? shownMs(s) : Infinity))
  const [open, setOpen] = useState<DeviceKind | null>(null)

  if (devices.length === 0) {
    return (
      <div className={styles.skeleton} aria-hidden="true">
        {DEVICE_KINDS.map((kind) => (
          <span key={kind} />
        ))}
      </div>
    )
  }
  const rows = devices.map((device, index) => ({ device, index }))
  return (
    <section className={styles.section}>
      <h2>Devices</h2>
      <ul className={styles.groups}>
        {DEVICE_KINDS.map((kind) => {
          const members = rows.filter(({ device }) => device.kind === kind)
          if (members.length === 0) return null
          const info = DEVICE_KIND_INFO[kind]
          const metric = metricById.get(info.metrics[0]!)!
          const Icon = DEVICE_ICONS[kind]
          const now = (index: number) => valueAt(buffers.ring, seriesOf(devices, index, metric.id), atMs)
          const proven = members.filter(({ index }) => buffers.level[index]! >= 3).length
          const values = members.map(({ index }) => now(index)).filter(Number.isFinite)
          const sum = values.reduce((a, b) => a + b, 0)
          const figure = SUMMED.has(metric.unit) ? sum : sum / values.length
          return (
            <li key={kind}>
              <Button
                className={styles.group!}
                aria-expanded={open === kind}
                onPress={() => setOpen(open === kind ? null : kind)}
              >
                <Icon size={18} aria-hidden="true" />
                <span>
                  <strong>{info.title}s</strong>
                  <small>
                    {proven} of {members.length} proven
                  </small>
                </span>
                <span className={styles.figure}>
                  {values.length > 0 ? formatUnit(figure, metric.unit) : '–'}
                  <small>{SUMMED.has(metric.unit) ? 'together' : 'on average'}</small>
                </span>
              </Button>
              {open === kind && (
                <ul className={styles.members}>
                  {members.slice(0, LISTED).map(({ device, index }) => (
                    <li key={device.address}>
                      <Button className={styles.member!} onPress={() => actions.visit({ kind: 'device', index })}>
                        <ProofRing
                          level={Math.min(buffers.level[index]!, 5) as 0 | 1 | 2 | 3 | 4 | 5}
                          rejected={isRejected(buffers.frame[index])}
                          size={18}
                        />
                        <span>{shortTitle(device.title)}</span>
                        <span>{formatUnit(now(index), metric.unit)}</span>
                      </Button>
                    </li>
                  ))}
                  {members.length > LISTED && (
                    <li className={styles.more}>and {members.length - LISTED} more: search by name</li>
                  )}
                </ul>
              )}
            </li>
          )
        })}
      </ul>
      <p className={styles.tagline}>
        Values of {devices[0]?.origin === 'simulated' ? 'simulated devices' : 'devices'}{' '}
        <TagChip tag={tagOfOrigin(devices[0]!.origin)} />
      </p>
    </section>
  )
}
