import { LAYER_IDS, type LayerId } from '../../stores/layers.ts'
import { THEMES, type Theme } from '../../stores/view.ts'
import { Toggle } from '../controls/Toggle.tsx'
import { useSlice, useTwin } from '../twin.ts'
import styles from './explore.module.css'

const TITLES: Readonly<Record<LayerId, string>> = {
  devices: 'Devices',
  'power-lines': 'Mapped power lines',
  grid: 'Grid load and voltage',
  coverage: 'Radio coverage',
  assets: 'Planned assets',
  'live-now': 'Real devices, claimed',
  trees: 'Trees',
  labels: 'Names',
}

const THEME_TITLES: Readonly<Record<Theme, string>> = { sun: 'Sun', night: 'Night', data: 'Data', print: 'Print' }

/** What is drawn over the city, and in which light. */
export function LayerList() {
  const visible = useSlice('layers', (s) => s.visible)
  const theme = useSlice('view', (s) => s.theme)
  const { stores, actions } = useTwin()
  const hasDay = useSlice('grid', (s) => s.run.result !== null)
  const show = (id: LayerId, on: boolean) => {
    stores.layers.getState().show(id, on)
    if (id === 'grid' && on && !hasDay) void actions.runDay()
  }
  return (
    <>
      <div className={styles.layers}>
        {LAYER_IDS.map((id) => (
          <Toggle key={id} on={visible[id]} onChange={(on) => show(id, on)}>
            {TITLES[id]}
          </Toggle>
        ))}
      </div>
      <fieldset className={styles.themes}>
        <legend>Light</legend>
        {THEMES.map((id) => (
          <label key={id} data-on={theme === id || undefined}>
            <input
              type="radio"
              name="theme"
              checked={theme === id}
              onChange={() => stores.view.getState().setTheme(id)}
            />
            {THEME_TITLES[id]}
          </label>
        ))}
      </fieldset>
    </>
  )
}
