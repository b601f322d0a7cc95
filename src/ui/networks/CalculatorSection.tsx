import { useEffect, useMemo, useRef, useState } from 'react'
import { ASSET_KIND_INFO, type Asset } from '../../model/asset.ts'
import type { DriverInfo, NodeOutcome } from '../../model/economics.ts'
import { factKey } from '../../model/factChange.ts'
import { type ScenarioState, settingOf } from '../../model/scenario.ts'
import { defaultEra, type NetworkSpec, type NodeType } from '../../networks/network.ts'
import type { NodeQuestion } from '../../stores/economy.ts'
import { Button } from '../controls/Button.tsx'
import { Progress } from '../controls/Progress.tsx'
import { SliderRow } from '../controls/SliderRow.tsx'
import { formatNumber, formatUnit } from '../format.ts'
import { QuantityText } from '../honesty/QuantityText.tsx'
import { useSlice, useTwin } from '../twin.ts'
import { FactSlider } from './FactSlider.tsx'
import { NpvHistogram } from './NpvHistogram.tsx'
import styles from './networks.module.css'
import { PaybackBars } from './PaybackBars.tsx'
import { spreadAround } from './spread.ts'
import { TornadoChart } from './TornadoChart.tsx'
import { STATUS_WORDS } from './words.ts'

export const CALCULATOR_DRAWS = 10_000
/** Day on which everything goes into service, as in the plan: the date of the price snapshots. */
const START_DAY = Math.floor(Date.parse('2026-12-01') / 86_400_000)
const SHOWN = ['outlay', 'gross', 'net', 'npv', 'payback', 'payback-probability', 'irr', 'levelised', 'collateral']

interface Moved {
  readonly [driver: string]: number
}

/** The question that the sliders ask: what the plan changed, and on top of it what is only tried here. */
function questionOf(
  asset: Asset,
  era: string | null,
  site: NodeQuestion['site'],
  state: ScenarioState,
  moved: Moved,
  stated: readonly DriverInfo[],
  gone: readonly string[],
): NodeQuestion {
  const prefix = factKey(asset.network, asset.kind, '')
  const kept = [...state.facts].flatMap(([key, { value, p10, p90, reason }]) => {
    const driver = key.slice(prefix.length)
    return key.startsWith(prefix) && !(driver in moved) && !gone.includes(driver)
      ? [{ driver, value, p10, p90, reason }]
      : []
  })
  const tried = Object.entries(moved).flatMap(([driver, value]) => {
    const own = stated.find(({ id }) => id === driver)
    return own ? [{ driver, value, ...spreadAround(own, value), reason: 'tried in the calculator' }] : []
  })
  return {
    asset,
    era,
    site,
    startDay: START_DAY,
    energyPriceUsd: settingOf(state, 'energy-price'),
    tokenPriceScale: settingOf(state, 'token-price-scale'),
    changes: [...kept, ...tried],
  }
}

function Figures({ outcome, isOld, tookMs }: { outcome: NodeOutcome; isOld: boolean; tookMs: number | null }) {
  const { report, result, npvUsd, paidBackBy } = outcome
  return (
    <div className={styles.figures} data-old={isOld || undefined} aria-live="polite">
      <dl className={styles.kpis}>
        {report.kpis
          .filter(({ id }) => SHOWN.includes(id))
          .map(({ id, title, quantity }) => (
            <div key={id} data-main={id === 'npv' || id === 'net' || undefined}>
              <dt>{title}</dt>
              <dd>
                <QuantityText id={id} quantity={quantity} />
              </dd>
            </div>
          ))}
      </dl>
      <figure className={styles.npv}>
        <figcaption>
          Net present value of {formatNumber(result.draws, true)} draws, USD; shaded: P10 to P90; what lies beyond is in
          the last bars
        </figcaption>
        <NpvHistogram npv={npvUsd} band={result.npvUsd} draws={result.draws} />
      </figure>
      <PaybackBars paidBackBy={paidBackBy} />
      <h3>What decides it</h3>
      <p className={styles.small}>Net present value with one driver alone at its P10 and at its P90.</p>
      <TornadoChart bars={result.tornado} />
      {report.breakEven && <p className={styles.breakEven}>{report.breakEven}</p>}
      <p className={styles.small}>
        Modelled under {report.era}; life {formatNumber(result.months / 12)} years; the same numbers of chance each
        time.
        {tookMs !== null && ` Drawn anew in ${Math.round(tookMs)} ms on this device.`}
      </p>
    </div>
  )
}

export interface CalculatorProps {
  readonly network: NetworkSpec
  readonly types: readonly NodeType[]
  readonly type: NodeType
  readonly placed: Asset | null // starts from a node that stands in the plan
  readonly onType: (type: NodeType) => void
  readonly onDrivers: (drivers: readonly DriverInfo[]) => void
}

