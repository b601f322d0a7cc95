import { TwinError } from '../../base/errors.ts'

/** Gateways that may hear. Index is identity. */
export interface Gateways {
  readonly eastM: Float64Array // [g], local metres
  readonly northM: Float64Array // [g]
}

/** What was heard of devices that say where they are: one claim each, with the gateways that heard it. */
export interface Hearings {
  readonly claimEastM: Float64Array // [c], local metres, as claimed
  readonly claimNorthM: Float64Array // [c]
  readonly start: Int32Array // [c + 1], first hearing of each claim
  readonly gateway: Int32Array // [h]
  readonly signalDbm: Float64Array // [h], estimated signal power, noise taken off
}

/** How signals fade here, and who hears. Fitted by `fitHearing`, or given. */
export interface HearingModel {
  readonly offsetDbm: number // expected signal at 1 km
  readonly exponent: number // dB for a decade of distance, divided by 10
  readonly sigmaDb: number // spread about it
  readonly blurM: number // how far places are rounded, rms: added to every distance in squares
  readonly knee: number // metres beyond which hearing becomes rare
  readonly steepness: number // how fast: odds fall with distance to the power −2 × steepness
  readonly stray: number // share of hearings by gateways that are not where they say
}

/** What a verdict on claims rests on. */
export interface LocateInput {
  readonly gateways: Gateways
  readonly hearings: Hearings
  readonly model: HearingModel
  readonly prior: number // probability that a claim is false before anything is heard
  readonly toleranceM: number // a claim is true within this distance
  readonly reachM: number // how far from its claim a device may be
  readonly cellM: number // lattice of places that are weighed
}

const refuse = (what: string, got: number, expected: string): never => {
  throw new TwinError('LOCATE_INVALID', `${what} is ${got}, expected ${expected}.`, { got })
}

/** Throws LOCATE_INVALID for shapes that disagree, gateways that are not there and signals that are no numbers. */
export function checkHearings({ eastM, northM }: Gateways, hearings: Hearings): void {
  const { claimEastM, claimNorthM, start, gateway, signalDbm } = hearings
  const claims = claimEastM.length
  if (northM.length !== eastM.length) refuse('The number of gateway northings', northM.length, `${eastM.length}`)
  if (claimNorthM.length !== claims) refuse('The number of claimed northings', claimNorthM.length, `${claims}`)
  if (start.length !== claims + 1) refuse('The length of start', start.length, `${claims + 1}`)
  if (signalDbm.length !== gateway.length) refuse('The number of signals', signalDbm.length, `${gateway.length}`)
  if (start[0] !== 0 || start[claims] !== gateway.length)
    refuse('The end of the last claim', start[claims]!, `${gateway.length}`)
  for (let c = 0; c < claims; c++) {
    if (start[c + 1]! <= start[c]!) refuse(`The number of gateways that heard claim ${c}`, 0, 'at least one')
    if (!Number.isFinite(claimEastM[c]! + claimNorthM[c]!)) refuse(`The place of claim ${c}`, NaN, 'finite metres')
  }
  for (let g = 0; g < eastM.length; g++)
    if (!Number.isFinite(eastM[g]! + northM[g]!)) refuse(`The place of gateway ${g}`, NaN, 'finite metres')
  for (let h = 0; h < gateway.length; h++) {
    const g = gateway[h]!
    if (!(g >= 0 && g < eastM.length)) refuse(`The gateway of hearing ${h}`, g, `0 to ${eastM.length - 1}`)
    if (!(signalDbm[h]! > -200 && signalDbm[h]! < 30)) refuse(`Signal ${h}`, signalDbm[h]!, '−200 to 30 dBm')
  }
}

/** Throws LOCATE_INVALID for what no claim can be judged by. */
export function checkLocate({ gateways, hearings, model, prior, toleranceM, reachM, cellM }: LocateInput): void {
  checkHearings(gateways, hearings)
  if (!(prior > 0 && prior < 1)) refuse('The prior', prior, 'a probability between 0 and 1')
  if (!(cellM >= 1)) refuse('The lattice', cellM, 'cells of at least 1 m')
  if (!(toleranceM > 0 && toleranceM < reachM)) refuse('The tolerance', toleranceM, `0 to the reach of ${reachM} m`)
  if (!(reachM / cellM <= 500)) refuse('The reach', reachM, `at most 500 cells of ${cellM} m`)
  if (!(model.sigmaDb > 0)) refuse('The spread of signals', model.sigmaDb, 'more than 0 dB')
  if (!(model.blurM > 0 && model.knee > 0)) refuse('The blur', model.blurM, 'more than 0 m, as the knee')
  if (!(model.stray > 0 && model.stray < 1)) refuse('The share of strays', model.stray, 'between 0 and 1')
}
