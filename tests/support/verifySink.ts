import { expose } from 'comlink'
import type { Hex } from '../../src/base/hex.ts'
import type { Clock, Fetch } from '../../src/chain/source.ts'
import type { DeviceRow, FrameRow, PipelineStatus, ReadingColumns, Verdict } from '../../src/model/trust.ts'
import { createVerifyApi } from '../../workers/verify.api.ts'
import { createVerifier, type Retraction, type Verifier, type VerifySink } from '../../workers/verify.client.ts'

/** Everything a page would know, kept as a store would keep it: samples by device, metric and time. */
export interface Collected extends VerifySink {
  devices: readonly DeviceRow[]
  readonly frames: Map<Hex, FrameRow>
  readonly samples: Map<string, number> // 'device metric time' -> value
  readonly retractions: Retraction[]
  readonly messages: string[] // kind of each call, in order
  status: PipelineStatus | null
  /** Resolves when the condition holds; checked at every call of the sink. */
  until(what: string, condition: () => boolean, withinMs?: number): Promise<void>
  verdicts(): Partial<Record<Verdict, number>>
  /** Empties what was learnt, as a page does that starts anew. */
  reset(): void
}

export function collect(): Collected {
  const waiting = new Set<() => void>()
  const wake = (message: string): void => {
    self.messages.push(message)
    for (const look of waiting) look()
  }
  const self: Collected = {
    devices: [],
    frames: new Map(),
    samples: new Map(),
    retractions: [],
    messages: [],
    status: null,
    onDevices(rows) {
      self.devices = rows
      wake('devices')
    },
    onReadings({ device, metric, timeMs, value }: ReadingColumns) {
      for (let i = 0; i < device.length; i++) self.samples.set(`${device[i]} ${metric[i]} ${timeMs[i]}`, value[i]!)
      wake('readings')
    },
    onFrames(rows) {
      for (const row of rows) self.frames.set(row.key, row)
      wake('frames')
    },
    onRetract(retraction) {
      self.retractions.push(retraction)
      retraction.device.forEach((device, i) => {
        for (const key of self.samples.keys()) {
          const [d, , t] = key.split(' ').map(Number)
          if (d === device && t! >= retraction.fromTimeMs[i]!) self.samples.delete(key)
        }
      })
      wake('retract')
    },
    onStatus(status) {
      self.status = status
      wake('status')
    },
    until(what, condition, withinMs = 20_000) {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          if (!condition()) return
          clearTimeout(timer)
          waiting.delete(look)
          resolve()
        }
        const timer = setTimeout(() => {
          waiting.delete(look)
          const { status } = self
          reject(
            new Error(
              `Never came: ${what}. Status ${JSON.stringify(status)}, verdicts ${JSON.stringify(self.verdicts())}`,
            ),
          )
        }, withinMs)
        waiting.add(look)
        look()
      })
    },
    verdicts() {
      const counts: Partial<Record<Verdict, number>> = {}
      for (const { verdict } of self.frames.values()) counts[verdict] = (counts[verdict] ?? 0) + 1
      return counts
    },
    reset() {
      self.devices = []
      self.frames.clear()
      self.samples.clear()
      self.retractions.length = 0
      self.status = null
    },
  }
  return self
}

/** The real api behind a real message port: structured clone, transfers and all, but no thread. */
export function connectVerifier(fetchThere?: Fetch, clock?: Clock): Verifier {
  const { port1, port2 } = new MessageChannel()
  expose(createVerifyApi(fetchThere, clock), port1 as never)
  port1.start()
  const verifier = createVerifier(Object.assign(port2, { terminate: () => port1.close() }) as never)
  port2.start()
  return verifier
}
