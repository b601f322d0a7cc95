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
  /** Signs the readings of these times (at least one) as its next frame. */
  frame(timesMs: readonly number[]): Uint8Array
}

const integerOf = ({ value, scale }: FleetReading): number =>
  Math.round(scale < 0 ? value * POWERS_OF_TEN[-scale]! : value / POWERS_OF_TEN[scale]!)

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
    }
    let seqFirst = 0
    let prev: Uint8Array = new Uint8Array(32)
    return {
      index,
      signer,
      document,
      documentHash: documentHash(crypto, document),
      nextMs: 0,
      frame(timesMs) {
        const t0Ms = timesMs[0]!
        const readings: FrameReading[] = timesMs.flatMap((timeMs) =>
          [...fleet.readAt(index, timeMs)]
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
