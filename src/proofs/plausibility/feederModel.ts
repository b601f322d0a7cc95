import { z } from 'zod'
import type { Hex } from '../../base/hex.ts'

z.config({ jitless: true }) // zod would probe eval, which the page's policy forbids

/**
 * What a simulation says of the feeders that devices hang on: an input, modelled, never a proof. Nothing here knows
 * which engine made it.
 */
export interface FeederModel {
  readonly title: string // 'the grid simulation of Astana'
  readonly utcOffsetH: number // of the city, because the steps are hours of a local day
  readonly stepS: number
  readonly feeders: readonly ModelledFeeder[]
}

export interface ModelledFeeder {
  readonly devices: readonly Hex[] // addresses
  readonly ratedVa: number
  readonly loadW: readonly number[] // [steps] of a day from local midnight
}

/** A model as it stands in evidence. */
export const feederModelSchema = z.object({
  title: z.string().min(1).max(200),
  utcOffsetH: z.number().min(-12).max(14),
  stepS: z.number().int().positive(),
  feeders: z
    .array(
      z.object({
        devices: z.array(z.templateLiteral(['0x', z.string().regex(/^[0-9a-f]{40}$/)])),
        ratedVa: z.number().nonnegative(),
        loadW: z.array(z.number()).min(1).max(1440),
      }),
    )
    .max(1000),
})

const DAY_S = 86_400

/** The modelled load at a time, in W. */
export function modelledW({ utcOffsetH, stepS }: FeederModel, { loadW }: ModelledFeeder, timeMs: number): number {
  const localS = Math.floor(timeMs / 1000) + utcOffsetH * 3600
  const ofDayS = ((localS % DAY_S) + DAY_S) % DAY_S
  return loadW[Math.min(Math.floor(ofDayS / stepS), loadW.length - 1)]!
}
