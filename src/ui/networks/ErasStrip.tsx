import type { NetworkSpec } from '../../networks/network.ts'
import styles from './networks.module.css'
import { STATUS_WORDS } from './words.ts'

const date = (iso: string): string => iso.slice(0, 10)

/** Every dated rule set, newest first: which holds, which held, which was only proposed. Choosing one tries it. */
export function ErasStrip({
  network,
  chosen,
  onChoose,
}: {
  readonly network: NetworkSpec
  readonly chosen: string
  readonly onChoose: (era: string) => void
}) {
  return (
    <ul className={styles.eras} aria-label="Rule sets">
      {network.eras.map(({ id, title, from, to, status }) => (
        <li key={id}>
          <button type="button" data-status={status} aria-pressed={id === chosen} onClick={() => onChoose(id)}>
            <strong>{title}</strong>
            <small>
              {date(from)} – {to ? date(to) : 'open'} · {STATUS_WORDS[status]}
            </small>
          </button>
        </li>
      ))}
    </ul>
  )
}
