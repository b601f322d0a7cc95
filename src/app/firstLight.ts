import type { TwinStores } from '../ui/stores.ts'

const mark = (name: string, key: 'city' | 'trees' | 'firstLight', value: string): void => {
  document.documentElement.dataset[key] = value
  performance.mark(name)
}

/** Called by the picture when a frame with the whole city was drawn. */
export const markCityDrawn = (): void => mark('city-drawn', 'city', 'drawn')

/**
 * Marks on the page what others wait for or measure: when the city is drawn, when its trees are there, when the first verified reading is there.
 * `document.documentElement.dataset.city = 'drawn'`, `.trees = 'planted'`, `.firstLight = ms since navigation`; performance marks of the same names.
 */
export function watchFirstLight({ city, readings, view }: TwinStores): () => void {
  const offs = [
    city.subscribe(({ status, trees }, then) => {
      if (trees && trees !== then.trees) mark('trees-planted', 'trees', 'planted')
      else if (!trees) delete document.documentElement.dataset.trees // another city takes its place
      if (status === 'loading') document.documentElement.dataset.city = 'loading'
      // without a picture there is nothing to wait for
      else if (status === 'ready' && then.status !== 'ready' && !view.getState().webgl) markCityDrawn()
    }),
    readings.subscribe(({ firstLightMs }, then) => {
      if (firstLightMs !== null && then.firstLightMs === null)
        mark('first-light', 'firstLight', String(Math.round(performance.now())))
    }),
  ]
  return () => {
    for (const off of offs) off()
  }
}
