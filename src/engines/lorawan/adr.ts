import type { Region } from './regions.ts'
import { noiseDbm, snrFloorDb } from './sensitivity.ts'

/** What the network has a device send with. */
export interface AdrSetting {
  readonly dataRate: number
  readonly powerIndex: number
}

/** Headroom the network keeps for fading, in dB. The Things Stack, pkg/networkserver/mac/adr.go: DefaultADRMargin. */
export const ADR_MARGIN_DB = 15
/** One data rate is worth this much, in dB; drStep there. */
const STEP_DB = 2.5
/** Noise figure of a gateway in dB, as in the usual link budget (Semtech AN1200.22). */
const NOISE_FIGURE_DB = 6

/**
 * Where adaptive data rate settles for a device whose best gateway hears it at `rssiDbm` with full power.
 * The network only raises the data rate, from the slowest; what margin is left lowers the power.
 *
 * Returns  data rate and power index; the slowest at full power when there is no margin
 * Source   The Things Stack, pkg/networkserver/mac/adr.go (AdaptDataRate), after 20 uplinks and more
 */
export function settleAdr(region: Region, rssiDbm: number, marginDb = ADR_MARGIN_DB): AdrSetting {
  const { dataRates, maxAdrDataRate, powerOffsetsDb } = region
  const slowest = dataRates.findIndex(({ maxMacPayloadBytes }) => maxMacPayloadBytes > 0)
  const { spreadingFactor, bandwidthHz } = dataRates[slowest]
  let margin = rssiDbm - noiseDbm(bandwidthHz, NOISE_FIGURE_DB) - snrFloorDb(spreadingFactor) - marginDb
  if (!(margin > 0)) return { dataRate: slowest, powerIndex: 0 }
  const raised = Math.min(Math.trunc(margin / STEP_DB), maxAdrDataRate - slowest)
  margin -= raised * STEP_DB
  let powerIndex = powerOffsetsDb.length - 1
  while (powerIndex > 0 && -powerOffsetsDb[powerIndex] > margin) powerIndex--
  return { dataRate: slowest + raised, powerIndex }
}
