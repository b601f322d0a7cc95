import { useSlice } from '../twin.ts'
import styles from './status.module.css'

/** Whose data this is and how old it is. Always visible. */
export function Attribution() {
  const meta = useSlice('city', (s) => s.city?.meta)
  return (
    <p className={styles.attribution}>
      {meta?.attribution.includes('OpenStreetMap') === false ? (
        meta.attribution
      ) : (
        <>
          <a href="https://www.openstreetmap.org/copyright" target="_blank" rel="noreferrer">
            © OpenStreetMap contributors
          </a>
          , ODbL
        </>
      )}
      {meta?.dataDate && ` · map of ${meta.dataDate.slice(0, 10)}`}
    </p>
  )
}
