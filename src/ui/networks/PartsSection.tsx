import { NETWORK_PARTS, type NetworkSpec } from '../../networks/network.ts'
import styles from './networks.module.css'
import { PART_WORDS } from './words.ts'

/** The layers the network is made of, one by one, and which other networks share them. */
export function PartsSection({
  network,
  all,
  onOpen,
}: {
  readonly network: NetworkSpec
  readonly all: readonly NetworkSpec[]
  readonly onOpen: (id: string) => void
}) {
  return (
    <section className={styles.section} aria-labelledby="network-parts">
      <h2 id="network-parts">Made of</h2>
      <ul className={styles.parts}>
        {NETWORK_PARTS.map((part) => {
          const { title, source, asOf } = network.parts[part]
          const alike = all.filter(
            ({ id, parts }) => id !== network.id && parts[part].title === title && title !== 'none',
          )
          return (
            <li key={part}>
              <span>{PART_WORDS[part]}</span>
              <strong>{title}</strong>
              <small>
                {source}, {asOf}
              </small>
              {alike.length > 0 && (
                <small>
                  shared with{' '}
                  {alike.map(({ id, title: other }, i) => (
                    <span key={id}>
                      {i > 0 && ', '}
                      <button type="button" className={styles.link} onClick={() => onOpen(id)}>
                        {other}
                      </button>
                    </span>
                  ))}
                </small>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
