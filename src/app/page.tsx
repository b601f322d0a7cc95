import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { PictureContext } from '../../scenes/openContext.ts'
import { App } from './App.tsx'
import type { PageConfig } from './config.ts'
import { createTwin } from './createTwin.ts'
import type { CityThread } from './startCity.ts'

/** Puts the page into `root` and sets it going. */
export function showPage(
  root: HTMLElement,
  config: PageConfig,
  cities: CityThread,
  picture: PictureContext | null,
): void {
  const created = createTwin(config, cities, picture)
  createRoot(root).render(
    <StrictMode>
      <App created={created} />
    </StrictMode>,
  )
  void created.begin()
}
