import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { TwinError } from '../../src/base/errors.ts'
import type { Hex } from '../../src/base/hex.ts'
import { type DeviceKind, metricById } from '../../src/model/device.ts'
import { createProofCrypto } from '../../src/proofs/crypto.ts'
import { encodeBundle } from '../../src/proofs/encodeBundle.ts'
import { type Devnet, startDevnet } from './devnet.ts'
import type { FleetModel } from './fleetModel.ts'
import { fillHistory } from './history.ts'
import { readBundle } from './readBundle.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** What the recorded files may weigh. */
export const MAX_BUNDLE_BYTES = 1_000_000
export const MAX_LESSON_BYTES = 300_000

/** Tried in turn until the recording is light enough. */
const READING_EVERY_MS = [30, 60, 120].map((minutes) => minutes * MINUTE_MS)

export interface RecordOptions {
  readonly fleet: FleetModel
  readonly workDir: string
  readonly outDir: string
  readonly title: string
  readonly onProgress?: (words: string) => void
}

export interface Recorded {
  readonly bundleFile: string
  readonly bundleBytes: number
  readonly lessonFile: string
  readonly lessonBytes: number
  readonly lesson: LessonRoles
}

/** Which device of the lesson does what. */
interface LessonRoles {
  readonly altered: Hex // the gateway changes its messages: BAD_SIGNATURE
  readonly replayed: Hex // the gateway repeats an old message: DUPLICATE
  readonly revoked: Hex // its key is withdrawn, and it keeps signing: REVOKED
  readonly implausible: Hex // honest, with a broken sensor: IMPLAUSIBLE
}

/**
 * Records a day of a fleet, and a small lesson in which four devices go wrong, from embedded chains started for it.
 *
 * Writes   `astana.vbundle` and `lesson.vbundle` in `outDir`
 * Throws   CITY_EMPTY when the fleet is too small for a lesson, STORAGE_FULL when a file cannot be made light enough
 */
export async function record(options: RecordOptions): Promise<Recorded> {
  const { workDir, outDir, title, onProgress = () => {} } = options
  const fleet = withoutDelays(options.fleet)
  mkdirSync(outDir, { recursive: true })
  onProgress(`recording a day of ${fleet.devices.length} devices`)
  const bundle = await recordDay(fleet, workDir, title)
  onProgress('recording the lesson')
  const { bytes: lesson, roles } = await recordLesson(fleet, workDir, `${title}: lesson`)
  const [bundleFile, lessonFile] = [join(outDir, 'astana.vbundle'), join(outDir, 'lesson.vbundle')]
  writeFileSync(bundleFile, bundle)
  writeFileSync(lessonFile, lesson)
  return { bundleFile, bundleBytes: bundle.length, lessonFile, lessonBytes: lesson.length, lesson: roles }
}

/** A recording shows a whole day: nobody in it asks for delay, so that no body of its end is kept back. */
const withoutDelays = (fleet: FleetModel): FleetModel => ({
  ...fleet,
  devices: fleet.devices.map(({ privacy, ...device }) =>
    privacy && privacy.publish !== 'delayed' ? { ...device, privacy } : device,
  ),
})

async function recordDay(fleet: FleetModel, workDir: string, title: string): Promise<Uint8Array> {
  for (const readingEveryMs of READING_EVERY_MS) {
    const history = { hours: 24, readingEveryMs, frameEveryMs: 8 * HOUR_MS, anchorEveryMs: readingEveryMs }
    const bytes = await withDevnet({ fleet, workDir, history }, (net) => encode(net, title))
    if (bytes.length < MAX_BUNDLE_BYTES) return bytes
  }
  throw new TwinError(
    'STORAGE_FULL',
    `A day of ${fleet.devices.length} devices does not fit into ${MAX_BUNDLE_BYTES} bytes.`,
  )
}

async function withDevnet<T>(
  options: Omit<Parameters<typeof startDevnet>[0], 'live'>,
  use: (net: Devnet) => Promise<T>,
): Promise<T> {
  const net = await startDevnet({ ...options, live: false })
  try {
    return await use(net)
  } finally {
    await net.stop()
  }
}

async function encode(net: Devnet, title: string): Promise<Uint8Array> {
  const crypto = await createProofCrypto()
  return encodeBundle(crypto, await readBundle(crypto, net, title))
}

// ── the lesson

const LESSON_DEVICES = 20
const ALTERED = 0
const REPLAYED = 1
const REVOKED = 2
const IMPLAUSIBLE = 3

