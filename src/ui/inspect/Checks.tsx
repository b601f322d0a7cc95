import { Check as CheckIcon, CircleDashed, CircleSlash2, Minus, TriangleAlert } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { Disclosure, DisclosurePanel } from 'react-aria-components/Disclosure'
import type { Check, CheckResult } from '../../model/trust.ts'
import styles from './inspect.module.css'

const ICONS = {
  passed: CheckIcon,
  failed: CircleSlash2,
  warned: TriangleAlert,
  skipped: Minus,
  pending: CircleDashed,
} as const
const WORDS: Readonly<Record<CheckResult, string>> = {
  passed: 'passed',
  failed: 'failed',
  warned: 'look',
  skipped: 'not checked',
  pending: 'running',
}

/** Each step of a proof with its result; opened, it says what was got and what was expected. */
export function Checks({ checks }: { readonly checks: readonly Check[] }) {
  return (
    <ol className={styles.checks}>
      {checks.map(({ id, title, result, detail, got, expected }) => {
        const Icon = ICONS[result]
        return (
          <li key={id}>
            <Disclosure className={styles.check!} defaultExpanded={result === 'failed'}>
              <Button slot="trigger">
                <Icon size={16} data-result={result} aria-hidden="true" />
                <span>{title}</span>
                <span className={styles.result}>{WORDS[result]}</span>
              </Button>
              <DisclosurePanel>
                <div className={styles.detail}>
                  <p>{detail}</p>
                  {(got || expected) && (
                    <dl>
                      {got && (
                        <>
                          <dt>got</dt>
                          <dd className="mono">{got}</dd>
                        </>
                      )}
                      {expected && (
                        <>
                          <dt>expected</dt>
                          <dd className="mono">{expected}</dd>
                        </>
                      )}
                    </dl>
                  )}
                </div>
              </DisclosurePanel>
            </Disclosure>
          </li>
        )
      })}
    </ol>
  )
}
