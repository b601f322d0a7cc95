import type { LiveStateId } from '../../model/liveState.ts'
import { heliumIot as iotPlaces, heliumMobile as mobilePlaces } from '../whereabouts/heliumEntity.ts'
import type { WhereaboutsDefinition } from '../whereabouts/source.ts'
import { withRetries } from './ask.ts'
import { defineLiveState, type LiveStateDefinition } from './source.ts'

const PAGES = 20 // “light use” is asked for; what is left out is said
const EVERYWHERE = [-180, -90, 180, 90] as const

/** How many hotspots of a network have a claimed place, rounded by the source to hexagons of half a kilometre. */
const hotspots = (id: LiveStateId, places: WhereaboutsDefinition): LiveStateDefinition =>
  defineLiveState({
    id,
    url: places.baseUrl,
    urlSource: 'docs.helium.com, Entity API',
    snapshot: null, // sources of 2025 and 2026 disagree on the counts, so none stands in
    async read(asked) {
      const { fetch, url, clock, signal } = asked
      const request = { fetch, baseUrl: url, boundsDeg: EVERYWHERE, nowMs: clock.nowMs(), signal, maxPages: PAGES }
      const { devices, complete, takenAtMs } = await withRetries(asked, () => places.read(request))
      const cells = new Set(devices.map(({ latDeg, lonDeg }) => `${latDeg},${lonDeg}`))
      const figure = (id: string, title: string, unit: string, count: number) => ({
        id,
        title,
        amount: BigInt(count),
        decimals: 0,
        unit,
        source: 'GET /v2/hotspots',
      })
      return {
        network: id,
        takenAtMs,
        askedAt: new URL(url).host,
        complete,
        figures: [
          figure('placed', 'Hotspots with a claimed place', 'hotspots', devices.length),
          figure('places', 'Different rounded places', 'places', cells.size),
        ],
      }
    },
  })

export const heliumIot = hotspots('helium-iot', iotPlaces)
export const heliumMobile = hotspots('helium-mobile', mobilePlaces)
