import type { DriverInfo } from '../../model/economics.ts'
import { factKey } from '../../model/factChange.ts'
import type { Era, NetworkSpec, NodeType } from '../../networks/network.ts'
import { FactRow } from './FactRow.tsx'
import styles from './networks.module.css'
import { STATUS_WORDS } from './words.ts'

export interface FactsSectionProps {
  readonly network: NetworkSpec
  readonly era: Era
  readonly type: NodeType | undefined
  readonly common: readonly DriverInfo[] // drivers that every node has
}

/** Every figure the network rests on, in four groups, each with value, unit, source, date, grade and status. */
export function FactsSection({ network, era, type, common }: FactsSectionProps) {
  const earn = type && era.earn[type.kind]
  const key = (id: string): string | undefined => type && factKey(network.id, type.kind, id)
  const changeable = (id: string): { factKey: string } | object => {
    const name = key(id)
    return name ? { factKey: name } : {}
  }
  const own = earn?.drivers ?? []
  const others = common.filter(({ id }) => !own.some((driver) => driver.id === id))
  return (
    <section className={styles.section} aria-labelledby="network-facts">
      <h2 id="network-facts">Facts</h2>
      <p className={styles.small}>
        A pencil marks what a plan may know better. A change needs a reason, is one step of undo, and travels with the
        file and the link. Rules have no pencil: try another rule set instead.
      </p>
      <h3>Rules: {era.title}</h3>
      <ul className={styles.facts}>
        {era.rules.map(({ id, title, fact }) => (
          <FactRow key={id} title={title} fact={fact} status={STATUS_WORDS[era.status]} />
        ))}
        {network.token?.cap && <FactRow title={network.token.cap.title} fact={network.token.cap.fact} />}
        {era.economy?.facts.map(({ id, title, fact }) => (
          <FactRow key={`economy.${id}`} title={title} fact={fact} status="start of the token’s outlook" />
        ))}
      </ul>
      {own.length > 0 && (
        <>
          <h3>What nobody knows exactly</h3>
          <ul className={styles.facts}>
            {own.map(({ id, title, fact, p10, p90, shape }) => (
              <FactRow
                key={id}
                title={title}
                fact={fact}
                spread={{ value: fact.value, p10, p90, shape }}
                {...changeable(id)}
              />
            ))}
            {others.map(({ id, title, fact, value, p10, p90, shape }) => (
              <FactRow key={id} title={title} fact={fact} spread={{ value, p10, p90, shape }} {...changeable(id)} />
            ))}
          </ul>
        </>
      )}
      {type && (
        <>
          <h3>What it costs: {type.title}</h3>
          <ul className={styles.facts}>
            {[...type.capex, ...type.install, ...type.opexYear, type.power].map(({ id, title, fact }) => (
              <FactRow key={id} title={title} fact={fact} {...changeable(id)} />
            ))}
            <FactRow title="Life" fact={type.life} {...changeable('life')} />
          </ul>
        </>
      )}
    </section>
  )
}
