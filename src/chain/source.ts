import type { PipelineStatus } from '../model/trust.ts'
import type { Anchor } from '../proofs/anchor.ts'
import type { HeadEvent } from './heads.ts'
import type { Rpc } from './rpc.ts'
import type { SourcesConfig } from './sourcesConfig.ts'

/** Time as a source sees it, so that tests can bring their own. */
export interface Clock {
  nowMs(): number
  /** Resolves after `ms`, or at once when the signal aborts; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

export type Fetch = (url: string, init?: RequestInit) => Promise<Response>

/** What a source may use of its surroundings. */
export interface SourceContext {
  readonly config: SourcesConfig
  /** A path of the config as an absolute URL. */
  resolve(path: string): string
  readonly fetch: Fetch
  readonly clock: Clock
  /** The viewer's own endpoint; null when no chain is configured. */
  readonly rpc: Rpc | null
  /** New heads of the viewer's own endpoint, the present one first. Ends when the signal aborts. */
  heads(signal: AbortSignal): AsyncIterable<HeadEvent>
  /** Aborts when the source is to stop. */
  readonly signal: AbortSignal
}

/** Where a source puts what it learns. */
export interface SourceSink {
  /** Anchors in any order; repeats do no harm. Newest first makes the page quick. */
  anchors(anchors: readonly Anchor[]): void
  /** Every anchor the source will name up to this block has been named. */
  complete(toBlock: number): void
  /** A whole recorded bundle, as read. */
  bundle(bytes: Uint8Array): void
  /** How the source is doing; `words` is one sentence for the status line. */
  state(state: 'starting' | 'ok', words: string): void
}

/**
 * Something that names anchors. What a `hint` says counts only after the viewer's own endpoint confirmed it;
 * `own-rpc` is the viewer's endpoint itself; `file` is a recorded bundle.
 */
export interface SourceDefinition {
  readonly id: PipelineStatus['source']
  readonly title: string
  readonly standing: 'own-rpc' | 'hint' | 'file'
  isConfigured(config: SourcesConfig): boolean
  /**
   * Feeds the sink until the signal aborts, then resolves.
   * Throws a TwinError when the source cannot go on; whoever runs it starts it again with a growing pause,
   * so a run must begin by naming everything anew.
   */
  run(context: SourceContext, sink: SourceSink): Promise<void>
}

/** Types a source where it is written, so that a mistake shows there and not at its use. */
export const defineSource = (source: SourceDefinition): SourceDefinition => source
