import { Fragment } from 'react'
import { tagOfOrigin } from '../../base/honesty.ts'
import { metricById } from '../../model/device.ts'
import { SHOWN_VERDICTS, VERDICT_WORDS } from '../../model/trust.ts'
import type { OpenedEvidence } from '../../stores/evidence.ts'
import { CopyText } from '../controls/CopyText.tsx'
import { formatDateTime } from '../format.ts'
import { QuantityText } from '../honesty/QuantityText.tsx'
import { useSlice } from '../twin.ts'
import { Checks } from './Checks.tsx'
import styles from './inspect.module.css'

const LISTED = 6

/** An evidence file, explained step by step from its own bytes: what was found, whether it agrees with itself, and how to ask again. */
export function EvidenceCard({ evidence }: { readonly evidence: OpenedEvidence }) {
  const { explanation, stated, contradictions, device, witnessed } = evidence
  const { frame, checks, readings, chainId } = explanation
  const utcOffsetH = useSlice('clock', (s) => s.utcOffsetH)
  const words = VERDICT_WORDS[frame.verdict]
  const shown = SHOWN_VERDICTS.includes(frame.verdict)
  const tag = shown && device ? tagOfOrigin(device.origin) : 'assumed'
  return (
    <>
      <div className={shown ? styles.section : styles.verdict} role="status">
        <strong>{words.title}</strong>
        <p>{words.sentence}</p>
        <code>{frame.verdict}</code>
      </div>
      {contradictions.length > 0 ? (
        <div className={styles.verdict} role="alert">
          <strong>This file contradicts itself</strong>
          {contradictions.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      ) : (
        <p className={styles.note}>
          The file states {stated}. Its bytes were judged again in this browser and say the same;{' '}
          {witnessed
            ? 'your chain endpoint was asked too.'
            : 'no chain was asked, so its anchors are its sender’s claim.'}
        </p>
      )}
      <section className={styles.section} aria-label="Proof">
        <h2>Step by step</h2>
        <Checks checks={checks} />
        <dl className={styles.facts}>
          <dt>Device</dt>
          <dd>{device ? `${device.title}, ${device.origin}` : 'not in the file’s directory'}</dd>
          <dt>Signer</dt>
          <dd>
            <CopyText text={frame.claimedDevice} what="signer" />
          </dd>
          <dt>Chain</dt>
          <dd>{chainId}</dd>
          <dt>Block</dt>
          <dd>
            {frame.blockNumber} <CopyText text={frame.blockHash} what="block hash" />
          </dd>
          <dt>Check it yourself</dt>
          <dd>
            <code>npx veracity verify FILE</code>
          </dd>
        </dl>
      </section>
      {readings.length > 0 && (
        <section className={styles.section} aria-label="Readings">
          <h2>What the message says</h2>
          <dl className={styles.facts}>
            {readings.slice(0, LISTED).map(({ metric, timeMs, value }) => (
              <Fragment key={`${metric} ${timeMs}`}>
                <dt>{formatDateTime(timeMs, utcOffsetH)}</dt>
                <dd>
                  <QuantityText
                    quantity={{
                      value,
                      unit: metricById.get(metric)?.unit ?? '',
                      tag,
                      source: `${metricById.get(metric)?.title ?? `Metric ${metric}`}, as the message says`,
                    }}
                  />
                </dd>
              </Fragment>
            ))}
          </dl>
          {readings.length > LISTED && <p className={styles.note}>{readings.length} readings in all.</p>}
        </section>
      )}
    </>
  )
}
