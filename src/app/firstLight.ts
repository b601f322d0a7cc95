import type { TwinStores } from '../ui/stores.ts'

/**
 * Marks on the page what others wait for or measure: when the city is drawn, when the first verified reading is there.
 * `document.documentElement.dataset.city = 'drawn'`, `.firstLight = ms since navigation`; performance marks of the same names.
 */
export function watchFirstLight({ city, readings }: TwinStores): () => void {
  const root = document.documentElement
  const mark = (name: string, key: 'city' | 'firstLight', value: string) => {
    root.dataset[key] = value
    performance.mark(name)
  }
  // two frames after the last chunk was handed over, it is on screen
  const drawn = () => requestAnimationFrame(() => requestAnimationFrame(() => mark('city-drawn', 'city', 'drawn')))
  const offs = [
    city.subscribe(({ status }, then) => {
      if (status === 'ready' && then.status !== 'ready') drawn()
      else if (status === 'loading') root.dataset.city = 'loading'
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
