import { FolderOpen } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { leftOut } from '../../model/leftOut.ts'
import { Button } from '../controls/Button.tsx'
import { Progress } from '../controls/Progress.tsx'
import { formatNumber } from '../format.ts'
import { useActions, useSlice, useTwin } from '../twin.ts'
import styles from './explore.module.css'

/** Which city stands, what of its file was repaired or left out, and how to bring another. */
export function CityFile() {
  const actions = useActions()
  const { stores } = useTwin()
  const loaded = useSlice('city', (s) => s.loaded)
  const isLoading = useSlice('city', (s) => s.status === 'loading' && s.city !== null)
  const progress = useSlice('city', (s) => s.progress)
  const words = useSlice('city', (s) => s.words)
  const file = useRef<HTMLInputElement>(null)
  const [address, setAddress] = useState('')

  const fetchCity = (event: FormEvent) => {
    event.preventDefault()
    if (address.trim() !== '') void stores.city.getState().load({ url: address.trim() })
  }
  return (
    <section className={styles.section} aria-label="City">
      <h2>City</h2>
      {loaded && (
        <p className={styles.tagline}>
          {loaded.city.meta.title}: {formatNumber(loaded.counts.buildings, true)} buildings. Drop a file anywhere, or
          open one: OpenStreetMap (XML, PBF, Overpass), GeoJSON, CityJSON, vector tiles. This city stays until the other
          one stands.
        </p>
      )}
      {isLoading ? (
        <Progress words={words} fraction={progress} onCancel={() => stores.city.getState().cancel()} />
      ) : (
        <>
          <Button onPress={() => file.current?.click()}>
            <FolderOpen size={16} aria-hidden="true" /> Open a city file
          </Button>
          <form className={styles.address} onSubmit={fetchCity}>
            <input
              type="url"
              aria-label="Address of a city file"
              placeholder="https://… address of a city file"
              value={address}
              onChange={(event) => setAddress(event.target.value)}
            />
            <Button type="submit">Fetch</Button>
          </form>
        </>
      )}
      <input
        ref={file}
        type="file"
        multiple
        hidden
        aria-label="City file to open"
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])]
          event.target.value = ''
          if (chosen.length > 0) void actions.openFiles(chosen)
        }}
      />
      {loaded && loaded.findings.length > 0 && (
        <details className={styles.findings}>
          <summary>{leftOut(loaded.findings)}</summary>
          <ul>
            {loaded.findings.map(({ code, entity, message, ids, count }) => (
              <li key={`${code} ${entity}`}>
                <strong>
                  {formatNumber(count, true)} × {entity}
                </strong>{' '}
                {message} <span className="mono">{ids.slice(0, 3).join(', ')}</span>
                {count > 3 && ' …'}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
