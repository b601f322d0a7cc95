import { useState } from 'react'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ASSET_KIND_INFO, ASSET_KINDS } from '../../model/asset.ts'
import { Button } from '../controls/Button.tsx'
import { ASSET_ICONS } from '../inspect/icons.ts'
import { useSlice, useTwin } from '../twin.ts'
import styles from './plan.module.css'

/** Reads "51.128, 71.43" or two fields' worth of text; null when it is no position. */
export function parsePosition(text: string): { latDeg: number; lonDeg: number } | null {
  const parts = text
    .trim()
    .split(/[\s,;]+/)
    .map(Number)
  const [latDeg, lonDeg] = parts
  if (parts.length !== 2 || latDeg === undefined || lonDeg === undefined) return null
  if (!(Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 180)) return null
  return { latDeg, lonDeg }
}

/** What can be placed: by click, at the centre of the view, or by typing where. */
export function Palette() {
  const tool = useSlice('placement', (s) => s.tool)
  const refusal = useSlice('placement', (s) => s.ghost?.refusal ?? null)
  const { stores, actions } = useTwin()
  const [position, setPosition] = useState('')
  const [answer, setAnswer] = useState<string | null>(null)

  const byPosition = () => {
    if (!tool) return
    const at = parsePosition(position)
    setAnswer(
      at
        ? (actions.placeAt(tool, at.latDeg, at.lonDeg) ?? 'Placed.')
        : `Got "${position}", expected latitude and longitude in degrees, such as 51.1283, 71.4305.`,
    )
  }

  return (
    <section className={styles.section}>
      <h2>Place</h2>
      <div className={styles.palette}>
        {ASSET_KINDS.map((kind) => {
          const Icon = ASSET_ICONS[kind]
          return (
            <ToggleButton
              key={kind}
              className={styles.tile!}
              isSelected={tool === kind}
              aria-description={ASSET_KIND_INFO[kind].what}
              onChange={(on) => {
                setAnswer(null)
                stores.placement.getState().take(on ? kind : null)
              }}
            >
              <Icon size={20} aria-hidden="true" />
              <span>{ASSET_KIND_INFO[kind].title}</span>
            </ToggleButton>
          )
        })}
      </div>
      {tool && (
        <div className={styles.place}>
          <p>{ASSET_KIND_INFO[tool].what} Click the city, or:</p>
          <Button onPress={() => setAnswer(actions.placeAtCentre(tool) ?? 'Placed.')}>
            Place at the centre of the view
          </Button>
          <form
            onSubmit={(event) => {
              event.preventDefault()
              byPosition()
            }}
          >
            <label>
              Latitude, longitude
              <input
                value={position}
                onChange={(event) => setPosition(event.target.value)}
                placeholder="51.1283, 71.4305"
                inputMode="decimal"
              />
            </label>
            <Button type="submit">Place there</Button>
          </form>
          <p className={styles.answer} role="status">
            {answer ?? refusal ?? ''}
          </p>
        </div>
      )}
    </section>
  )
}
