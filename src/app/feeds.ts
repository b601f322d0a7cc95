import type { StoreApi } from 'zustand/vanilla'
import { createVerifier, type Verifier, type VerifySink } from '../../workers/verify.client.ts'
import { TwinError } from '../base/errors.ts'
import type { Hex } from '../base/hex.ts'
import { readSourcesConfig, type SourcesConfig } from '../chain/sourcesConfig.ts'
import { type IotexCheckpoint, readCheckpoint } from '../proofs/iotex/checkpoint.ts'
import type { FeederModel } from '../proofs/plausibility/feederModel.ts'
import type { ClockState } from '../stores/clock.ts'
import type { FeedId, FeedsState } from '../stores/feeds.ts'
import type { ReadingsState } from '../stores/readings.ts'

const RESTART_MS = 1500

export interface FeedParts {
  readonly baseUrl: string
  readonly pins: readonly Hex[]
  readonly feeds: StoreApi<FeedsState>
  readonly readings: StoreApi<ReadingsState>
  readonly clock: StoreApi<ClockState>
}

/** Where readings come from: one verifier, told anew what to verify for each feed, and replaced when its worker dies. */
export function createFeeds({ baseUrl, pins, feeds, readings, clock }: FeedParts) {
  let config: SourcesConfig | null = null
  let verifier: Verifier | null = null
  let droppedUrl: string | null = null
  const held = new Map<string, string>() // path of a recording → URL of its bytes in memory
  let starts = 0
  let model: FeederModel | null = null
  let restart: ReturnType<typeof setTimeout> | undefined

  /** Sends what the verifier says to the store, as long as it is the newest one. */
  const sinkFor = (mine: number): VerifySink => {
    const live = () => mine === starts
    return {
      onDevices: (rows) => void (live() && readings.getState().setDevices(rows)),
      onReadings: (columns) => void (live() && readings.getState().addReadings(columns, Date.now())),
      onFrames: (rows) => void (live() && readings.getState().addFrames(rows, Date.now())),
      onRetract({ device, fromTimeMs }) {
        if (live()) for (let i = 0; i < device.length; i++) readings.getState().retract(device[i]!, fromTimeMs[i]!)
      },
      onStatus(status) {
        if (!live()) return
        readings.getState().setStatus(status)
        if (status.chainId !== feeds.getState().chainId) feeds.getState().describe({ chainId: status.chainId })
        if (status.recordedAt) clock.getState().setNow(Date.parse(status.recordedAt))
      },
    }
  }

  const configOf = (feed: FeedId, own: SourcesConfig): SourcesConfig => {
    if (feed === 'live') return own
    const path = feed === 'lesson' ? own.lesson : feed === 'dropped' ? droppedUrl : own.recorded
    return { ...own, mode: 'recorded', recorded: path && (held.get(path) ?? path) }
  }

  const begin = async (feed: FeedId): Promise<void> => {
    const mine = ++starts
    clearTimeout(restart)
    readings.getState().clear()
    feeds.getState().describe({ error: null, mischief: 'none', mischiefDevice: null })
    feeds.getState().activate(feed)
    if (feed === 'live') clock.getState().setNow(Date.now())
    clock.getState().toNow()
    if (!config) return
    const own = current()
    try {
      await own.setModel(model)
      await own.setCheckpoints(feeds.getState().checkpoints)
      await own.start(configOf(feed, config), baseUrl, sinkFor(mine))
    } catch (error) {
      if (!(error instanceof TwinError)) throw error
      if (mine === starts && error.code !== 'WORKER_DIED') feeds.getState().describe({ error })
    }
  }

  const openVerifier = (): Verifier => {
    const own = createVerifier(undefined, () => {
      if (verifier !== own) return
      verifier = null
      feeds
        .getState()
        .describe({ error: new TwinError('WORKER_DIED', 'The verifying worker stopped; it is started again.') })
      restart = setTimeout(() => void begin(feeds.getState().active), RESTART_MS)
    })
    return own
  }

  const current = (): Verifier => {
    verifier ??= openVerifier()
    return verifier
  }

  return {
    /** Reads `sources.json` and begins, when it is time and nobody chose a feed before, with the live one where there is one. */
    async open(time: Promise<void>): Promise<void> {
      try {
        const answer = await fetch(new URL('sources.json', baseUrl))
        if (!answer.ok) throw new TwinError('FILE_UNREADABLE', `sources.json answered ${answer.status}, expected 200.`)
        const own = readSourcesConfig(await answer.json())
        config = { ...own, pins: [...(own.pins ?? []), ...pins] }
        feeds.getState().describe({ checkpoints: (own.checkpoints ?? []).map(readCheckpoint) })
      } catch (error) {
        const told =
          error instanceof TwinError
            ? error
            : new TwinError(
                'FILE_UNREADABLE',
                'The page’s list of sources could not be read; no readings can be shown.',
              )
        feeds.getState().describe({ error: told })
        return
      }
      feeds.getState().describe({ hasLive: config.mode === 'live' })
      await time
      if (starts === 0) await begin(config.mode === 'live' ? 'live' : 'recorded')
    },
    use: begin,
    home: (): FeedId => (config?.mode === 'live' ? 'live' : 'recorded'),
    /** Verifies a dropped bundle as a feed of its own. What is broken is refused first, and the feed on screen stays. */
    async drop(bundle: Blob): Promise<void> {
      await current().openBundle(new Uint8Array(await bundle.arrayBuffer()))
      if (droppedUrl) URL.revokeObjectURL(droppedUrl)
      droppedUrl = URL.createObjectURL(bundle)
      await begin('dropped')
    },
    /** Takes the recordings into memory, so that demo and lesson need no network later. What fails is fetched when it is needed. */
    async hold(): Promise<void> {
      for (const path of [config?.recorded, config?.lesson]) {
        if (!path || held.has(path)) continue
        const answer = await fetch(new URL(path, baseUrl)).catch(() => null)
        if (answer?.ok) held.set(path, URL.createObjectURL(await answer.blob()))
      }
    },
    verifier: current,
    /** Believes these checkpoints of IoTeX from now on; a recording on screen that they speak of is judged again. */
    async believe(checkpoints: readonly IotexCheckpoint[]): Promise<void> {
      const before = feeds.getState().checkpoints
      feeds.getState().describe({ checkpoints })
      await current().setCheckpoints(checkpoints)
      const { active, chainId } = feeds.getState()
      const spoken = [...before, ...checkpoints].some((one) => one.chainId === chainId)
      if (active !== 'live' && spoken) await begin(active)
    },
    /** What the grid simulation says of the feeders, for this feed and those that follow. */
    setModel(next: FeederModel | null): void {
      if (next === null && model === null) return
      model = next
      verifier?.setModel(next).catch(() => {}) // a worker that died is started again with it
    },
    dispose() {
      starts++
      clearTimeout(restart)
      verifier?.dispose()
    },
  }
}

export type Feeds = ReturnType<typeof createFeeds>
