import { z } from 'zod'
import { canonicalJson } from '../base/canonicalJson.ts'
import { TwinError } from '../base/errors.ts'
import { ASSET_KIND_INFO, ASSET_KINDS, type Asset, type AssetKind } from './asset.ts'
import { REASON_CHARS } from './factChange.ts'
import type { Provenance } from './provenance.ts'
import { type Edit, type Scenario, SETTINGS } from './scenario.ts'
import { sentenceOf } from './schemaSentence.ts'

// the page forbids eval, and zod would probe for it
z.config({ jitless: true })

const SCENARIO_FORMAT = 'veracity-scenario'
/** Version 2 has changed facts. A plan without any is written as version 1, for older programs. */
const SCENARIO_VERSION = 2
const WITHOUT_FACTS = 1
export const MAX_EDITS = 10_000
/** Characters of a scenario file, at most: ten thousand edits take about six million. */
const MAX_FILE_CHARS = 12_000_000

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'letters, digits, dot, dash or underscore, at most 64')
const hash = z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits')
const words = (most: number) => z.string().max(most)
const within = (min: number, max: number) => z.number().min(min).max(max)

/** Parameters that a kind has, each in its range; a parameter it does not have is refused by name. */
const paramsOf = (kind: AssetKind) =>
  z.strictObject(Object.fromEntries(ASSET_KIND_INFO[kind].params.map((p) => [p.key, within(p.min, p.max).optional()])))

const assetOf = (kind: AssetKind) =>
  z.strictObject({
    id,
    kind: z.literal(kind),
    latDeg: within(-90, 90),
    lonDeg: within(-180, 180),
    network: z.enum(ASSET_KIND_INFO[kind].networks as [string, ...string[]]),
    params: paramsOf(kind),
  })
const asset = z.discriminatedUnion('kind', ASSET_KINDS.map(assetOf) as [ReturnType<typeof assetOf>])

const settingOf = (setting: (typeof SETTINGS)[number]) => {
  const value = within(setting.min, setting.max).nullable()
  return z.strictObject({ kind: z.literal('setting'), id: z.literal(setting.id), before: value, after: value })
}
const FIGURE = 1e15
const factChange = z
  .strictObject({
    value: within(-FIGURE, FIGURE),
    p10: within(-FIGURE, FIGURE),
    p90: within(-FIGURE, FIGURE),
    reason: words(REASON_CHARS.most).min(REASON_CHARS.least, `a reason of at least ${REASON_CHARS.least} characters`),
  })
  .refine(({ value, p10, p90 }) => p10 <= value && value <= p90, 'p10, value and p90 in rising order')
const edit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('asset'), id, before: asset.nullable(), after: asset.nullable() }),
  z.strictObject({ kind: z.literal('fact'), id, before: factChange.nullable(), after: factChange.nullable() }),
  z.discriminatedUnion('id', SETTINGS.map(settingOf) as [ReturnType<typeof settingOf>]),
])

const view = z.strictObject({
  latDeg: within(-90, 90),
  lonDeg: within(-180, 180),
  distanceM: within(0, 1e7),
  bearingRad: within(-10, 10),
  tiltRad: within(-10, 10),
  timeOfDayH: within(0, 24),
  layers: z.array(words(64)).max(64),
})

const provenance = z.strictObject({
  engine: words(100),
  version: words(100),
  gitHash: words(64),
  scenarioHash: hash,
  dataHashes: z.record(words(64), words(128)),
  seed: z.number(),
  createdAt: words(40),
})

const file = z.strictObject({
  format: z.literal(SCENARIO_FORMAT),
  version: z.literal([WITHOUT_FACTS, SCENARIO_VERSION]),
  base: z.strictObject({ city: id, sha256: hash }),
  title: words(200),
  edits: z.array(edit).max(MAX_EDITS),
  view: view.optional(),
  provenance,
})

const invalid = (reason: string): TwinError =>
  new TwinError('SCENARIO_INVALID', `The scenario is not valid: ${reason}.`, { reason })

/** Each edit must start from what the ones before it left, or undo would bring back what never was. */
function checkChain(edits: readonly Edit[]): void {
  const held = new Map<string, string>()
  for (const [i, { kind, id: of, before, after }] of edits.entries()) {
    const key = `${kind} ${of}`
    const was = held.get(key) ?? 'null'
    if (canonicalJson(before) !== was) throw invalid(`edits.${i}.before does not match what the edits before it left`)
    for (const value of [before, after]) {
      if (kind === 'asset' && value && (value as Asset).id !== of)
        throw invalid(`edits.${i} names another asset inside`)
    }
    held.set(key, canonicalJson(after))
  }
}

/**
 * Checks a parsed scenario document.
 *
 * Throws   SCENARIO_INVALID with one sentence naming path, what was got and what was expected
 */
export function checkScenario(input: unknown): { scenario: Scenario; provenance: Provenance } {
  const version =
    typeof input === 'object' && input !== null && Object.hasOwn(input, 'version')
      ? (input as { version: unknown }).version
      : undefined
  if (typeof version === 'number' && version > SCENARIO_VERSION) {
    throw invalid(
      `it has version ${version}, and this program reads up to ${SCENARIO_VERSION}; open it with a newer one`,
    )
  }
  const checked = file.safeParse(input)
  if (!checked.success) throw invalid(sentenceOf(checked.error, input))
  const { base, title, edits, view: seen, provenance: origin } = checked.data
  checkChain(edits as Edit[])
  return { scenario: { base, title, edits: edits as Edit[], ...(seen ? { view: seen } : {}) }, provenance: origin }
}

/**
 * Reads a saved scenario. Every version that was ever written opens for ever.
 *
 * Throws   SCENARIO_INVALID
 */
export function readScenarioFile(text: string): { scenario: Scenario; provenance: Provenance } {
  if (text.length > MAX_FILE_CHARS)
    throw invalid(`it has ${text.length} characters, expected at most ${MAX_FILE_CHARS}`)
  let input: unknown
  try {
    input = JSON.parse(text)
  } catch (error) {
    throw invalid(`it is no JSON (${(error as Error).message})`)
  }
  return checkScenario(input)
}

/** A scenario as a document, checked the way it will be read. */
export function scenarioDocument(scenario: Scenario, origin: Provenance): unknown {
  const { base, title, edits, view: seen } = scenario
  return {
    format: SCENARIO_FORMAT,
    version: edits.some(({ kind }) => kind === 'fact') ? SCENARIO_VERSION : WITHOUT_FACTS,
    base,
    title,
    edits,
    ...(seen ? { view: seen } : {}),
    provenance: origin,
  }
}

/** A scenario as the text of a file: sorted members, one a line, so that two versions can be compared. */
export function writeScenarioFile(scenario: Scenario, origin: Provenance): string {
  const document = scenarioDocument(scenario, origin)
  checkScenario(document)
  return `${JSON.stringify(JSON.parse(canonicalJson(document)), null, 1)}\n`
}
