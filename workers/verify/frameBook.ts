import type { Hex } from '../../src/base/hex.ts'
import { type FrameRow, type ProofLevel, SHOWN_VERDICTS, type Verdict } from '../../src/model/trust.ts'
import type { ProofCrypto } from '../../src/proofs/crypto.ts'
import { createDeviceChains } from '../../src/proofs/deviceChains.ts'
import type { FrameRecord } from '../../src/proofs/frameRecord.ts'
import { frameKey, frameRow } from '../../src/proofs/frameRow.ts'
import { isChained, levelOf, verdictOf } from '../../src/proofs/judge.ts'
import type { FeederModel } from '../../src/proofs/plausibility/feederModel.ts'
import type { Surroundings } from '../../src/proofs/plausibility/surroundings.ts'
import { type AwaitedFrames, createAwaitedFrames } from './awaitedFrames.ts'
import type { Outbox } from './outbox.ts'
import type { Retraction } from './sink.ts'

/** A frame and what was told about it. */
interface Told {
  readonly record: FrameRecord
  readonly sinceMs: number
  verdict: Verdict | null
  missing: number
  level: ProofLevel
  chained: boolean // it stands in its device's chain
  shown: boolean // its readings were sent, and not taken back
  rowed: boolean // a row of it was sent
  key: Hex | null // by which the page was told of it
  heir: Told | null // the anchored copy that took its place
}

interface FrameCounts {
  readonly frames: number
  readonly readings: number // of shown frames
  readonly rejected: number
}

/**
 * All frames of a run, and what the page was told about each. Frames come in any order; whenever the standing of one
 * changes, the page is told: a new row, readings added, or readings taken back.
 */
export interface FrameBook {
  readonly counts: FrameCounts
  readonly size: number
  /** Takes freshly checked frames in. Those not settled wait, and count as PENDING. */
  accept(records: readonly FrameRecord[], nowMs: number): void
  /** Takes in frames that came ahead of their anchor: shown as signed, and raised when their batch comes. */
  acceptAwaited(records: readonly FrameRecord[], nowMs: number): void
  /** Takes back what was delivered ahead and should have been anchored long ago. */
  overdue(nowMs: number): void
  /** Settles what waits and can be settled now, judges again what newer messages may contradict; tells of those that wait long. */
  settle(isSettled: (record: FrameRecord) => boolean, nowMs: number): void
  /** Looks at frames again whose batch, device or log changed. */
  review(records: readonly FrameRecord[], reason: Retraction['reason']): void
  /** Takes frames out of their chains because a reorg withdrew their blocks, and tells. */
  withdraw(records: readonly FrameRecord[]): void
  /** Everything that will be read has been read: what is open is a gap. */
  markComplete(): void
  /** Places or the model of the feeders changed: every message is judged again in their light at the next settling. */
  doubtAll(): void
  /** Keeps only the newest frames of each device, and the newest of those that belong to none. */
  forget(keepPerDevice: number): void
  /** Whether a frame is kept. */
  knows(record: FrameRecord): boolean
  find(key: Hex): FrameRecord | null
  /** The newest frames of a device, newest first. */
  framesOf(device: number, limit: number): FrameRow[]
  /** The frames beside which this one was judged, for evidence. */
  around(record: FrameRecord): ReadonlySet<FrameRecord>
  /** The modelled feeder of the frame's device, for evidence. */
  modelFor(record: FrameRecord): FeederModel | null
  /** Frames that share a device and epoch with this one, for evidence. */
  relatives(record: FrameRecord): readonly FrameRecord[]
}

const SAY_PENDING_AFTER_MS = 2_000
const ANCHOR_WITHIN_MS = 120_000 // a gateway that holds an anchor back longer withholds it
const AWAIT_FOR_MS = 900_000 // after this nobody waits any more
const STRAY_KEPT = 2_000 // refused frames that stand in no chain, twice and more of what the page lists

