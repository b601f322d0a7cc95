import { fromHex, type Hex } from '../../base/hex.ts'
import { decodeFrame, decodeReadings } from '../decodeFrame.ts'
import type { DeviceEntry, Directory } from '../directory.ts'
import { createFrameView, MAX_READINGS } from '../frame.ts'
import type { FrameRecord } from '../frameRecord.ts'
import { isChained } from '../judge.ts'
import { type FeederModel, type ModelledFeeder, modelledW } from './feederModel.ts'
import { plausibilityRules } from './index.ts'
import { createNearby } from './nearby.ts'
import type { Around } from './rule.ts'

/**
 * All messages of a run, as far as they say something about each other. What a message is worth in the light of the
 * others is a function of the SET of messages and the model, never of the order they came in.
 */
export interface Surroundings {
  readonly model: FeederModel | null
  /** Takes a message in; a second time does nothing. */
  put(record: FrameRecord): void
  remove(record: FrameRecord): void
  /** Why others contradict the message; null when they do not, or say nothing. */
  judge(record: FrameRecord): string | null
  /** The messages beside which this one is judged, and which are judged beside it. */
  around(record: FrameRecord): ReadonlySet<FrameRecord>
  /** The modelled feeder of a device alone, for evidence; null when there is none. */
  modelFor(device: Hex): FeederModel | null
  setModel(model: FeederModel | null): void
  /** Every message that some rule looks at. */
  all(): Iterable<FrameRecord>
}

interface Sample {
  readonly record: FrameRecord
  readonly timeMs: number
  readonly value: number
}
/** Values of one metric in one half hour, by device. */
type Cell = Map<number, Sample[]>

const CELL_MS = 30 * 60_000

const rules = plausibilityRules.filter((rule) => rule.looksAt === 'surroundings')
const reachOf = new Map(rules.flatMap(({ metrics, reachM }) => metrics.map((metric) => [metric, reachM(metric)])))
const POWER_METRICS = [...reachOf].flatMap(([metric, reachM]) => (reachM === 0 ? metric : []))

/** Only messages that stand on their own say something about others: a forged one must not shout down its street. */
export const speaksOfOthers = (record: FrameRecord): boolean =>
  isChained(record) && record.standing !== 'duplicate' && record.implausible === null

