/** How a LoRa packet is sent. */
export interface LoraPacket {
  readonly spreadingFactor: number // 6 … 12
  readonly bandwidthHz: number // 125000, 250000, 500000 …
  readonly payloadBytes: number // PHY payload
  readonly codingRate: number // 1 … 4 for 4/5 … 4/8
  readonly preambleSymbols: number // 8 in LoRaWAN
  readonly explicitHeader: boolean
  readonly crc: boolean
  readonly lowDataRate: boolean | 'auto' // auto: on when a symbol lasts 16 ms or longer
}

/** An uplink as LoRaWAN sends it. */
export const LORAWAN_UPLINK: Omit<LoraPacket, 'spreadingFactor' | 'payloadBytes'> = {
  bandwidthHz: 125_000,
  codingRate: 1,
  preambleSymbols: 8,
  explicitHeader: true,
  crc: true,
  lowDataRate: 'auto',
}

/**
 * Time on air of a LoRa packet in microseconds.
 *
 *   T_sym = 2^SF / BW
 *   n = 8 + max(ceil((8 PL - 4 SF + 28 + 16 CRC - 20 IH) / (4 (SF - 2 DE))) (CR + 4), 0)
 *   T = (preamble + 4.25 + n) T_sym
 *
 * Source   Semtech SX1276 datasheet rev. 7, section 4.1.1.7
 */
export function timeOnAirUs(packet: LoraPacket): number {
  const { spreadingFactor: sf, bandwidthHz, payloadBytes, codingRate, preambleSymbols } = packet
  const symbolUs = ((1 << sf) * 1e6) / bandwidthHz
  const slow = packet.lowDataRate === 'auto' ? symbolUs >= 16_000 : packet.lowDataRate
  const bits = 8 * payloadBytes - 4 * sf + 28 + (packet.crc ? 16 : 0) - (packet.explicitHeader ? 0 : 20)
  const blocks = Math.max(Math.ceil(bits / (4 * (sf - (slow ? 2 : 0)))) * (codingRate + 4), 0)
  return (preambleSymbols + 4.25 + 8 + blocks) * symbolUs
}

/** Time on air of a LoRaWAN FSK packet in microseconds: 5 B preamble, 3 B sync word, 1 B length, payload, 2 B CRC at 50 kb/s. */
export const fskTimeOnAirUs = (payloadBytes: number, bitsPerS = 50_000): number =>
  ((5 + 3 + 1 + payloadBytes + 2) * 8 * 1e6) / bitsPerS

/** Weakest signal an end device (SX1272) decodes at 125 kHz, by spreading factor 7 … 12. Semtech SX1272 datasheet. */
export const DEVICE_SENSITIVITY_DBM = [-124, -127, -130, -133, -135, -137] as const

/** Weakest signal a gateway (SX1301) decodes at 125 kHz, by spreading factor 7 … 12. Semtech SX1301 datasheet. */
export const GATEWAY_SENSITIVITY_DBM = [-130, -132.5, -135, -137.5, -140, -142.5] as const
