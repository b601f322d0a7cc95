import { Button } from '../controls/Button.tsx'
import { formatDateTime, formatNumber } from '../format.ts'
import { useWallClock } from '../inspect/useWallClock.ts'
import { useActions, useSlice } from '../twin.ts'
import styles from './explore.module.css'

const CHAINS: Readonly<Record<number, string>> = { 4689: 'IoTeX mainnet', 4690: 'IoTeX testnet' }
const OLD_MS = 3 * 86_400_000 // as long as the verifier believes one

/** Whom the viewer believes about IoTeX, why that is needed, and how to stop. Shown where IoTeX is in play. */
export function CheckpointList() {
  const actions = useActions()
  const pinned = useSlice('feeds', (s) => s.checkpoints)
  const chainId = useSlice('feeds', (s) => s.chainId)
  const fileChain = useSlice('evidence', (s) => s.opened?.explanation.chainId ?? 0)
  const utcOffsetH = useSlice('clock', (s) => s.utcOffsetH)
  const wallMs = useWallClock()
  if (pinned.length === 0 && !(chainId in CHAINS) && !(fileChain in CHAINS)) return null
  return (
    <section className={styles.section} aria-label="Whom you believe about IoTeX">
      <h2>Pinned delegates</h2>
      {pinned.map((checkpoint) => {
        const { chainId: chain, epoch, fromHeight, toHeight, takenAtMs } = checkpoint
        const old = wallMs - takenAtMs > OLD_MS
        return (
          <div className={styles.source} data-state={old ? 'bad' : 'live'} key={`${chain} ${epoch}`}>
            <span className={styles.dot} />
            <div>
              <p>
                {CHAINS[chain]}, epoch {formatNumber(epoch, true)}
              </p>
              <p className={styles.sourceFacts}>
                Blocks {formatNumber(fromHeight, true)} to {formatNumber(toHeight, true)}, vouched for{' '}
                {formatDateTime(takenAtMs, utcOffsetH)}
                {old && '. Too old: nothing is proven by it any more'}
              </p>
              <Button look="plain" onPress={() => void actions.unpin(checkpoint)}>
                Believe it no longer
              </Button>
            </div>
          </div>
        )
      })}
      <p className={styles.tagline}>
        {pinned.length === 0 && 'Drop a checkpoint file onto the page to pin one. '}A block of IoTeX does not say who
        signs the next ones, so no browser can find the delegates by itself: somebody you trust has to name them, epoch
        by epoch. Level 5 on IoTeX is as good as that word. It counts for three days: delegates who have taken their
        stake out could sign another past and lose nothing.
      </p>
    </section>
  )
}
