import { networks } from '../../networks/index.ts'
import { NETWORK_PARTS } from '../../networks/network.ts'
import { useTwin } from '../twin.ts'
import layerStyles from './layers.module.css'
import styles from './networks.module.css'
import { PART_WORDS } from './words.ts'

/** Networks layer by layer beside each other: what one would have to exchange to become like another. */
export function LayersTable() {
  const { networkPage } = useTwin().stores
  const uses = (part: (typeof NETWORK_PARTS)[number], title: string): number =>
    networks.filter(({ parts }) => parts[part].title === title).length
  return (
    <section className={styles.section} aria-labelledby="network-layers">
      <h2 id="network-layers">Layer by layer</h2>
      <p className={styles.small}>
        Each network named by its parts, so that parts can be compared one by one. Marked: a part that several share.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard too */}
      <div className={layerStyles.layers} tabIndex={0} role="group" aria-label="Layers of the networks">
        <table>
          <thead>
            <tr>
              <th scope="col">Network</th>
              {NETWORK_PARTS.map((part) => (
                <th key={part} scope="col">
                  {PART_WORDS[part]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {networks.map(({ id, title, parts }) => (
              <tr key={id}>
                <th scope="row">
                  <button type="button" className={styles.link} onClick={() => networkPage.getState().open(id)}>
                    {title}
                  </button>
                </th>
                {NETWORK_PARTS.map((part) => {
                  const { title: name, source, asOf } = parts[part]
                  const isShared = name !== 'none' && uses(part, name) > 1
                  return (
                    <td key={part} data-shared={isShared || undefined} title={`${source}, ${asOf}`}>
                      {name}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
