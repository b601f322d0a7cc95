import { Scale } from 'lucide-react'
import { Fragment } from 'react'
import {
  BUILDING_USES,
  HEIGHT_SOURCES,
  HEIGHT_TAGS,
  heightWords,
  isOpenStreetMap,
  OSM_TYPES,
  tagsOf,
} from '../../model/city.ts'
import { Button } from '../controls/Button.tsx'
import { formatNumber } from '../format.ts'
import { QuantityText } from '../honesty/QuantityText.tsx'
import { useSlice, useTwin } from '../twin.ts'
import styles from './inspect.module.css'

const HIDDEN_TAGS = /^(source|created_by|@)/

/** A building: how tall, how that is known, and everything the map says about it. */
export function BuildingCard({ index }: { readonly index: number }) {
  const city = useSlice('city', (s) => s.city)
  const devices = useSlice('readings', (s) => s.devices)
  const { stores, actions } = useTwin()
  if (!city) return null
  const { buildings, meta } = city
  const source = HEIGHT_SOURCES[buildings.heightSource[index]!]!
  const { tag } = HEIGHT_TAGS[source]
  const words = heightWords(source, meta)
  const tags = Object.entries(tagsOf(buildings.tags, index)).filter(([key]) => !HIDDEN_TAGS.test(key))
  const osmId = `${OSM_TYPES[buildings.osm.type[index]!]}/${buildings.osm.id[index]}`
  const inside = devices.flatMap((device, i) => (device.buildingOsmId === osmId ? [{ device, i }] : []))
  const levels = buildings.levels[index]!

  return (
    <>
      <div className={styles.lead}>
        <QuantityText
          size="large"
          quantity={{ value: buildings.heightM[index]!, unit: 'm', tag, source: words, asOf: meta.dataDate }}
        />
        <p className={styles.note}>Height from {words}.</p>
      </div>
      <dl className={styles.facts}>
        <dt>Use</dt>
        <dd>{BUILDING_USES[buildings.use[index]!]}</dd>
        {Number.isFinite(levels) && (
          <>
            <dt>Storeys</dt>
            <dd>{formatNumber(levels, true)}</dd>
          </>
        )}
        <dt>Footprint</dt>
        <dd>{formatNumber(buildings.footprintM2[index]!)} m²</dd>
        {isOpenStreetMap(meta) && (
          <>
            <dt>OpenStreetMap</dt>
            <dd className="mono">{osmId}</dd>
          </>
        )}
      </dl>
      <div className={styles.actions}>
        <Button onPress={() => actions.askWhichNetwork(index)}>
          <Scale size={16} aria-hidden="true" /> Which network for this roof?
        </Button>
      </div>
      {inside.length > 0 && (
        <section className={styles.section}>
          <h2>Devices here</h2>
          <ul>
            {inside.map(({ device, i }) => (
              <li key={device.address}>
                <button
                  type="button"
                  className={styles.link}
                  onClick={() => stores.selection.getState().select({ kind: 'device', index: i })}
                >
                  {device.title}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className={styles.section}>
        <h2>Tags</h2>
        <dl className={styles.tags}>
          {tags.map(([key, value]) => (
            <Fragment key={key}>
              <dt>{key}</dt>
              <dd>{value}</dd>
            </Fragment>
          ))}
        </dl>
        <p className={styles.note}>
          {meta.attribution}, {meta.licence}
          {meta.dataDate !== '' && `, as of ${meta.dataDate.slice(0, 10)}`}
        </p>
      </section>
    </>
  )
}
