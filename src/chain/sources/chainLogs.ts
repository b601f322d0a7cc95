import { TwinError } from '../../base/errors.ts'
import { anchorQuery, type RawLog, readAnchor, readLogsBackwards } from '../logs.ts'
import type { Rpc } from '../rpc.ts'
import { defineSource, type SourceContext, type SourceSink } from '../source.ts'
import type { ChainConfig } from '../sourcesConfig.ts'

/** Blocks read before the past is read in the background, so that the newest anchors come at once. */
const FIRST_SPAN = 200

const anchorsOf = (logs: readonly RawLog[]) =>
  logs
    .map(readAnchor)
    .filter((anchor) => anchor !== null)
    .reverse()

/** Anchors from the viewer's own endpoint: the newest at once, then the past page by page, then each new head. */
export const chainLogs = defineSource({
  id: 'chain-logs',
  title: 'The chain itself',
  standing: 'own-rpc',
  isConfigured: ({ chain }) => chain !== null,
  async run(context, sink) {
    const { config, rpc, signal } = context
    if (!config.chain || !rpc) throw new TwinError('CHAIN_UNREACHABLE', 'No chain endpoint is configured.')
    const { fromBlock } = config.chain
    const query = anchorQuery(config.chain)
    sink.state('starting', 'Reading the chain.')
    let readTo = -1
    let past: Promise<void> | null = null
    let pastIsRead = false
    let failure: unknown = null
    for await (const { head, withdrawnFrom } of context.heads(signal)) {
      if (failure) throw failure
      if (past === null) {
        const first = Math.max(fromBlock, head.number - FIRST_SPAN + 1)
        for await (const { logs } of readLogsBackwards(rpc, query, first, head.number, signal))
          sink.anchors(anchorsOf(logs))
        past = readPast(rpc, config.chain, first - 1, context, sink).then(
          () => {
            pastIsRead = true
            sink.complete(readTo)
          },
          (error: unknown) => {
            failure = error
          },
        )
      } else {
        const first = Math.max(fromBlock, Math.min(readTo + 1, withdrawnFrom ?? Infinity))
        const pages = readLogsBackwards(rpc, query, first, head.number, signal)
        for await (const { logs } of pages) sink.anchors(anchorsOf(logs))
      }
      readTo = head.number
      if (pastIsRead) sink.complete(readTo)
      sink.state('ok', 'Reading the chain itself.')
    }
    await past
  },
})

async function readPast(
  rpc: Rpc,
  chain: ChainConfig,
  toBlock: number,
  { signal }: SourceContext,
  sink: SourceSink,
): Promise<void> {
  if (toBlock < chain.fromBlock) return
  for await (const { logs } of readLogsBackwards(rpc, anchorQuery(chain), chain.fromBlock, toBlock, signal)) {
    sink.anchors(anchorsOf(logs))
  }
}
