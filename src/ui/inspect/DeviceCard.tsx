import { Download, LocateFixed } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { TEST_CHAIN_IDS, tagOfOrigin } from '../../base/honesty.ts'
import { copySeries, timeAt, valueAt } from '../../base/ring.ts'
import { DEVICE_KIND_INFO, metricById } from '../../model/device.ts'
import { type FrameExplanation, SHOWN_VERDICTS, VERDICT_WORDS } from '../../model/trust.ts'
import { TRUST_WORDS } from '../../model/trustClass.ts'
import { PAST_MS, shownMs } from '../../stores/clock.ts'
import { seriesOf } from '../../stores/readings.ts'
import { HistoryPlot } from '../charts/HistoryPlot.tsx'
import { Button } from '../controls/Button.tsx'
import { CopyText } from '../controls/CopyText.tsx'
import { formatAge, formatDateTime } from '../format.ts'
import { OriginBadge } from '../honesty/OriginBadge.tsx'
import { QuantityText } from '../honesty/QuantityText.tsx'
import { useSlice, useTwin } from '../twin.ts'
import { Checks } from './Checks.tsx'
import { ClockLine } from './ClockLine.tsx'
import styles from './inspect.module.css'
import { strangerLearns } from './strangerLearns.ts'
import { useWallClock } from './useWallClock.ts'

/** A device: what it says now, whether one may believe it and why, and its day. */
export function DeviceCard({ index }: { readonly index: number }) {
  const { actions } = useTwin()
  const devices = useSlice('readings', (s) => s.devices)
  const buffers = useSlice('readings', (s) => s.buffers)
  const revision = useSlice('readings', (s) => s.revision)
  const status = useSlice('readings', (s) => s.status)
  const chainId = useSlice('feeds', (s) => s.chainId)
  const utcOffsetH = useSlice('clock', (s) => s.utcOffsetH)
  const nowMs = useSlice('clock', (s) => s.nowMs)
  const atMs = useSlice('clock', (s) => (s.offsetMs < 0 ? shownMs(s) : Infinity))
  const chosenKey = useSlice('selection', (s) => s.frameKey)
  const wallMs = useWallClock()

  const device = devices[index]
  const info = device && DEVICE_KIND_INFO[device.kind]
  const headline = info?.metrics[0]
  const metric = headline === undefined ? undefined : metricById.get(headline)
  const series = headline === undefined ? -1 : seriesOf(devices, index, headline)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ring is written in place; its revision says when
  const history = useMemo(() => (series < 0 ? null : copySeries(buffers.ring, series)), [buffers, series, revision])

  const newest = buffers.frame[index]
  const frameKey = chosenKey ?? newest?.key
  const provenTo = newest?.level // explained again when its proof climbs
  const [explanation, setExplanation] = useState<FrameExplanation | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same key is explained again when its proof climbs
  useEffect(() => {
    let current = true
    if (frameKey) {
      actions.explain(frameKey as `0x${string}`).then(
        (e) => current && setExplanation(e),
        () => current && setExplanation(null),
      )
    }
    return () => {
      current = false
    }
  }, [frameKey, provenTo, actions])

  if (!device || !info || !metric) return <p className={styles.note}>This device is not in the directory any more.</p>

  const value = series < 0 ? NaN : valueAt(buffers.ring, series, atMs)
  const readAtMs = series < 0 ? NaN : timeAt(buffers.ring, series, atMs)
  const level = Math.min(buffers.level[index] ?? 0, 5) as 0 | 1 | 2 | 3 | 4 | 5
  const frame = explanation?.frame ?? newest
  const bad = frame && !SHOWN_VERDICTS.includes(frame.verdict) ? frame.verdict : null
  const warned = frame && frame.verdict !== 'OK' && !bad ? frame.verdict : null
  const recordedAt = status?.recordedAt ?? null
  const presentMs = recordedAt ? nowMs : wallMs

  return (
    <>
      <div className={styles.lead}>
        <QuantityText
          size="large"
          quantity={{
            value,
            unit: metric.unit,
            tag: tagOfOrigin(device.origin),
            source: `${metric.title}, reported by ${device.title}`,
          }}
        />
        <p className={styles.note}>
          {metric.title}
          {Number.isFinite(readAtMs) &&
            ` · ${atMs === Infinity ? `${formatAge(presentMs - readAtMs)} ago` : formatDateTime(readAtMs, utcOffsetH)}`}
        </p>
        <OriginBadge
          origin={device.origin}
          level={bad ? 0 : level}
          onTestChain={TEST_CHAIN_IDS.includes(chainId)}
          recordedAt={recordedAt}
          rejected={bad ? VERDICT_WORDS[bad].title : null}
        />
      </div>

      {(bad ?? warned) && (
        <div className={styles.verdict} role="alert">
          <strong>{VERDICT_WORDS[(bad ?? warned)!].title}</strong>
          <p>{VERDICT_WORDS[(bad ?? warned)!].sentence}</p>
          <code>{bad ?? warned}</code>
        </div>
      )}

      {history && (
        <HistoryPlot
          {...history}
          title={`${metric.title}, last 24 h`}
          unit={metric.unit}
          tag={tagOfOrigin(device.origin)}
          simulated={device.origin === 'simulated'}
          fromMs={nowMs - PAST_MS}
          toMs={nowMs}
          utcOffsetH={utcOffsetH}
          {...(atMs === Infinity ? {} : { markMs: atMs })}
        />
      )}

      {explanation && (
        <section className={styles.section} aria-label="Proof">
          <h2>Can I trust it?</h2>
          <Checks checks={explanation.checks} />
          <dl className={styles.facts}>
            <dt>Signer</dt>
            <dd>
              <CopyText text={explanation.frame.claimedDevice} what="signer" />
            </dd>
            {explanation.frame.batch >= 0 ? (
              <>
                <dt>Block</dt>
                <dd>
                  {explanation.frame.blockNumber} <CopyText text={explanation.frame.blockHash} what="block hash" />
                </dd>
                <dt>Transaction</dt>
                <dd>
                  <CopyText text={explanation.frame.txHash} what="transaction hash" />
                </dd>
              </>
            ) : (
              <>
                <dt>Block</dt>
                <dd>Not anchored yet: it came over the live channel.</dd>
              </>
            )}
            <dt>Witnesses</dt>
            <dd>{explanation.witnesses}</dd>
          </dl>
          <ClockLine device={index} frameKey={newest?.key} />
        </section>
      )}

      <div className={styles.actions}>
        <Button onPress={() => actions.visit({ kind: 'device', index })}>
          <LocateFixed size={16} aria-hidden="true" /> Fly there
        </Button>
        {frameKey && (
          <Button onPress={() => void actions.saveEvidence(frameKey as `0x${string}`)}>
            <Download size={16} aria-hidden="true" /> Save evidence
          </Button>
        )}
      </div>
      <section className={styles.section} aria-label="Who vouches for it">
        <h2>Who vouches for it?</h2>
        <p className={styles.note}>
          <strong>{TRUST_WORDS[device.trust].title}.</strong> {TRUST_WORDS[device.trust].sentence}
        </p>
      </section>
      <section className={styles.section} aria-label="Privacy">
        <h2>What could a stranger learn?</h2>
        <ul className={styles.learns}>
          {strangerLearns(device).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
    </>
  )
}
