import { TwinError } from '../../src/base/errors.ts'
import { createBackoff } from '../../src/chain/clock.ts'
import type { SourceContext, SourceDefinition, SourceSink } from '../../src/chain/source.ts'
import type { PipelineStatus } from '../../src/model/trust.ts'
import type { Anchor } from '../../src/proofs/anchor.ts'

export interface RunnerSink {
  anchors(source: SourceDefinition, anchors: readonly Anchor[]): void
  complete(source: SourceDefinition, toBlock: number): void
  bundle(bytes: Uint8Array): void
  changed(): void
}

/** Which source is in use, and how the hint, if there is one, is doing. */
export interface SourceRunner {
  readonly active: PipelineStatus['source']
  readonly hint: 'off' | 'starting' | 'ok' | 'unreachable'
  readonly words: string
  readonly incomplete: boolean
  /** The hint was caught withholding: read the chain beside it until it names everything again. */
  distrust(yes: boolean): void
  run(signal: AbortSignal): Promise<void>
}

/**
 * Runs the sources of a live page. The chain itself is read at once and for as long as the hint (an indexer) is not up,
 * not trusted, or gone; while the hint is well the chain rests. Anchors may come from both: they are told apart by
 * content, so switching neither loses nor doubles one.
 */
export function createSourceRunner(
  own: SourceDefinition,
  hint: SourceDefinition | null,
  contextFor: (signal: AbortSignal) => SourceContext,
  sink: RunnerSink,
): SourceRunner {
  let hintState: SourceRunner['hint'] = hint ? 'starting' : 'off'
  let distrusted = false
  let words = ''
  let ownStop: AbortController | null = null

  const sinkFor = (source: SourceDefinition, onState: SourceSink['state']): SourceSink => ({
    anchors: (anchors) => sink.anchors(source, anchors),
    complete: (toBlock) => sink.complete(source, toBlock),
    bundle: (bytes) => sink.bundle(bytes),
    state(state, text) {
      words = text
      onState(state, text)
      sink.changed()
    },
  })

  /** Runs a source again and again, with growing pauses, until the signal aborts. */
  const supervise = async (
    source: SourceDefinition,
    signal: AbortSignal,
    onState: SourceSink['state'],
    onFailure: (error: TwinError) => void,
  ): Promise<void> => {
    const backoff = createBackoff()
    while (!signal.aborted) {
      const context = contextFor(signal)
      try {
        await source.run(
          context,
          sinkFor(source, (state, text) => {
            if (state === 'ok') backoff.reset()
            onState(state, text)
          }),
        )
      } catch (error) {
        if (signal.aborted) return
        onFailure(error instanceof TwinError ? error : new TwinError('CHAIN_UNREACHABLE', String(error)))
        sink.changed()
      }
      await context.clock.sleep(backoff.nextMs(), signal)
    }
  }

  const settle = (signal: AbortSignal): void => {
    const wanted = hintState !== 'ok' || distrusted
    if (wanted && !ownStop && !signal.aborted) {
      ownStop = new AbortController()
      void supervise(
        own,
        AbortSignal.any([signal, ownStop.signal]),
        () => {},
        () => {},
      )
    } else if (!wanted && ownStop) {
      ownStop.abort()
      ownStop = null
    }
    sink.changed()
  }

  let settleAgain: () => void = () => {}
  return {
    get active() {
      return hint && hintState === 'ok' && !distrusted ? hint.id : own.id
    },
    get hint() {
      return hintState
    },
    get incomplete() {
      return distrusted
    },
    get words() {
      return words
    },
    distrust(yes) {
      if (distrusted === yes) return
      distrusted = yes
      settleAgain()
    },
    async run(signal) {
      settleAgain = () => settle(signal)
      settle(signal)
      if (!hint) return
      await supervise(
        hint,
        signal,
        (state) => {
          hintState = state
          settle(signal)
        },
        () => {
          hintState = 'unreachable'
          settle(signal)
        },
      )
    },
  }
}
