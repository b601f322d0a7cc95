import { ProgressBar } from 'react-aria-components/ProgressBar'
import { Button } from './Button.tsx'
import styles from './controls.module.css'

/** Long work: what is being done, how far it is, and a way to stop it. */
export function Progress({
  words,
  fraction,
  onCancel,
}: {
  readonly words: string
  readonly fraction: number | null
  readonly onCancel?: () => void
}) {
  return (
    <div className={styles.progress}>
      <ProgressBar aria-label={words} {...(fraction === null ? { isIndeterminate: true } : { value: fraction * 100 })}>
        {({ percentage }) => (
          <>
            <span className={styles.progressWords}>
              <span>{words}</span>
              <span>{fraction === null ? '' : `${Math.round(percentage ?? 0)} %`}</span>
            </span>
            <span className={styles.bar}>
              <span
                className={styles.barFill}
                data-unknown={fraction === null || undefined}
                style={{ width: `${fraction === null ? 30 : percentage}%` }}
              />
            </span>
          </>
        )}
      </ProgressBar>
      {onCancel && (
        <Button look="plain" onPress={onCancel}>
          Cancel
        </Button>
      )}
    </div>
  )
}
