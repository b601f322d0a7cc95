import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { openContext } from '../../scenes/openContext.ts'
import '../../src/ui/theme.css'
import { App } from '../../src/app/App.tsx'
import { readConfig } from '../../src/app/config.ts'
import { createTwin } from '../../src/app/createTwin.ts'
import { startCity } from '../../src/app/startCity.ts'
import { createMeter } from './meter.ts'

// The product's own page in its low tier, and a meter beside it.

const meter = createMeter()
const root = document.getElementById('root')
if (root) {
  const config = readConfig(location.href)
  const created = createTwin(config, startCity(config), openContext())
  created.twin.stores.view.getState().setTier('low', true)
  Object.assign(globalThis, { soak: meter.watch(created) })
  createRoot(root).render(createElement(App, { created }))
  void created.begin()
}
