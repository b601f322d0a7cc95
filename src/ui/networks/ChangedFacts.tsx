import { Undo2 } from 'lucide-react'
import { networks } from '../../networks/index.ts'
import { Button } from '../controls/Button.tsx'
import { formatNumber } from '../format.ts'
import { useSlice, useTwin } from '../twin.ts'
import styles from './networks.module.css'

/** What a key names, in words. */
function nameOf(key: string): string {
  const network = networks.find(({ id }) => key.startsWith(`${id}.`))
  const [kind = '', id = ''] = key.slice((network?.id.length ?? 0) + 1).split(/\.(.*)/)
  const type = network?.nodeTypes.find((one) => one.kind === kind)
  const drivers = network?.eras.flatMap((era) => (type && era.earn[type.kind]?.drivers) ?? []) ?? []
  const lines = type ? [...type.capex, ...type.install, ...type.opexYear, type.power] : []
  const title = [...drivers, ...lines].find((one) => one.id === id)?.title ?? id
  return `${network?.title ?? ''}: ${title}`
}

/** The figures that the plan changed, each with its reason, and the way back. */
export function ChangedFacts() {
  const facts = useSlice('scenario', (s) => s.state.facts)
  const last = useSlice('scenario', (s) => s.scenario.edits.at(-1))
  const { scenario } = useTwin().stores
  if (facts.size === 0) return null
  return (
    <section className={styles.changed} aria-label="Changed in this plan">
      <ul>
        {[...facts].map(([key, { value, reason }]) => (
          <li key={key}>
            <span>
              {nameOf(key)} → {formatNumber(value)} <em>{reason}</em>
            </span>
            <Button look="plain" onPress={() => scenario.getState().setFact(key, null)}>
              Take back
            </Button>
          </li>
        ))}
      </ul>
      {last?.kind === 'fact' && (
        <Button onPress={() => scenario.getState().undo()}>
          <Undo2 size={16} aria-hidden="true" /> Undo the last change
        </Button>
      )}
    </section>
  )
}
