import { MISCHIEFS, type Mischief } from '../../stores/feeds.ts'
import { Toggle } from '../controls/Toggle.tsx'
import { useSlice, useTwin } from '../twin.ts'
import styles from './learn.module.css'

const TITLES: Readonly<Record<Mischief, { readonly title: string; readonly what: string }>> = {
  none: { title: 'Honest', what: 'The gateway passes on what it gets.' },
  'flip-byte': { title: 'Change a byte', what: 'It alters one byte of a message before anchoring it.' },
  replay: { title: 'Repeat a message', what: 'It sends an old message once more.' },
  'revoked-signer': { title: 'Keep a withdrawn key', what: 'A device goes on signing after its key was withdrawn.' },
}

/** Makes the live local gateway misbehave, for teaching. Each kind turns up under its own verdict. */
export function TamperSwitch() {
  const mischief = useSlice('feeds', (s) => s.mischief)
  const live = useSlice('feeds', (s) => s.active === 'live')
  const { actions } = useTwin()
  return (
    <section className={styles.tamper} aria-label="Teaching switch">
      <h2>Teaching switch</h2>
      <Toggle on={live} onChange={(on) => actions.watchFeed(on ? 'live' : 'lesson')}>
        Watch the live city instead of the lesson
      </Toggle>
      {live && (
        <fieldset className={styles.options}>
          <legend>What the local gateway does</legend>
          {MISCHIEFS.map((id) => (
            <label key={id} data-on={mischief === id || undefined}>
              <input
                type="radio"
                name="mischief"
                checked={mischief === id}
                onChange={() => void actions.setMischief(id)}
              />
              <span>
                {TITLES[id].title}
                <small>{TITLES[id].what}</small>
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </section>
  )
}
