import type { Tag } from '../../base/honesty.ts'
import styles from './honesty.module.css'

const WORDS: Readonly<Record<Tag, string>> = { measured: 'measured', modelled: 'modelled', assumed: 'assumed' }

/** How a number came to be: shape and word, never colour alone. */
export function TagChip({ tag, detail }: { readonly tag: Tag; readonly detail?: string }) {
  return (
    <span className={styles.tag} data-tag={tag} title={detail}>
      {WORDS[tag]}
    </span>
  )
}
