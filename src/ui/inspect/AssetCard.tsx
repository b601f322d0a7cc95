import { Trash2 } from 'lucide-react'
import { lazy } from 'react'
import { ASSET_KIND_INFO, paramOf } from '../../model/asset.ts'
import { Button } from '../controls/Button.tsx'
import { SliderRow } from '../controls/SliderRow.tsx'
import { Fetched } from '../shell/Fetched.tsx'
import { useSlice, useTwin } from '../twin.ts'
import styles from './inspect.module.css'

// what the networks are is fetched when something placed is first looked at
const AssetEarnings = lazy(() => import('./AssetEarnings.tsx'))

/** Something placed: what it can be set to, what it costs and earns, and what would have to be true. */
export function AssetCard({ id }: { readonly id: string }) {
  const asset = useSlice('scenario', (s) => s.state.assets.get(id))
  const { stores } = useTwin()
  if (!asset) return <p className={styles.note}>It was removed. Undo brings it back.</p>
  const info = ASSET_KIND_INFO[asset.kind]
  const { change, remove } = stores.scenario.getState()

  return (
    <>
      <section className={styles.section}>
        {info.params.map(({ key, ...param }) => (
          <SliderRow
            key={key}
            {...param}
            value={paramOf(asset, key)}
            onCommit={(value) => change({ ...asset, params: { ...asset.params, [key]: value } })}
          />
        ))}
      </section>
      <Fetched what="What it earns" waiting={<p className={styles.note}>Reading the rules of its network …</p>}>
        <AssetEarnings asset={asset} />
      </Fetched>
      <dl className={styles.facts}>
        <dt>Position</dt>
        <dd className="mono">
          {asset.latDeg.toFixed(5)}, {asset.lonDeg.toFixed(5)}
        </dd>
      </dl>
      <div className={styles.actions}>
        <Button
          onPress={() => {
            remove(id)
            stores.selection.getState().select(null)
          }}
        >
          <Trash2 size={16} aria-hidden="true" /> Remove
        </Button>
      </div>
      <p className={styles.note}>Not investment advice. Earnings are ranges under the cited rules, not promises.</p>
    </>
  )
}