export function createSurroundings(directory: Directory): Surroundings {
  const cells = new Map<number, Cell>()
  const records = new Map<FrameRecord, number[]>() // the keys of its cells
  const nearby = createNearby(directory)
  const view = createFrameView()
  const slots = {
    metric: new Uint16Array(MAX_READINGS),
    timeMs: new Float64Array(MAX_READINGS),
    value: new Float64Array(MAX_READINGS),
  }
  let model: FeederModel | null = null
  let feederOf = new Map<Hex, ModelledFeeder>()
  const membersOf = new Map<ModelledFeeder, { readonly known: number; readonly members: readonly DeviceEntry[] }>()

  const keyOf = (metric: number, timeMs: number): number => metric * 2 ** 32 + Math.floor(timeMs / CELL_MS)
  const metricOf = (key: number): number => Math.floor(key / 2 ** 32)
  /** Reads the message into `slots`; the number of readings, 0 when there is nothing to look at. */
  const read = (record: FrameRecord): number => {
    if (!record.device || record.fault !== null || decodeFrame(record.bytes, view) !== null) return 0
    decodeReadings(view, slots, 0)
    return view.count
  }
  /** The newest value of a device in a cell that may speak. */
  const newestOf = (cell: Cell | undefined, device: number): Sample | null => {
    let newest: Sample | null = null
    for (const sample of cell?.get(device) ?? []) {
      if (speaksOfOthers(sample.record) && sample.timeMs > (newest?.timeMs ?? -Infinity)) newest = sample
    }
    return newest
  }
  const devicesOnFeeder = (device: DeviceEntry): number[] => {
    const feeder = feederOf.get(device.address)
    if (!feeder) return []
    let found = membersOf.get(feeder)
    if (found?.known !== directory.size) {
      const members = feeder.devices.flatMap((address) => directory.find(fromHex(address)!) ?? [])
      found = { known: directory.size, members }
      membersOf.set(feeder, found)
    }
    return found.members.flatMap((entry) => (entry === device ? [] : entry.index))
  }
  const neighbourValues = (device: DeviceEntry, key: number): readonly number[] => {
    const cell = cells.get(key)
    if (!cell || cell.size < 2) return []
    return nearby.within(device, reachOf.get(metricOf(key))!).flatMap((other) => newestOf(cell, other)?.value ?? [])
  }
  const feederPowers = (device: DeviceEntry, timeMs: number): readonly number[] =>
    POWER_METRICS.flatMap((metric) => {
      const cell = cells.get(keyOf(metric, timeMs))
      return devicesOnFeeder(device).map((other) => Math.abs(newestOf(cell, other)?.value ?? NaN))
    }).filter((powerW) => powerW >= 0)

  /** What is heard around a device while one of its messages is judged; of each half hour it is gathered once. */
  const aroundOf = (device: DeviceEntry): Around => {
    const heard = new Map<number, readonly number[]>()
    const once = (key: number, gather: () => readonly number[]): readonly number[] => {
      const values = heard.get(key) ?? gather()
      heard.set(key, values)
      return values
    }
    return {
      neighbours(metric, timeMs) {
        const key = keyOf(metric, timeMs)
        return once(key, () => neighbourValues(device, key))
      },
      feeder(timeMs) {
        const feeder = feederOf.get(device.address)
        if (!model || !feeder) return null
        const others = once(keyOf(0, timeMs), () => feederPowers(device, timeMs)) // no metric has the number 0
        return { model: model.title, modelledW: modelledW(model, feeder, timeMs), ratedVa: feeder.ratedVa, others }
      },
    }
  }

  return {
    get model() {
      return model
    },
    put(record) {
      if (records.has(record)) return
      const count = read(record)
      const keys: number[] = []
      for (let i = 0; i < count; i++) {
        const metric = slots.metric[i]!
        if (!reachOf.has(metric)) continue
        const key = keyOf(metric, slots.timeMs[i]!)
        let cell = cells.get(key)
        if (!cell) {
          cell = new Map()
          cells.set(key, cell)
        }
        const sample: Sample = { record, timeMs: slots.timeMs[i]!, value: slots.value[i]! }
        const own = cell.get(record.device!.index)
        // of one message only its newest value in the half hour is heard by others
        if (own?.at(-1)?.record === record) own[own.length - 1] = sample
        else if (own) own.push(sample)
        else cell.set(record.device!.index, [sample])
        if (!keys.includes(key)) keys.push(key)
      }
      if (keys.length > 0) records.set(record, keys)
    },
    remove(record) {
      for (const key of records.get(record) ?? []) {
        const cell = cells.get(key)!
        const left = (cell.get(record.device!.index) ?? []).filter((sample) => sample.record !== record)
        if (left.length > 0) cell.set(record.device!.index, left)
        else cell.delete(record.device!.index)
        if (cell.size === 0) cells.delete(key)
      }
      records.delete(record)
    },
    judge(record) {
      if (!records.has(record) || !speaksOfOthers(record)) return null
      const count = read(record)
      const around = aroundOf(record.device!)
      for (const rule of rules) {
        for (let i = 0; i < count; i++) {
          if (!rule.metrics.includes(slots.metric[i]!)) continue
          const sentence = rule.judge(slots.metric[i]!, slots.timeMs[i]!, slots.value[i]!, around)
          if (sentence !== null) return sentence
        }
      }
      return null
    },
    around(record) {
      const found = new Set<FrameRecord>()
      const { device } = record
      if (!device) return found
      for (const key of records.get(record) ?? []) {
        const cell = cells.get(key)!
        const reachM = reachOf.get(metricOf(key))!
        for (const other of reachM === 0 ? devicesOnFeeder(device) : nearby.within(device, reachM)) {
          for (const sample of cell.get(other) ?? []) found.add(sample.record)
        }
      }
      return found
    },
    modelFor(device) {
      const feeder = feederOf.get(device)
      return model && feeder ? { ...model, feeders: [feeder] } : null
    },
    setModel(next) {
      model = next
      membersOf.clear()
      feederOf = new Map(next?.feeders.flatMap((feeder) => feeder.devices.map((device) => [device, feeder] as const)))
    },
    all: () => records.keys(),
  }
}
