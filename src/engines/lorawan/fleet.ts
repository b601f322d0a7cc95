import { TwinError } from '../../base/errors.ts'
import { pow } from '../../base/math/pow.ts'
import { settleAdr } from './adr.ts'
import { LORAWAN_UPLINK, timeOnAirUs } from './airtime.ts'
import { ADR, type LorawanAir, type LorawanInput } from './input.ts'
import { gatewaySensitivityDbm } from './sensitivity.ts'

/** What MAC header and integrity code take of the PHY payload: 1 and 4 bytes around the MAC payload. */
const MAC_OVERHEAD_BYTES = 5

/** Devices as the simulation sends with them. */
export interface Fleet {
  readonly factor: Int8Array // [n] spreading factor - 7
  readonly dataRate: Int8Array // [n] settled
  readonly eirpDbm: Float32Array // [n] settled
  readonly airS: Float64Array // [n] time on air
  readonly linkMw: Float32Array // [links] received power; negative when it is below the gateway's sensitivity
}

/**
 * Settles data rate and power of every device, and what its gateways receive of it.
 *
 * Throws   NETWORK_INVALID when a payload does not fit its data rate, or stays longer on air than the region allows
 */
export function settleFleet(input: LorawanInput, { region }: LorawanAir): Fleet {
  const { count, payloadBytes, dataRate: wanted, linkStart, linkLossDb } = input.devices
  const fleet: Fleet = {
    factor: new Int8Array(count),
    dataRate: new Int8Array(count),
    eirpDbm: new Float32Array(count),
    airS: new Float64Array(count),
    linkMw: new Float32Array(linkLossDb.length),
  }
  for (let i = 0; i < count; i++) {
    let rate: number = wanted[i]
    let eirp = input.eirpDbm
    if (rate === ADR) {
      let least = Infinity
      for (let k = linkStart[i]; k < linkStart[i + 1]; k++) least = Math.min(least, linkLossDb[k])
      const settled = settleAdr(region, input.eirpDbm - least)
      rate = settled.dataRate
      eirp += region.powerOffsetsDb[settled.powerIndex]
    }
    const { spreadingFactor, bandwidthHz, maxMacPayloadBytes } = region.dataRates[rate]
    const most = maxMacPayloadBytes === 0 ? 0 : maxMacPayloadBytes + MAC_OVERHEAD_BYTES
    const airS = timeOnAirUs({ ...LORAWAN_UPLINK, spreadingFactor, bandwidthHz, payloadBytes: payloadBytes[i] }) / 1e6
    if (payloadBytes[i] > most || airS > region.dwellS) {
      throw new TwinError(
        'NETWORK_INVALID',
        `Device ${i}: ${payloadBytes[i]} bytes at DR${rate} take ${airS} s, expected at most ${most} bytes and ${region.dwellS} s in ${region.id}.`,
        { device: i },
      )
    }
    fleet.factor[i] = spreadingFactor - 7
    fleet.dataRate[i] = rate
    fleet.eirpDbm[i] = eirp
    fleet.airS[i] = airS
    const weakest = gatewaySensitivityDbm(spreadingFactor, bandwidthHz)
    for (let k = linkStart[i]; k < linkStart[i + 1]; k++) {
      const dbm = eirp - linkLossDb[k]
      const mw = pow(10, dbm / 10)
      fleet.linkMw[k] = dbm >= weakest ? mw : -mw
    }
  }
  return fleet
}
