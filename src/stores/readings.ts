import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Hex } from '../base/hex.ts'
import { copyRing, createSeriesRing, dropFrom, pushSample, type SeriesRing, timeAt } from '../base/ring.ts'
import { DEVICE_KIND_INFO } from '../model/device.ts'
import type { DeviceRow, FrameRow, PipelineStatus, ReadingColumns } from '../model/trust.ts'
import { SHOWN_VERDICTS } from '../model/trust.ts'
import type { Verified } from '../proofs/verified.ts'

/** Metrics a device keeps at most; the headline is series 0 of its row. */
const METRICS_PER_DEVICE = 3
const SAMPLES_PER_SERIES = 1440
const MAX_SAMPLES = 8_000_000 // 128 MB; fleets of more than about 1,800 devices keep shorter series
const REJECTED_KEPT = 500

/** Fast data of one verified feed. Written in place; `revision` tells the scene that something changed. */
export interface ReadingBuffers {
  readonly ring: SeriesRing // [devices × METRICS_PER_DEVICE]
  readonly level: Uint8Array // [devices] proof level of the newest shown frame
  readonly rejectedAtMs: Float64Array // [devices] wall time of the newest rejected frame, 0 when none
  readonly pulseAtMs: Float64Array // [devices] wall time of the newest reading
  readonly frame: (FrameRow | undefined)[] // [devices] newest frame of each, whatever its verdict
}

export interface ReadingsState {
  readonly devices: readonly DeviceRow[]
  readonly buffers: ReadingBuffers
  readonly revision: number // every change of the buffers
  readonly rejected: readonly FrameRow[] // newest first
  readonly withheld: readonly FrameRow[] // batches that the owners of their devices keep back, newest first
  readonly status: PipelineStatus | null
  readonly firstLightMs: number | null // when the first verified reading came
  setDevices(devices: readonly DeviceRow[]): void
  addReadings(columns: Verified<ReadingColumns>, wallMs: number): void
  addFrames(frames: readonly FrameRow[], wallMs: number): void
  retract(device: number, fromMs: number): void
  setStatus(status: PipelineStatus): void
  clear(): void
}

const createBuffers = (devices: number): ReadingBuffers => ({
  ring: createSeriesRing(
    devices * METRICS_PER_DEVICE,
    Math.min(SAMPLES_PER_SERIES, Math.floor(MAX_SAMPLES / Math.max(1, devices * METRICS_PER_DEVICE))),
  ),
  level: new Uint8Array(devices),
  rejectedAtMs: new Float64Array(devices),
  pulseAtMs: new Float64Array(devices),
  frame: new Array(devices).fill(undefined),
})

const slotsOfKind = new Map<string, ReadonlyMap<number, number>>(
  Object.values(DEVICE_KIND_INFO).map(({ kind, metrics }) => [
    kind,
    new Map(metrics.slice(0, METRICS_PER_DEVICE).map((metric, slot) => [metric, slot])),
  ]),
)

/** The series of a device's metric in the ring, -1 when it is not kept. */
export function seriesOf(devices: readonly DeviceRow[], device: number, metric: number): number {
  const kind = devices[device]?.kind
  const slot = kind === undefined ? undefined : slotsOfKind.get(kind)?.get(metric)
  return slot === undefined ? -1 : device * METRICS_PER_DEVICE + slot
}

/** Time of the newest reading of a device, of any metric. */
const newestReading = (ring: SeriesRing, device: number): number => {
  let newest = -Infinity
  for (let slot = 0; slot < METRICS_PER_DEVICE; slot++) {
    const timeMs = timeAt(ring, device * METRICS_PER_DEVICE + slot, Infinity)
    if (timeMs > newest) newest = timeMs
  }
  return newest
}

/** The frame anchored last speaks for its device; in the same block a rejection is heard before an approval. */
function supersedes(frame: FrameRow, held: FrameRow): boolean {
  if (frame.key === held.key || frame.blockNumber !== held.blockNumber) return frame.blockNumber >= held.blockNumber
  return !SHOWN_VERDICTS.includes(frame.verdict) || frame.toMs >= held.toMs
}

