import { createRandom } from '../../src/base/random.ts'
import type { HearingModel, LocateInput } from '../../src/engines/locate/input.ts'
import { blurredM2, expectedDbm } from '../../src/engines/locate/likelihood.ts'

export const aHearingModel: HearingModel = {
  offsetDbm: -105,
  exponent: 3,
  sigmaDb: 6,
  blurM: 50,
  knee: 1000,
  steepness: 2,
  stray: 0.02,
}

/** Gateways a kilometre apart; devices heard by the four nearest with the model's own noise, claims moved by `lieM`. */
export function someHearings(seed: number, claims: number, lieM: number, more: Partial<LocateInput> = {}): LocateInput {
  const random = createRandom(seed)
  const gateways = {
    eastM: Float64Array.from({ length: 225 }, (_, g) => 1000 * ((g % 15) - 7)),
    northM: Float64Array.from({ length: 225 }, (_, g) => 1000 * (Math.floor(g / 15) - 7)),
  }
  const claimEastM = new Float64Array(claims)
  const claimNorthM = new Float64Array(claims)
  const gateway: number[] = []
  const signalDbm: number[] = []
  for (let c = 0; c < claims; c++) {
    const [x, y] = [2000 * (random.next() - 0.5), 2000 * (random.next() - 0.5)]
    claimEastM[c] = x + lieM
    claimNorthM[c] = y
    const m2 = (g: number) => blurredM2(gateways, g, x, y, aHearingModel.blurM)
    for (const g of [...gateways.eastM.keys()].sort((a, b) => m2(a) - m2(b)).slice(0, 4)) {
      gateway.push(g)
      signalDbm.push(expectedDbm(aHearingModel, m2(g)) + aHearingModel.sigmaDb * random.normal())
    }
  }
  const hearings = {
    claimEastM,
    claimNorthM,
    start: Int32Array.from({ length: claims + 1 }, (_, c) => 4 * c),
    gateway: Int32Array.from(gateway),
    signalDbm: Float64Array.from(signalDbm),
  }
  return { gateways, hearings, model: aHearingModel, prior: 0.5, toleranceM: 1000, reachM: 6000, cellM: 500, ...more }
}
