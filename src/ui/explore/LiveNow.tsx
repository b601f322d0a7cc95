import { WHEREABOUTS_IDS, WHEREABOUTS_INFO, type Whereabouts } from '../../model/whereabouts.ts'
import { Button } from '../controls/Button.tsx'
import { formatDateTime, formatNumber } from '../format.ts'
import { useActions, useSlice } from '../twin.ts'
import styles from './explore.module.css'

const LISTED = 12

/** Real devices that public sources place in this city: asked for by hand, or from a dated file; never called proven. */
export function LiveNow() {
  const actions = useActions()
  const found = useSlice('whereabouts', (s) => s.found)
  const asking = useSlice('whereabouts', (s) => s.asking)
  const error = useSlice('whereabouts', (s) => s.error)
  return (
    <section className={styles.section} aria-label="Live now">
      <h2>Live now</h2>
      <p className={styles.tagline}>
        Real devices where a public source places them. Asking tells that source which network you look at, not which
        city. Devices of ioID have no public place, so none is drawn.
      </p>
      {WHEREABOUTS_IDS.map((source) => (
        <Button key={source} isDisabled={asking !== null} onPress={() => void actions.askWhereabouts(source)}>
          {asking?.source === source
            ? `Asking, page ${formatNumber(asking.pages, true)} …`
            : `Look for ${WHEREABOUTS_INFO[source].title}`}
        </Button>
      ))}
      {asking && (
        <Button look="plain" onPress={() => actions.stopAsking()}>
          Stop asking
        </Button>
      )}
      {error && (
        <p className={styles.source} data-state="bad" role="status">
          <span className={styles.dot} />
          {error.message} No earlier answer is bundled: drop a snapshot file here, if somebody saved one.
        </p>
      )}
      {found.map((whereabouts) => (
        <Placed key={whereabouts.source} whereabouts={whereabouts} />
      ))}
    </section>
  )
}

function Placed({ whereabouts }: { readonly whereabouts: Whereabouts }) {
  const actions = useActions()
  const utcOffsetH = useSlice('clock', (s) => s.utcOffsetH)
  const { source, devices, takenAtMs, askedAt, complete } = whereabouts
  const info = WHEREABOUTS_INFO[source]
  return (
    <div className={styles.source} data-state="recorded">
      <span className={styles.dot} />
      <div>
        <p>
          {formatNumber(devices.length, true)} {info.title} here, claimed by {askedAt}
        </p>
        <p className={styles.sourceFacts}>
          As of {formatDateTime(takenAtMs, utcOffsetH)}
          {!complete && '; the source had more than was read'}. {info.proven} {info.unproven}
        </p>
        <ul className={styles.sourceFacts}>
          {devices.slice(0, LISTED).map(({ id, latDeg, lonDeg }) => (
            <li key={id}>
              {id.slice(0, 10)}… within {info.blurM} m of {latDeg.toFixed(3)}, {lonDeg.toFixed(3)}: claimed, not proven
            </li>
          ))}
        </ul>
        {devices.length > LISTED && (
          <p className={styles.sourceFacts}>and {formatNumber(devices.length - LISTED, true)} more, worth the same.</p>
        )}
        <Button look="plain" onPress={() => actions.saveWhereabouts(source)}>
          Save as a dated file
        </Button>
        <Button look="plain" onPress={() => actions.forgetWhereabouts(source)}>
          Take away
        </Button>
      </div>
    </div>
  )
}
