import { fromBase64url, toBase64url } from '../base/base64url.ts'
import { canonicalJson } from '../base/canonicalJson.ts'
import { TwinError } from '../base/errors.ts'
import { utf8 } from './hash.ts'
import type { Provenance } from './provenance.ts'
import { diffStates, emptyScenario, type Scenario, stateOf } from './scenario.ts'
import { readScenarioFile, scenarioDocument } from './scenarioFile.ts'

/** Characters of a link's payload: what chat programs and mail still pass on. */
export const SHARE_LIMIT = 4000
const WARN_AT = 0.8
/** A payload inflates to this many bytes at most, however small it is. */
const MAX_INFLATED_BYTES = 2_000_000

/** Compression is the platform's; pure code is handed it. `inflate` must stop at `mostBytes` and fail. */
export interface Deflater {
  readonly deflateRaw: (bytes: Uint8Array) => Promise<Uint8Array>
  readonly inflateRaw: (bytes: Uint8Array, mostBytes: number) => Promise<Uint8Array>
}

export interface SharePayload {
  readonly payload: string // for the hash of the link
  readonly length: number
  readonly limit: number
  readonly nearLimit: boolean // 80 % of it is used
}

/** What a link carries: where the edits lead, not the way there; the history stays at home. */
const flattened = (scenario: Scenario): Scenario => ({
  ...scenario,
  edits: diffStates(stateOf(emptyScenario(scenario.base)), stateOf(scenario)),
})

/**
 * A scenario as the payload of a link: canonical JSON, deflated, in base64url.
 *
 * Throws   SHARE_TOO_LONG when it exceeds the limit
 */
export async function encodeShare(scenario: Scenario, origin: Provenance, deflater: Deflater): Promise<SharePayload> {
  const json = canonicalJson(scenarioDocument(flattened(scenario), origin))
  const payload = toBase64url(await deflater.deflateRaw(utf8(json)))
  if (payload.length > SHARE_LIMIT) {
    throw new TwinError(
      'SHARE_TOO_LONG',
      `The link would have ${payload.length} characters, expected at most ${SHARE_LIMIT}.`,
      { length: payload.length, limit: SHARE_LIMIT },
    )
  }
  const nearLimit = payload.length >= WARN_AT * SHARE_LIMIT
  return { payload, length: payload.length, limit: SHARE_LIMIT, nearLimit }
}

const broken = (reason: string): TwinError =>
  new TwinError('SHARE_LINK_BROKEN', `This link holds no plan that can be opened: ${reason}.`, { reason })

/** UTF-8 bytes as text; pure, since engines have no TextDecoder. Null when they are not UTF-8. */
function fromUtf8(bytes: Uint8Array): string | null {
  let text = ''
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i]
    const more =
      first < 0x80
        ? 0
        : first >= 0xc2 && first < 0xe0
          ? 1
          : first >= 0xe0 && first < 0xf0
            ? 2
            : first >= 0xf0 && first < 0xf5
              ? 3
              : -1
    if (more < 0 || i + more >= bytes.length) return null
    let code = more === 0 ? first : first & (0x3f >> more)
    for (let k = 1; k <= more; k++) {
      if ((bytes[i + k] & 0xc0) !== 0x80) return null
      code = (code << 6) | (bytes[i + k] & 0x3f)
    }
    if (code > 0x10ffff) return null
    text += String.fromCodePoint(code)
    i += more + 1
  }
  return text
}

/**
 * The scenario of a payload. Whatever is wrong with it, one sentence says so and nothing else happens.
 *
 * Throws   SHARE_LINK_BROKEN
 */
export async function decodeShare(
  payload: string,
  deflater: Deflater,
): Promise<{ scenario: Scenario; provenance: Provenance }> {
  if (payload.length > SHARE_LIMIT) throw broken(`it has ${payload.length} characters, expected at most ${SHARE_LIMIT}`)
  const packed = fromBase64url(payload)
  if (!packed || packed.length === 0) throw broken('it was cut off or changed on its way')
  const bytes = await deflater.inflateRaw(packed, MAX_INFLATED_BYTES).catch(() => null)
  const text = bytes && bytes.length <= MAX_INFLATED_BYTES ? fromUtf8(bytes) : null
  if (text === null) throw broken('it was cut off or changed on its way')
  try {
    return readScenarioFile(text)
  } catch (error) {
    if (error instanceof TwinError)
      throw broken(error.message.replace(/^The scenario is not valid: /, '').replace(/\.$/, ''))
    throw error
  }
}
