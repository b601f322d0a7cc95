import { TwinError } from '../base/errors.ts'
import { whereaboutsSources } from '../chain/whereabouts/index.ts'
import { writeWhereabouts } from '../chain/whereabouts/snapshotFile.ts'
import { WHEREABOUTS_INFO, type Whereabouts, type WhereaboutsId } from '../model/whereabouts.ts'
import { saveText } from '../ui/saveText.ts'
import type { TwinStores } from '../ui/stores.ts'

/** Asks public sources for the real devices of this city. What they say is shown as theirs, and goes no further. */
export function createLiveNow({ city, whereabouts, view }: Pick<TwinStores, 'city' | 'whereabouts' | 'view'>) {
  let asking: AbortController | null = null

  /** A file is shown as far as it speaks of this city. */
  const show = (found: Whereabouts): void => {
    const bounds = city.getState().city?.meta.boundsDeg
    if (!bounds) return
    const [west, south, east, north] = bounds
    const devices = found.devices.filter(
      ({ latDeg, lonDeg }) => lonDeg >= west && lonDeg <= east && latDeg >= south && latDeg <= north,
    )
    whereabouts.getState().put({ ...found, devices })
    view.getState().notify({
      tone: 'info',
      text: `${devices.length} of ${found.devices.length} ${WHEREABOUTS_INFO[found.source].title} of this file stand in this city, as ${found.askedAt} claimed.`,
    })
  }

  return {
    show,
    async ask(id: WhereaboutsId): Promise<void> {
      const source = whereaboutsSources.find((one) => one.id === id)
      const boundsDeg = city.getState().city?.meta.boundsDeg
      if (!source || !boundsDeg || asking) return
      const stop = new AbortController()
      asking = stop
      const { describe, put } = whereabouts.getState()
      describe({ asking: { source: id, pages: 0 }, error: null })
      try {
        put(
          await source.read({
            fetch: (url, init) => fetch(url, init),
            baseUrl: source.baseUrl,
            boundsDeg,
            nowMs: Date.now(),
            signal: stop.signal,
            onPage: (pages) => describe({ asking: { source: id, pages } }),
          }),
        )
      } catch (error) {
        if (stop.signal.aborted) return
        if (!(error instanceof TwinError)) throw error
        if (source.snapshot) put(source.snapshot)
        describe({ error })
      } finally {
        asking = null
        describe({ asking: null })
      }
    },
    stop: (): void => asking?.abort(),
    save(id: WhereaboutsId): void {
      const found = whereabouts.getState().found.find(({ source }) => source === id)
      if (!found) return
      const day = new Date(found.takenAtMs).toISOString().slice(0, 10)
      saveText(`veracity-${id}-${day}.json`, 'application/json', writeWhereabouts(found))
    },
    forget: (id: WhereaboutsId): void => whereabouts.getState().remove(id),
  }
}
