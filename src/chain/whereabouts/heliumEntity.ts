import { z } from 'zod'
import { TwinError } from '../../base/errors.ts'
import type { PlacedDevice, WhereaboutsId } from '../../model/whereabouts.ts'
import { defineWhereabouts, type WhereaboutsDefinition, type WhereaboutsRequest } from './source.ts'

z.config({ jitless: true })

// Helium Entity API: GET /v2/hotspots?subnetwork=iot|mobile&cursor=… → { cursor, items: [{ key_to_asset_key, is_active,
// lat, long }] }. Places are rounded to H3 cells of resolution 8; is_active is deprecated and always false, so it is not
// read. Source: docs.helium.com, Entity API; helium-program-library, packages/metadata-service. “Light use” is asked for:
// pages are read one after the other, and not without end.

const BASE_URL = 'https://entities.nft.helium.io'
const MAX_PAGES = 200
const PAGE_TIMEOUT_MS = 20_000
const MAX_PAGE_CHARS = 32_000_000
const MAX_DEVICES = 20_000

const page = z.object({
  cursor: z.string().nullish(),
  items: z.array(
    z.object({
      key_to_asset_key: z.string().min(1).max(100),
      lat: z.number().min(-90).max(90).nullish(),
      long: z.number().min(-180).max(180).nullish(),
    }),
  ),
})
type Page = z.infer<typeof page>

const broken = (why: string): TwinError =>
  new TwinError('SOURCE_BROKEN', `The list of hotspots is not readable: ${why}.`)

async function readPage({ fetch, signal }: WhereaboutsRequest, url: URL): Promise<Page> {
  let text: string
  try {
    const response = await fetch(url.href, { signal: AbortSignal.any([signal, AbortSignal.timeout(PAGE_TIMEOUT_MS)]) })
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    text = await response.text()
  } catch (error) {
    signal.throwIfAborted()
    const why = error instanceof Error ? error.message : 'no answer'
    throw new TwinError('SOURCE_UNREACHABLE', `${url.host} does not answer (${why}).`, { host: url.host })
  }
  if (text.length > MAX_PAGE_CHARS) throw broken(`a page has ${text.length} characters`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw broken('a page is no JSON')
  }
  const read = page.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw broken(`${issue?.path.join('.') || 'a page'}: ${issue?.message ?? 'another shape'}`)
}

/** The hotspots of one of the two networks. */
const entities = (id: WhereaboutsId, subnetwork: 'iot' | 'mobile'): WhereaboutsDefinition =>
  defineWhereabouts({
    id,
    baseUrl: BASE_URL,
    snapshot: null, // no answer of it was ever at hand when this was built
    async read(request) {
      const { baseUrl, boundsDeg, nowMs, maxPages = MAX_PAGES } = request
      const [west, south, east, north] = boundsDeg
      const found = new Map<string, PlacedDevice>()
      const seen = new Set<string>()
      let cursor: string | null = null
      let complete = false
      for (let pages = 1; pages <= maxPages && found.size < MAX_DEVICES; pages++) {
        const url: URL = new URL('/v2/hotspots', baseUrl)
        url.searchParams.set('subnetwork', subnetwork)
        if (cursor !== null) url.searchParams.set('cursor', cursor)
        const answer = await readPage(request, url)
        for (const { key_to_asset_key: key, lat, long } of answer.items) {
          if (lat == null || long == null) continue // never asserted a place
          if (long < west || long > east || lat < south || lat > north) continue
          found.set(key, { id: key, latDeg: lat, lonDeg: long })
        }
        request.onPage?.(pages, found.size)
        if (!answer.cursor) {
          complete = true
          break
        }
        if (seen.has(answer.cursor)) throw broken('its pages go round in a circle')
        seen.add(answer.cursor)
        cursor = answer.cursor
      }
      const devices = [...found.values()].slice(0, MAX_DEVICES)
      return { source: id, takenAtMs: nowMs, askedAt: new URL(baseUrl).origin, boundsDeg, complete, devices }
    },
  })

export const heliumIot = entities('helium-iot', 'iot')
export const heliumMobile = entities('helium-mobile', 'mobile')
