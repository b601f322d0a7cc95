import { Network, Scale } from 'lucide-react'
import { Button } from '../controls/Button.tsx'
import { useTwin } from '../twin.ts'
import styles from './plan.module.css'

/** The ways to what stands behind the palette: the networks, and which of them suits a place. */
export function NetworksLine() {
  const { networkPage } = useTwin().stores
  return (
    <div className={styles.row}>
      <Button onPress={() => networkPage.getState().open('helium-mobile')}>
        <Network size={16} aria-hidden="true" /> Networks
      </Button>
      <Button onPress={() => networkPage.getState().ask(null)}>
        <Scale size={16} aria-hidden="true" /> Which network?
      </Button>
    </div>
  )
}
