import {
  exactText,
  LIVE_STATE_IDS,
  LIVE_STATE_TITLES,
  type LiveAnswer,
  type LiveFigure,
  liveLabel,
} from '../../model/liveState.ts'
import { Button } from '../controls/Button.tsx'
import { formatNumber } from '../format.ts'
import { useActions, useSlice } from '../twin.ts'
import styles from './explore.module.css'

/** What the networks' own endpoints say of their state: asked for by hand, labelled live, snapshot or nothing. */
export function NetworkState() {
  const actions = useActions()
  const answers = useSlice('liveState', (s) => s.answers)
  const asking = useSlice('liveState', (s) => s.asking)
  return (
    <section className={styles.section} aria-label="Networks now">
      <h2>Networks now</h2>
      <p className={styles.tagline}>
        What a network’s public endpoint says of blocks, supply and stakes. Nothing of it is proven here. Nobody is
        asked until you do.
      </p>
      {LIVE_STATE_IDS.map((id) => (
        <div key={id}>
          <Button isDisabled={asking !== null} onPress={() => void actions.askNetwork(id)}>
            {asking === id ? `Asking ${LIVE_STATE_TITLES[id]} …` : `Ask ${LIVE_STATE_TITLES[id]}`}
          </Button>
          {answers[id] && <Answer answer={answers[id]} />}
        </div>
      ))}
      {asking && (
        <Button look="plain" onPress={() => actions.stopAskingNetwork()}>
          Stop asking
        </Button>
      )}
    </section>
  )
}

/** An answer is a claim: it never has the look of what was verified. */
const STATE = { live: 'recorded', snapshot: 'recorded', none: 'bad' } as const

function shown(figure: LiveFigure): string {
  const value = Number(exactText(figure))
  return `${formatNumber(value, figure.decimals === 0 || value >= 1000)} ${figure.unit}`
}

function Answer({ answer }: { readonly answer: LiveAnswer }) {
  const figures = answer.kind === 'none' ? [] : answer.state.figures
  const partly = answer.kind === 'live' && !answer.state.complete
  return (
    <div className={styles.source} data-state={STATE[answer.kind]} role="status">
      <span className={styles.dot} />
      <div>
        <p>{liveLabel(answer)}</p>
        {partly && <p className={styles.sourceFacts}>The source had more than was read.</p>}
        <ul className={styles.sourceFacts}>
          {figures.map((figure) => (
            <li key={figure.id} title={`${exactText(figure)} ${figure.unit}, ${figure.source}`}>
              {figure.title}: {shown(figure)}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
