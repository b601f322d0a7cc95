import { z } from 'zod'
import { TwinError } from '../base/errors.ts'
import { ASSET_KIND_INFO, ASSET_KINDS, type AssetKind } from './asset.ts'
import { sentenceOf } from './schemaSentence.ts'

z.config({ jitless: true })

const FORMAT = 'veracity-economy'
const VERSION = 1
const MAX_CHARS = 200_000

const within = (min: number, max: number) => z.number().min(min).max(max)
const name = z.string().min(1).max(64)
const volatilityPerYear = within(0, 10)

const price = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ou'), volatilityPerYear, reversionPerYear: within(0, 100) }),
  z.strictObject({ kind: z.literal('gbm'), volatilityPerYear, driftPerYear: within(-5, 5) }),
  z.strictObject({
    kind: z.literal('bootstrap'),
    logReturns: z.array(within(-5, 5)).min(2).max(600),
    blockMonths: z.number().int().min(1).max(60),
  }),
])

const file = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  network: name,
  kind: z.enum(ASSET_KINDS),
  era: name.optional(),
  params: z.record(name, z.number()).optional(),
  site: z
    .strictObject({
      peopleReached: within(0, 1e7).optional(),
      coveredKm2: within(0, 1e5).optional(),
      curtailedShare: within(0, 1).optional(),
      pvKwhPerKwp: within(0, 4000).optional(),
      drawnKwhPerDay: within(0, 1e6).optional(),
    })
    .optional(),
  startsOn: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'a date like 2026-12-01')
    .optional(),
  energyPriceUsd: within(0.001, 10).optional(),
  tokenPriceScale: within(0.001, 1000).optional(),
  discountRate: within(-0.5, 5).optional(),
  price: price.optional(),
  correlations: z
    .array(z.strictObject({ a: name, b: name, rho: within(-1, 1) }))
    .max(100)
    .optional(),
  changes: z
    .array(
      z.strictObject({
        driver: name,
        value: z.number(),
        p10: z.number(),
        p90: z.number(),
        reason: z.string().min(3).max(300),
      }),
    )
    .max(50)
    .optional(),
})

/** One node in one network, as the command line reads it. What is not said is taken from its dated facts. */
export type EconomySpec = z.infer<typeof file>

const invalid = (reason: string): TwinError =>
  new TwinError('SPEC_INVALID', `The spec is not valid: ${reason}.`, { reason })

/** Parameters within what their kind allows, and quantiles in their order. */
function checkInside({ kind, params = {}, changes = [], startsOn }: EconomySpec): void {
  const known = ASSET_KIND_INFO[kind].params
  for (const [key, value] of Object.entries(params)) {
    const param = known.find((p) => p.key === key)
    if (!param)
      throw invalid(`params.${key} is no parameter of ${kind}, expected one of ${known.map((p) => p.key).join(', ')}`)
    if (!(value >= param.min && value <= param.max))
      throw invalid(`params.${key} is ${value}, expected ${param.min} to ${param.max}`)
  }
  for (const [i, { p10, value, p90 }] of changes.entries())
    if (!(p10 <= value && value <= p90 && p10 < p90))
      throw invalid(`changes.${i} has ${p10}, ${value} and ${p90}, expected p10 ≤ value ≤ p90 and a width`)
  if (startsOn !== undefined && Number.isNaN(Date.parse(startsOn)))
    throw invalid(`startsOn is ${startsOn}, expected a day that exists`)
}

/**
 * Reads a spec from its text.
 *
 * Throws   SPEC_INVALID with one sentence naming path, what was got and what was expected
 */
export function readEconomySpec(text: string): EconomySpec {
  if (text.length > MAX_CHARS) throw invalid(`it has ${text.length} characters, expected at most ${MAX_CHARS}`)
  let input: unknown
  try {
    input = JSON.parse(text)
  } catch {
    throw invalid('it is no JSON')
  }
  const checked = file.safeParse(input)
  if (!checked.success) throw invalid(sentenceOf(checked.error, input))
  checkInside(checked.data)
  return checked.data
}

/** The spec of a network's own node of a kind with everything as its facts say. */
export const plainSpec = (network: string, kind: AssetKind): EconomySpec => ({
  format: FORMAT,
  version: VERSION,
  network,
  kind,
})