export function createFrameBook(
  crypto: ProofCrypto,
  outbox: Outbox,
  surroundings: Surroundings,
  awaited: AwaitedFrames = createAwaitedFrames(),
): FrameBook {
  const chains = createDeviceChains()
  const told = new Map<FrameRecord, Told>()
  const byDevice = new Map<number, Set<Told>>()
  const byKey = new Map<Hex, FrameRecord>()
  const formerKeys = new Map<Hex, Hex>() // of frames that came ahead of their anchor -> of their anchored copies
  const waiting = new Set<Told>()
  const doubtful = new Set<FrameRecord>() // something around them changed since they were judged
  const newestMs = new Map<number, number>() // per device, of the frames a row was sent for
  const withdrawnKeys = new Set<Hex>() // rows that say REORGED until the frame comes again
  let takeBack = new Map<number, number>() // device -> from time
  const counts = { frames: 0, readings: 0, rejected: 0 }

  /** Refused ahead of its anchor: told of when the anchored copy is judged, or when it never comes. */
  const isEarlyRefusal = ({ record, verdict }: Told): boolean =>
    record.batch.anchorState === 'awaited' && verdict !== null && !SHOWN_VERDICTS.includes(verdict)
  const count = (one: Told, sign: 1 | -1): void => {
    if (one.verdict === null || one.verdict === 'PENDING' || isEarlyRefusal(one)) return
    counts.frames += sign
    if (SHOWN_VERDICTS.includes(one.verdict)) counts.readings += sign * one.record.count
    else counts.rejected += sign
  }
  const setKey = (one: Told, key: Hex): void => {
    byKey.set(key, one.record)
    one.key = key
  }
  const sendRow = (one: Told): void => {
    const row = frameRow(crypto, one.record)
    setKey(one, row.key)
    one.rowed = true
    outbox.frame(row)
  }
  /** Whether this frame is worth a row of its own. */
  const deservesRow = (one: Told): boolean => {
    const { record, verdict, rowed } = one
    if (isEarlyRefusal(one) && !rowed) return false
    if (rowed || (verdict !== 'OK' && verdict !== 'PENDING')) return true
    if (withdrawnKeys.size > 0 && withdrawnKeys.delete(frameKey(crypto, record))) return true
    if (verdict === 'PENDING' || !record.device) return false
    const newest = newestMs.get(record.device.index) ?? -Infinity
    if (record.toMs < newest) return false
    newestMs.set(record.device.index, record.toMs)
    return true
  }

  /** After a withdrawal another frame is the newest of its device. */
  const announceNewest = (device: number): void => {
    let newest: Told | null = null
    for (const one of byDevice.get(device) ?? []) {
      if (one.shown && one.record.toMs > (newest?.record.toMs ?? -Infinity)) newest = one
    }
    newestMs.set(device, newest?.record.toMs ?? -Infinity)
    if (newest) sendRow(newest)
  }

  /** Sends the readings of a frame, if its verdict allows; false when it does not. */
  const show = (one: Told): boolean => {
    if (one.record.batch.anchorState !== 'awaited') return outbox.readings(one.record)
    return outbox.ahead(one.record, () => {
      one.shown = false // its anchored copy brings them
      if (!one.heir) return
      one.heir.shown = false
      look(one.heir)
    })
  }
  const look = (one: Told): void => {
    const verdict = verdictOf(one.record)
    const shown = SHOWN_VERDICTS.includes(verdict)
    const level = levelOf(one.record)
    const climbed = level !== one.level
    one.level = level
    if (verdict !== one.verdict || one.record.missingBefore !== one.missing) {
      count(one, -1)
      one.verdict = verdict
      one.missing = one.record.missingBefore
      count(one, 1)
      if (deservesRow(one)) sendRow(one)
    } else if (climbed && one.rowed) sendRow(one)
    if (shown && !one.shown) one.shown = show(one)
    // what was shown as signed stays while its anchored copy waits for its verdict
    else if (!shown && one.shown && verdict !== 'PENDING') {
      one.shown = false
      const device = one.record.device!.index
      takeBack.set(device, Math.min(takeBack.get(device) ?? Infinity, one.record.fromMs))
    }
  }
  /** Sends one retraction for all that was found wrong, and again what stands after it. */
  const sendRetraction = (reason: Retraction['reason']): void => {
    if (takeBack.size === 0) return
    const from = takeBack
    takeBack = new Map()
    outbox.retract({ device: Uint32Array.from(from.keys()), fromTimeMs: Float64Array.from(from.values()), reason })
    for (const [device, fromMs] of from) {
      for (const one of byDevice.get(device) ?? []) {
        if (one.shown && one.record.toMs >= fromMs) one.shown = show(one)
      }
    }
  }
  const lookAll = (records: Iterable<FrameRecord>, reason: Retraction['reason']): void => {
    for (const record of records) {
      const one = told.get(record)
      if (!one) continue
      look(one)
      for (const other of surroundings.around(record)) doubtful.add(other)
    }
    sendRetraction(reason)
  }
  /** What happened to a batch may take its frames out of their chains, or back in; returns others that this moved. */
  const rechain = (records: readonly FrameRecord[]): FrameRecord[] => {
    // a frame that was forgotten has no place in a chain to lose
    const moved = records.filter((record) => (told.get(record)?.chained ?? isChained(record)) !== isChained(record))
    const changed = chains.remove(moved)
    for (const record of moved) {
      told.get(record)!.chained = isChained(record)
      changed.push(...chains.insert(record))
    }
    return changed
  }
  const judgeDoubtful = (): void => {
    for (const record of doubtful) {
      const one = told.get(record)
      if (!one) continue
      record.contradicted = surroundings.judge(record)
      look(one)
    }
    doubtful.clear()
  }
  /** Takes a frame out of the book. It is not found by its key any more, unless it is to be explained still. */
  const drop = (record: FrameRecord, isStillExplained = false): void => {
    const one = told.get(record)
    if (!one) return
    told.delete(record)
    waiting.delete(one)
    surroundings.remove(record)
    if (record.device) byDevice.get(record.device.index)?.delete(one)
    if (one.key && !isStillExplained && byKey.get(one.key) === record) byKey.delete(one.key)
  }
  const note = (record: FrameRecord, sinceMs: number, shown: boolean): Told => {
    const one: Told = {
      record,
      sinceMs,
      verdict: null,
      missing: 0,
      level: 0,
      chained: isChained(record),
      shown,
      rowed: false,
      key: null,
      heir: null,
    }
    told.set(record, one)
    if (record.device) {
      const list = byDevice.get(record.device.index) ?? new Set()
      byDevice.set(record.device.index, list.add(one))
    }
    return one
  }
  /** The anchored copy of a frame takes the place of the one that came ahead, with what was shown of it. */
  const noteAnchored = (record: FrameRecord, nowMs: number): Told => {
    const early = awaited.settle(record)
    const one = early && told.get(early)
    const heir = note(record, nowMs, one?.shown ?? false)
    if (!one) return heir
    one.heir = heir
    count(one, -1)
    // the row of a refused frame must not stand beside that of its copy
    if (one.rowed && one.verdict !== 'OK') outbox.frame({ ...frameRow(crypto, early), device: -1, verdict: 'OK' })
    if (one.key) {
      // a page that has not heard yet still asks by the former one
      setKey(heir, frameKey(crypto, record))
      formerKeys.set(one.key, heir.key!)
    }
    drop(early)
    return heir
  }

  return {
    counts,
    get size() {
      return told.size
    },
    accept(records, nowMs) {
      const changed: FrameRecord[] = []
      for (const record of records) {
        const one = noteAnchored(record, nowMs)
        changed.push(...chains.insert(record))
        surroundings.put(record)
        if (!record.settled) waiting.add(one)
        if (record.standing !== 'duplicate' && record.signature === 'valid') {
          for (const rival of awaited.rivalsOf(record)) {
            rival.standing = 'duplicate'
            changed.push(rival)
          }
        }
      }
      for (const record of records) {
        record.contradicted = surroundings.judge(record)
        look(told.get(record)!)
        for (const other of surroundings.around(record)) doubtful.add(other)
      }
      lookAll(changed, 'contradicted')
    },
    acceptAwaited(records, nowMs) {
      for (const record of records) {
        if (!awaited.add(record)) continue
        if (chains.isTaken(record) || awaited.rivalsOf(record).length > 0) record.standing = 'duplicate'
        record.settled = true
        look(note(record, nowMs, false))
      }
    },
    overdue(nowMs) {
      const late: FrameRecord[] = []
      for (const record of awaited.all()) {
        const one = told.get(record)
        const waitedMs = nowMs - (one?.sinceMs ?? -Infinity)
        if (waitedMs < ANCHOR_WITHIN_MS) continue
        if (!one || waitedMs >= AWAIT_FOR_MS) {
          awaited.remove(record)
          drop(record)
          continue
        }
        if (isEarlyRefusal(one)) one.verdict = null // now it is told of
        late.push(record)
      }
      for (const { batch } of late) batch.anchorState = 'absent'
      lookAll(late, 'contradicted')
    },
    settle(isSettled, nowMs) {
      judgeDoubtful()
      for (const one of waiting) {
        if (isSettled(one.record)) {
          one.record.settled = true
          waiting.delete(one)
          look(one)
        } else if (!one.rowed && nowMs - one.sinceMs > SAY_PENDING_AFTER_MS) sendRow(one)
      }
      sendRetraction('contradicted')
    },
    review(records, reason) {
      const known = records.filter((record) => told.has(record))
      lookAll([...known, ...rechain(known)], reason)
    },
    withdraw(records) {
      const changed = chains.remove(records)
      lookAll([...records, ...changed], 'reorg')
      for (const record of records) {
        const one = told.get(record)
        if (!one) continue
        count(one, -1) // it will be counted again where it is anchored again
        if (one.rowed) withdrawnKeys.add(frameKey(crypto, record))
        drop(record, true)
      }
      for (const device of new Set(records.map((record) => record.device?.index ?? -1))) announceNewest(device)
    },
    doubtAll() {
      for (const record of surroundings.all()) doubtful.add(record)
    },
    around: (record) => surroundings.around(record),
    modelFor: ({ device }) => device && surroundings.modelFor(device.address),
    markComplete: () => lookAll(chains.markComplete(), 'contradicted'),
    forget(keepPerDevice) {
      const gone = new Set(chains.forget(keepPerDevice))
      // what never got into a chain has no device to be counted by; whoever sends rubbish must not fill the memory with it
      const stray = [...told.values()].filter(
        ({ record, chained }) => !chained && record.settled && record.batch.anchorState !== 'awaited',
      )
      for (const { record } of stray.slice(0, Math.max(0, stray.length - STRAY_KEPT))) gone.add(record)
      for (const record of gone) drop(record)
      for (const [former, key] of formerKeys) if (!byKey.has(key)) formerKeys.delete(former)
    },
    knows: (record) => told.has(record),
    find: (key) => byKey.get(formerKeys.get(key) ?? key) ?? null,
    framesOf(device, limit) {
      return [...(byDevice.get(device) ?? [])]
        .sort((a, b) => b.record.toMs - a.record.toMs)
        .slice(0, limit)
        .map((one) => {
          const row = frameRow(crypto, one.record)
          setKey(one, row.key)
          return row
        })
    },
    relatives(record) {
      if (!record.device) return []
      return [...(byDevice.get(record.device.index) ?? [])]
        .map((one) => one.record)
        .filter((other) => other.fault === null && other.epoch === record.epoch)
    },
  }
}
