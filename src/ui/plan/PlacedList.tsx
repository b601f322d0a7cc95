import { Button } from 'react-aria-components/Button'
import { ASSET_KIND_INFO } from '../../model/asset.ts'
import { formatBand, formatUnit } from '../format.ts'
import { ASSET_ICONS } from '../inspect/icons.ts'
import { useSlice, useTwin } from '../twin.ts'
import styles from './plan.module.css'

/** Everything placed so far, with what each earns a month. */
export function PlacedList() {
  const assets = useSlice('scenario', (s) => s.state.assets)
  const reports = useSlice('plan', (s) => s.run.result?.assets)
  const { actions } = useTwin()
  if (assets.size === 0) {
    return (
      <p className={styles.empty}>
        Nothing placed yet. Choose something above and click the city: its coverage, grid effect and earnings appear
        here.
      </p>
    )
  }
  return (
    <section className={styles.section}>
      <h2>Placed</h2>
      <ul className={styles.placed}>
        {[...assets.values()].map((asset) => {
          const Icon = ASSET_ICONS[asset.kind]
          const month = reports?.find((r) => r.assetId === asset.id)?.kpis.find((k) => k.id === 'net')
          return (
            <li key={asset.id}>
              <Button className={styles.placedRow!} onPress={() => actions.visit({ kind: 'asset', id: asset.id })}>
                <Icon size={18} aria-hidden="true" />
                <span>
                  <strong>{ASSET_KIND_INFO[asset.kind].title}</strong>
                  <small>{month ? formatBand(month.quantity) : 'calculating …'}</small>
                </span>
                <span>{month ? formatUnit(month.quantity.value, month.quantity.unit) : ''}</span>
              </Button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