/** One node of the network, with everything uncertain on sliders and the distribution beside them. */
export function CalculatorSection({ network, types, type, placed, onType, onDrivers }: CalculatorProps) {
  const { outcome: store } = useTwin().stores
  const state = useSlice('scenario', (s) => s.state)
  const run = useSlice('outcome', (s) => s.run)
  const input = useSlice('outcome', (s) => s.input)
  const report = useSlice('plan', (s) => s.run.result?.assets.find(({ assetId }) => assetId === placed?.id))
  const [params, setParams] = useState<Readonly<Record<string, number>>>(placed?.params ?? {})
  const [moved, setMoved] = useState<Moved>({})
  const now = defaultEra(network)
  const [era, setEra] = useState(now.id)
  const known = network.eras.find(({ id }) => id === era)?.earn[type.kind]?.drivers
  // what the plan changed under the rules in force may have no meaning under others
  const gone = useMemo(
    () => now.earn[type.kind]?.drivers.flatMap(({ id }) => (known?.some((d) => d.id === id) ? [] : [id])) ?? [],
    [now, type, known],
  )
  const eras = network.eras.filter(({ earn }) => earn[type.kind])
  const [stated, setStated] = useState<readonly DriverInfo[]>([])
  const asked = useRef(0)
  // what is stated is learnt from the first answer, and does not ask again
  const statedNow = useRef(stated)
  statedNow.current = stated
  const tellDrivers = useRef(onDrivers)
  tellDrivers.current = onDrivers
  const [tookMs, setTook] = useState<number | null>(null)

  const asset = useMemo<Asset>(
    () => ({
      id: placed?.id ?? 'node',
      kind: type.kind,
      latDeg: placed?.latDeg ?? 51.13,
      lonDeg: placed?.lonDeg ?? 71.43,
      network: network.id,
      params,
    }),
    [placed, type, network, params],
  )
  useEffect(() => {
    const isFirst = Object.keys(moved).length === 0
    asked.current = performance.now()
    const question = questionOf(
      asset,
      era === now.id ? null : era,
      report?.site ?? {},
      state,
      moved,
      statedNow.current,
      gone,
    )
    void store
      .getState()
      .start({ question, draws: CALCULATOR_DRAWS })
      .then(() => {
        const { run: now, input: latest } = store.getState()
        if (now.status !== 'done' || latest?.question !== question) return
        // the first answer waits for threads to start, which says nothing of the next
        if (!isFirst) return setTook(performance.now() - asked.current)
        setStated(now.result.drivers)
        tellDrivers.current(now.result.stated)
      })
  }, [asset, era, now, gone, report, state, moved, store])

  const isOwn = input?.question.asset.network === network.id && input.question.asset.kind === type.kind
  const outcome = run.result && isOwn && run.result.report.network === network.id ? run.result : null
  return (
    <section className={styles.section} aria-labelledby="network-node">
      <h2 id="network-node">What one node would do</h2>
      <p className={styles.small}>
        {report
          ? 'At the place where it stands in the plan, with what radio, sun and grid give it there.'
          : 'At a typical place in Astana (500 people, 10 km², 1 250 kWh of sun; assumed). Place one in the city for its own figures.'}{' '}
        Moving a slider tries a figure here; the pencil below the facts changes it in the plan.
      </p>
      {types.length > 1 && (
        <label className={styles.field}>
          Kind of node
          <select
            value={type.kind}
            onChange={(event) => onType(types.find(({ kind }) => kind === event.target.value) ?? type)}
          >
            {types.map(({ kind, title }) => (
              <option key={kind} value={kind}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      {eras.length > 1 && (
        <label className={styles.field}>
          Rules
          <select
            value={era}
            onChange={(event) => {
              setMoved({})
              setEra(event.target.value)
            }}
          >
            {eras.map(({ id, title, status }) => (
              <option key={id} value={id}>
                {title}: {STATUS_WORDS[status]}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className={styles.calculator}>
        <div className={styles.sliders}>
          {outcome && (
            <p className={styles.nowLine}>
              Net present value <strong>{formatUnit(outcome.result.npvUsd.p50, 'USD')}</strong>{' '}
              <span>
                P10–P90 {formatUnit(outcome.result.npvUsd.p10, 'USD')} – {formatUnit(outcome.result.npvUsd.p90, 'USD')}
              </span>
            </p>
          )}
          {ASSET_KIND_INFO[type.kind].params.map(({ key, initial, ...param }) => (
            <SliderRow
              key={key}
              {...param}
              value={params[key] ?? initial}
              onCommit={(value) => setParams({ ...params, [key]: value })}
            />
          ))}
          {stated.map((driver) => (
            <FactSlider
              key={driver.id}
              driver={driver}
              value={moved[driver.id] ?? driver.value}
              onMove={(value) => setMoved({ ...moved, [driver.id]: value })}
            />
          ))}
          {Object.keys(moved).length > 0 && <Button onPress={() => setMoved({})}>Back to the facts</Button>}
        </div>
        <div>
          {run.status === 'failed' && <p role="alert">{run.error.message}</p>}
          {outcome ? (
            <Figures outcome={outcome} isOld={run.status === 'running'} tookMs={tookMs} />
          ) : (
            run.status === 'running' && (
              <Progress words="Drawing ten thousand lives of this node" fraction={run.progress} />
            )
          )}
        </div>
      </div>
    </section>
  )
}