/** Hours into the lesson's day at which each thing begins to go wrong. */
const BEGINS_H = { altered: 15, replayed: 12, revoked: 10, implausible: 17 }

async function recordLesson(
  fleet: FleetModel,
  workDir: string,
  title: string,
): Promise<{ bytes: Uint8Array; roles: LessonRoles }> {
  const toMs = Math.floor(Date.now() / 1000) * 1000
  const fromMs = toMs - DAY_MS
  const small = lessonFleet(fleet, fromMs + BEGINS_H.implausible * HOUR_MS)
  return withDevnet({ fleet: small, workDir, history: false, pastHours: 24 }, async (net) => {
    const { devices, gateway } = net.stage
    const addressOf = (index: number): Hex => devices[index]!.signer.address
    const isAfter = (atMs: number, hours: number): boolean => atMs >= fromMs + hours * HOUR_MS
    await fillHistory(devices, gateway, {
      ...{ fromMs, toMs, readingEveryMs: HOUR_MS / 2, frameEveryMs: 2 * HOUR_MS, anchorEveryMs: HOUR_MS / 2 },
      async beforeBatch(atMs) {
        if (isAfter(atMs, BEGINS_H.revoked)) await net.stage.revoke(REVOKED, atMs)
        // one mischief at a time: altering has the last word, repeating an hour of its own
        if (isAfter(atMs, BEGINS_H.altered)) gateway.mischiefs.set({ kind: 'flip-byte', device: addressOf(ALTERED) })
        else if (isAfter(atMs, BEGINS_H.replayed))
          gateway.mischiefs.set({ kind: 'replay', device: addressOf(REPLAYED) })
      },
    })
    const bytes = await encode(net, title)
    if (bytes.length >= MAX_LESSON_BYTES) {
      throw new TwinError(
        'STORAGE_FULL',
        `The lesson has ${bytes.length} bytes, expected fewer than ${MAX_LESSON_BYTES}.`,
      )
    }
    const roles: LessonRoles = {
      altered: addressOf(ALTERED),
      replayed: addressOf(REPLAYED),
      revoked: addressOf(REVOKED),
      implausible: addressOf(IMPLAUSIBLE),
    }
    return { bytes, roles }
  })
}

/** The kinds that the four roles prefer: a street sensor whose message is altered, another that lies. */
const ROLE_KINDS: readonly DeviceKind[] = ['air-quality', 'smart-meter', 'lora-gateway', 'air-quality']

/** Devices by how near they stand to the middle of the fleet, so that a lesson fits into one view. */
function fromTheMiddle({ devices }: FleetModel): number[] {
  const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
  const latDeg = median(devices.map((d) => d.latDeg))
  const lonDeg = median(devices.map((d) => d.lonDeg))
  const far = (i: number): number => (devices[i]!.latDeg - latDeg) ** 2 + ((devices[i]!.lonDeg - lonDeg) * 0.6) ** 2
  return [...devices.keys()].sort((a, b) => far(a) - far(b))
}

/** A few devices of the fleet, of all its kinds; the one with a broken sensor reads far too high from a time on. */
function lessonFleet(fleet: FleetModel, brokenFromMs: number): FleetModel {
  const near = fromTheMiddle(fleet)
  const chosen: number[] = []
  const take = (kind?: DeviceKind): void => {
    const next = near.find((i) => !chosen.includes(i) && (kind === undefined || fleet.devices[i]!.kind === kind))
    if (next !== undefined) chosen.push(next)
    else if (kind !== undefined) take()
  }
  for (const kind of ROLE_KINDS) take(kind)
  const kinds = [...new Set(near.map((i) => fleet.devices[i]!.kind))]
  while (chosen.length < Math.min(LESSON_DEVICES, fleet.devices.length)) take(kinds[chosen.length % kinds.length])
  if (chosen.length <= IMPLAUSIBLE) {
    throw new TwinError('CITY_EMPTY', `A lesson needs more than ${IMPLAUSIBLE} devices, got ${chosen.length}.`)
  }
  return {
    devices: chosen.map((index) => fleet.devices[index]!),
    readAt(device, timeMs) {
      const readings = fleet.readAt(chosen[device]!, timeMs)
      if (device !== IMPLAUSIBLE || timeMs < brokenFromMs) return readings
      return readings.map((reading, i) => {
        const metric = metricById.get(reading.metric)
        return i > 0 || !metric ? reading : { ...reading, value: metric.max * 1.5 + 1 }
      })
    },
  }
}
