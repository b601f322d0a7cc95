import { type NetworkSpec, RISKS } from '../../networks/network.ts'
import styles from './networks.module.css'
import { RISK_WORDS } from './words.ts'

/** The network in plain words, before any figure. */
export function StorySection({ network: { what, story, caveats } }: { readonly network: NetworkSpec }) {
  return (
    <section className={styles.section} aria-label="What it is">
      <p className={styles.lead}>{what}</p>
      <dl className={styles.story}>
        <div>
          <dt>What a node is</dt>
          <dd>{story.node}</dd>
        </div>
        <div>
          <dt>What it proves</dt>
          <dd>{story.proves}</dd>
        </div>
        <div>
          <dt>Who pays</dt>
          <dd>{story.pays}</dd>
        </div>
        <div>
          <dt>What is burnt</dt>
          <dd>{story.burns}</dd>
        </div>
      </dl>
      <details className={styles.wrong} open>
        <summary>What can go wrong</summary>
        <dl className={styles.story}>
          {RISKS.map((risk) => (
            <div key={risk}>
              <dt>{RISK_WORDS[risk]}</dt>
              <dd>{story.risks[risk]}</dd>
            </div>
          ))}
        </dl>
        <ul className={styles.caveats}>
          {caveats.map((caveat) => (
            <li key={caveat}>{caveat}</li>
          ))}
        </ul>
      </details>
      <p className={styles.small}>
        Not investment advice. Figures are ranges under cited rules, not promises; tokens can lose all their worth.
      </p>
    </section>
  )
}
