import { deflateRawSync, inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { ASSET_KIND_INFO, ASSET_KINDS, type Asset } from '../../src/model/asset.ts'
import type { FactChange } from '../../src/model/factChange.ts'
import type { Provenance } from '../../src/model/provenance.ts'
import { type Edit, emptyScenario, type Scenario, type ScenarioBase, SETTINGS } from '../../src/model/scenario.ts'
import type { Deflater } from '../../src/model/shareLink.ts'

export const aBase: ScenarioBase = { city: 'astana', sha256: 'ab'.repeat(32) }

export const aProvenance = (more: Partial<Provenance> = {}): Provenance => ({
  engine: 'plan',
  version: '1',
  gitHash: 'unknown',
  scenarioHash: '0'.repeat(64),
  dataHashes: {},
  seed: 1,
  createdAt: '2026-11-23T00:00:00Z',
  ...more,
})

/** zlib as the pure code is handed it. */
export const nodeDeflater: Deflater = {
  deflateRaw: async (bytes) => new Uint8Array(deflateRawSync(bytes, { level: 9 })),
  inflateRaw: async (bytes, mostBytes) => new Uint8Array(inflateRawSync(bytes, { maxOutputLength: mostBytes })),
}

const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((x) => (x === 0 ? 0 : x))

/** Any asset that a planner could place. */
const anyAsset = (id: string): fc.Arbitrary<Asset> =>
  fc.constantFrom(...ASSET_KINDS).chain((kind) => {
    const info = ASSET_KIND_INFO[kind]
    return fc.record({
      id: fc.constant(id),
      kind: fc.constant(kind),
      latDeg: finite(-90, 90),
      lonDeg: finite(-180, 180),
      network: fc.constantFrom(...info.networks),
      params: fc.record(Object.fromEntries(info.params.map((p) => [p.key, finite(p.min, p.max)])), {
        requiredKeys: [],
      }) as fc.Arbitrary<Record<string, number>>,
    })
  })

/** Any figure that somebody knows better, with the spread in order. */
const anyFactChange: fc.Arbitrary<FactChange> = fc
  .tuple(finite(-1e6, 1e6), finite(0, 1e3), finite(0, 1e3), fc.string({ minLength: 3, maxLength: 40 }))
  .map(([value, below, above, reason]) => ({ value, p10: value - below, p90: value + above, reason }))

/** Any scenario whose edits fit onto each other, as a person would make them. */
export const anyScenario = (maxEdits = 12): fc.Arbitrary<Scenario> => {
  const step = fc.oneof(
    fc.constantFrom('a', 'b-1', 'c.2').chain((id) => fc.tuple(fc.constant(id), fc.option(anyAsset(id)))),
    fc.tuple(fc.constantFrom('helium-iot.lorawan-gateway.uptime', 'near.validator.life'), fc.option(anyFactChange)),
    fc.constantFrom(...SETTINGS).chain((s) => fc.tuple(fc.constant(s.id), fc.option(finite(s.min, s.max)))),
  )
  return fc.tuple(fc.string({ maxLength: 30 }), fc.array(step, { maxLength: maxEdits })).map(([title, steps]) => {
    const held = new Map<string, Asset | FactChange | number>()
    const edits = steps.flatMap(([id, after]): Edit[] => {
      const before = held.get(id) ?? null
      if (before === null && after === null) return []
      if (after === null) held.delete(id)
      else held.set(id, after)
      const kind = SETTINGS.some((s) => s.id === id) ? 'setting' : id.includes('.') && id !== 'c.2' ? 'fact' : 'asset'
      return [{ kind, id, before, after } as Edit]
    })
    return { ...emptyScenario(aBase, title), edits }
  })
}
