import type { Hex } from '../../src/base/hex.ts'
import type { ProofCrypto } from '../../src/proofs/crypto.ts'
import type { Curve } from '../../src/proofs/curve.ts'
import { type DeviceDocument, documentHash } from '../../src/proofs/deviceDocument.ts'
import { encodeSignedPart } from '../../src/proofs/encodeFrame.ts'
import { type FrameDomain, type FrameReading, MAX_READINGS, POWERS_OF_TEN, SIMULATED } from '../../src/proofs/frame.ts'
import type { FleetModel, FleetReading } from './fleetModel.ts'
import type { DeviceSigner } from './signer.ts'

/** One simulated device at work: it measures by its model, numbers its readings, and signs. */
export interface SigningDevice {
  readonly index: number
  readonly signer: DeviceSigner
  readonly document: DeviceDocument
  readonly documentHash: Hex
  /** When it will next take readings. */
  nextMs: number
  /** How far apart its readings are when it signs means only; null when it keeps the pace it is told. */
  readonly everyMs: number | null
  /** Signs the readings of these times (at least one) as its next frame. */
  frame(timesMs: readonly number[]): Uint8Array
}

const integerOf = ({ value, scale }: FleetReading): number =>
  Math.round(scale < 0 ? value * POWERS_OF_TEN[-scale]! : value / POWERS_OF_TEN[scale]!)

const MEAN_OF = 12

/** Means over the span that ends at a time: nothing finer leaves the device. Counters keep their last value. */
function meanBefore(fleet: FleetModel, index: number, timeMs: number, spanMs: number): readonly FleetReading[] {
  const samples = Array.from({ length: MEAN_OF }, (_, i) => fleet.readAt(index, timeMs - (i * spanMs) / MEAN_OF))
  return samples[0]!.map((last) => {
    if (COUNTERS.has(last.metric)) return last
    const values = samples.flatMap((sample) => sample.filter(({ metric }) => metric === last.metric))
    return { ...last, value: values.reduce((sum, { value }) => sum + value, 0) / values.length }
  })
}
const COUNTERS: ReadonlySet<number> = new Set([3]) // energy imported

/** The devices of a fleet, each with a fresh key. Every reading they sign says that it is simulated. */
export function createFleet(
  crypto: ProofCrypto,
  fleet: FleetModel,
  domain: FrameDomain,
  newSigner: (curve: Curve) => DeviceSigner,
): SigningDevice[] {
  return fleet.devices.map((device, index) => {
    const signer = newSigner(device.curve)
    const document: DeviceDocument = {
      format: 'veracity-device',
      version: 1,
      address: signer.address,
      kind: device.kind,
      title: device.title,
      latDeg: device.latDeg,
      lonDeg: device.lonDeg,
      heightM: device.heightM,
      buildingOsmId: device.buildingOsmId,
      ...(device.privacy ? { privacy: device.privacy } : {}),
    }
    const everyMs = device.privacy?.publish === 'aggregated' ? device.privacy.everyS * 1000 : null
    let seqFirst = 0
    let prev: Uint8Array = new Uint8Array(32)
    return {
      index,
      signer,
      document,
      documentHash: documentHash(crypto, document),
      nextMs: 0,
      everyMs,
      frame(timesMs) {
        const t0Ms = timesMs[0]!
        const readings: FrameReading[] = timesMs.flatMap((timeMs) =>
          [...(everyMs === null ? fleet.readAt(index, timeMs) : meanBefore(fleet, index, timeMs, everyMs))]
            .sort((a, b) => a.metric - b.metric)
            .map((r) => ({
              dtMs: timeMs - t0Ms,
              metric: r.metric,
              scale: r.scale,
              flags: SIMULATED,
              value: integerOf(r),
            })),
        )
        const frame = { curve: signer.curve, domain, device: signer.addressBytes, epoch: 0, seqFirst, prev, t0Ms }
        const signedPart = encodeSignedPart({ ...frame, readings: readings.slice(0, MAX_READINGS) })
        seqFirst += Math.min(readings.length, MAX_READINGS)
        prev = crypto.keccak256(signedPart)
        return signer.sign(signedPart)
      },
    }
  })
}
