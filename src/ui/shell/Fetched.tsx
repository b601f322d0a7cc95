import { Component, type ReactNode, Suspense } from 'react'
import { Button } from '../controls/Button.tsx'
import styles from './status.module.css'

export interface FetchedProps {
  /** What is missing when it cannot be fetched, as a sentence begins: "The panels". */
  readonly what: string
  readonly waiting?: ReactNode
  readonly children: ReactNode
}

/** A part of the page with a program file of its own. Where that cannot be had, the rest of the page stays. */
export class Fetched extends Component<FetchedProps, { readonly isLost: boolean }> {
  override state = { isLost: false }

  static getDerivedStateFromError(): { readonly isLost: boolean } {
    return { isLost: true }
  }

  override render(): ReactNode {
    const { what, waiting, children } = this.props
    if (!this.state.isLost) return <Suspense fallback={waiting}>{children}</Suspense>
    return (
      <div className={styles.lost} role="alert">
        <p className={styles.lostWords}>
          {what} could not be fetched. Check the connection and load the page again; the plan is kept.
        </p>
        <Button onPress={() => location.reload()}>Load again</Button>
      </div>
    )
  }
}