/** Readings of one feed. Only verified columns get in; a rejected frame leaves its verdict and nothing else. */
export function createReadingsStore(): StoreApi<ReadingsState> {
  return createStore<ReadingsState>()((set, get) => ({
    devices: [],
    buffers: createBuffers(0),
    revision: 0,
    rejected: [],
    withheld: [],
    status: null,
    firstLightMs: null,

    setDevices(devices) {
      const old = get()
      const known = new Map<Hex, number>(old.devices.map(({ address }, i) => [address, i]))
      const moved = devices.some(({ address }, i) => known.has(address) && known.get(address) !== i)
      const buffers = createBuffers(devices.length)
      if (!moved) {
        // the table only grew or changed in place: what is known of each row stays
        copyRing(old.buffers.ring, buffers.ring)
        for (let i = 0; i < Math.min(devices.length, old.devices.length); i++) {
          buffers.level[i] = old.buffers.level[i]!
          buffers.rejectedAtMs[i] = old.buffers.rejectedAtMs[i]!
          buffers.pulseAtMs[i] = old.buffers.pulseAtMs[i]!
          buffers.frame[i] = old.buffers.frame[i]
        }
      }
      set({ devices, buffers, revision: old.revision + 1 })
    },

    addReadings(columns, wallMs) {
      const { devices, buffers, revision, firstLightMs } = get()
      const { device, metric, timeMs, value, level } = columns
      for (let i = 0; i < device.length; i++) {
        const row = device[i]!
        const series = seriesOf(devices, row, metric[i]!)
        if (series < 0) continue
        const newest = timeAt(buffers.ring, series, Infinity)
        pushSample(buffers.ring, series, timeMs[i]!, value[i]!)
        if (timeMs[i]! < newest) continue
        buffers.level[row] = level[i]!
        if (timeMs[i] !== newest) buffers.pulseAtMs[row] = wallMs
      }
      set({ revision: revision + 1, firstLightMs: firstLightMs ?? (device.length > 0 ? wallMs : null) })
    },

    addFrames(frames, wallMs) {
      const { buffers, revision, rejected, withheld } = get()
      const judged = new Set(frames.map(({ key }) => key))
      const bad: FrameRow[] = []
      for (const frame of frames) {
        if (frame.verdict === 'PENDING') continue
        const shown = SHOWN_VERDICTS.includes(frame.verdict)
        if (!shown && frame.withheldUntilMs === undefined) bad.push(frame)
        if (frame.device < 0) continue
        const held = buffers.frame[frame.device]
        if (!held || supersedes(frame, held)) buffers.frame[frame.device] = frame
        if (!shown) buffers.rejectedAtMs[frame.device] = wallMs
        // its readings came before its row; a proof that climbs later comes as a row alone
        else if (frame.toMs >= newestReading(buffers.ring, frame.device)) buffers.level[frame.device] = frame.level
      }
      // a verdict may change: what was judged again leaves its old row
      const kept = rejected.some(({ key }) => judged.has(key))
        ? rejected.filter(({ key }) => !judged.has(key))
        : rejected
      const next = bad.length > 0 ? [...bad.reverse(), ...kept].slice(0, REJECTED_KEPT) : kept
      const keptBack = frames.filter(({ withheldUntilMs }) => withheldUntilMs !== undefined).reverse()
      const older = withheld.filter(({ key }) => !judged.has(key))
      const changed = keptBack.length > 0 || older.length < withheld.length
      set({
        revision: revision + 1,
        rejected: next,
        withheld: changed ? [...keptBack, ...older].slice(0, REJECTED_KEPT) : withheld,
      })
    },

    retract(device, fromMs) {
      const { buffers, revision } = get()
      for (let slot = 0; slot < METRICS_PER_DEVICE; slot++)
        dropFrom(buffers.ring, device * METRICS_PER_DEVICE + slot, fromMs)
      buffers.level[device] = Math.min(buffers.level[device]!, 2)
      set({ revision: revision + 1 })
    },

    setStatus: (status) => set({ status }),
    clear: () =>
      set({
        devices: [],
        buffers: createBuffers(0),
        revision: get().revision + 1,
        rejected: [],
        withheld: [],
        status: null,
        firstLightMs: null,
      }),
  }))
}

/** Whether a device's newest message may not be shown. */
export const isRejected = (frame: FrameRow | undefined): boolean =>
  frame !== undefined && frame.verdict !== 'PENDING' && !SHOWN_VERDICTS.includes(frame.verdict)
