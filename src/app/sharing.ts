import type { StoreApi } from 'zustand/vanilla'
import { TwinError } from '../base/errors.ts'
import { createEnu } from '../geo/enu.ts'
import type { Provenance } from '../model/provenance.ts'
import type { Scenario, ScenarioView } from '../model/scenario.ts'
import { type Deflater, decodeShare, encodeShare, SHARE_LIMIT } from '../model/shareLink.ts'
import type { CameraState } from '../stores/camera.ts'
import type { CityState } from '../stores/city.ts'
import { type ClockState, cityHour, shownMs } from '../stores/clock.ts'
import { type LayersState, visibleLayers } from '../stores/layers.ts'
import type { SharedLink } from '../ui/actions.ts'
import { deflate, inflate } from './deflate.ts'

const deflater: Deflater = { deflateRaw: deflate, inflateRaw: inflate }

export interface ViewParts {
  readonly city: StoreApi<CityState>
  readonly camera: StoreApi<CameraState>
  readonly clock: StoreApi<ClockState>
  readonly layers: StoreApi<LayersState>
}

const out = new Float64Array(2)

/** What is seen now, in degrees and hours, so that it means the same on another screen. */
export function viewNow({ city, camera, clock, layers }: ViewParts): ScenarioView | undefined {
  const meta = city.getState().city?.meta
  if (!meta) return undefined
  const { pose, flight } = camera.getState()
  const { xM, yM, distanceM, bearingRad, tiltRad } = flight?.to ?? pose
  createEnu(meta.originLatDeg, meta.originLonDeg).toGeo(xM, yM, out)
  return {
    latDeg: out[0]!,
    lonDeg: out[1]!,
    distanceM,
    bearingRad,
    tiltRad,
    timeOfDayH: cityHour(shownMs(clock.getState()), clock.getState().utcOffsetH),
    layers: visibleLayers(layers.getState()),
  }
}

/** Brings the picture to a stored view. */
export function applyView(view: ScenarioView, { city, camera, clock, layers }: ViewParts): void {
  const meta = city.getState().city?.meta
  if (!meta) return
  createEnu(meta.originLatDeg, meta.originLonDeg).toLocal(view.latDeg, view.lonDeg, out)
  const { distanceM, bearingRad, tiltRad } = view
  camera.getState().flyTo({ xM: out[0]!, yM: out[1]!, heightM: 0, distanceM, bearingRad, tiltRad }, 0)
  const { nowMs, utcOffsetH } = clock.getState()
  const hours = view.timeOfDayH - cityHour(nowMs, utcOffsetH)
  clock.getState().scrub(hours * 3600_000)
  layers.getState().setAll(view.layers)
}

/** The link that carries a plan, or the sentence that says why none can. */
export async function makeLink(scenario: Scenario, origin: Provenance, pageUrl: string): Promise<SharedLink> {
  try {
    const { payload, length, limit, nearLimit } = await encodeShare(scenario, origin, deflater)
    const url = `${pageUrl.split('#')[0]}#s=${payload}`
    return {
      url,
      length,
      warning: nearLimit
        ? `The link uses ${length} of ${limit} characters: a few more edits and only a file can carry the plan.`
        : null,
    }
  } catch (error) {
    if (!(error instanceof TwinError)) throw error
    return { url: null, length: SHARE_LIMIT, warning: `${error.message} Save the plan to a file and share that.` }
  }
}

/** The plan of a link. Rejects with SHARE_LINK_BROKEN. */
export const readLink = async (payload: string): Promise<Scenario> => (await decodeShare(payload, deflater)).scenario
