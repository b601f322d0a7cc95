import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toBase64url } from '../../../src/base/base64url.ts'
import { scenarioHash, utf8 } from '../../../src/model/hash.ts'
import { type Edit, emptyScenario, type Scenario } from '../../../src/model/scenario.ts'
import { decodeShare, encodeShare, SHARE_LIMIT } from '../../../src/model/shareLink.ts'
import { aBase, anyScenario, aProvenance, nodeDeflater } from '../../support/scenarios.ts'

const chargers = (count: number): Scenario => ({
  ...emptyScenario(aBase, 'Chargers'),
  edits: Array.from({ length: count }, (_, i): Edit => {
    const after = {
      id: `c${i}`,
      kind: 'ev-charger' as const,
      latDeg: 51 + Math.sin(i) / 10,
      lonDeg: 71 + Math.cos(i) / 10,
      network: 'ev-charging',
      params: {},
    }
    return { kind: 'asset', id: after.id, before: null, after }
  }),
})
const pack = (text: string): string => toBase64url(new Uint8Array(deflateRawSync(utf8(text))))

test('behavior: a link brings the same plan to another place, without its history', async () => {
  await fc.assert(
    fc.asyncProperty(anyScenario(), async (scenario) => {
      const { payload, length } = await encodeShare(scenario, aProvenance(), nodeDeflater)
      expect(length).toBe(payload.length)
      expect(payload).toMatch(/^[A-Za-z0-9_-]+$/)
      const { scenario: back } = await decodeShare(payload, nodeDeflater)
      expect(scenarioHash(back)).toBe(scenarioHash(scenario))
      expect(back.title).toBe(scenario.title)
      expect(back.edits.every(({ before }) => before === null)).toBe(true)
    }),
    { seed: 31, numRuns: 60 },
  )
})

test('behavior: it warns at 80 % of the limit', async () => {
  expect((await encodeShare(chargers(3), aProvenance(), nodeDeflater)).nearLimit).toBe(false)
  let last = 3
  for (let count = 3; count < 400; count++) {
    const shared = await encodeShare(chargers(count), aProvenance(), nodeDeflater).catch(() => null)
    if (!shared) break
    expect(shared.nearLimit).toBe(shared.length >= 0.8 * SHARE_LIMIT)
    last = count
  }
  expect((await encodeShare(chargers(last), aProvenance(), nodeDeflater)).nearLimit).toBe(true)
})

test('error: SHARE_TOO_LONG names the length and the limit', async () => {
  await expect(encodeShare(chargers(500), aProvenance(), nodeDeflater)).rejects.toMatchObject({
    code: 'SHARE_TOO_LONG',
    details: { limit: SHARE_LIMIT },
  })
})

describe('error: SHARE_LINK_BROKEN, whatever is wrong', () => {
  test.each([
    ['nothing', ''],
    ['other characters', '$$$'],
    ['a cut link', 'rVPBbqMwEP2Vas4h'],
    ['text that is no deflate stream', toBase64url(utf8('hello'))],
    ['no scenario', pack('{"a":1}')],
    ['a future version', pack('{"version":9}')],
    ['bytes that are no UTF-8', toBase64url(new Uint8Array(deflateRawSync(Uint8Array.of(0xff, 0xfe, 0x80))))],
    ['an overlong payload', 'A'.repeat(SHARE_LIMIT + 1)],
    ['a small payload that inflates without end', pack(' '.repeat(3_000_000)).slice(0, SHARE_LIMIT)],
  ])('%s', async (_, payload) => {
    await expect(decodeShare(payload, nodeDeflater)).rejects.toMatchObject({ code: 'SHARE_LINK_BROKEN' })
  })

  test('behavior: a link with one changed character opens as a plan or says it is broken', async () => {
    const { payload } = await encodeShare(chargers(2), aProvenance(), nodeDeflater)
    await fc.assert(
      fc.asyncProperty(fc.nat(payload.length - 1), fc.constantFrom(...'AZaz09-_'), async (at, letter) => {
        const changed = payload.slice(0, at) + letter + payload.slice(at + 1)
        await decodeShare(changed, nodeDeflater).catch((error: unknown) =>
          expect(error).toMatchObject({ code: 'SHARE_LINK_BROKEN' }),
        )
      }),
      { seed: 32, numRuns: 300 },
    )
  })
})
