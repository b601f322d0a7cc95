import { TwinError } from '../../base/errors.ts'
import { defineSource, type SourceContext, type SourceSink } from '../source.ts'
import { askGraphql, isStarting } from './askIndexer.ts'
import { ANCHORS_QUERY, HEAD_QUERY, type IndexHead, PAGE_ROWS, readAnchorPage, readIndexHead } from './ponderAnswers.ts'

const POLL_MS = 1_000
/** Blocks that are asked for again each time: Ponder itself takes back at most 30, others more. */
const OVERLAP_BLOCKS = 64
/** How far behind the chain it may be before the page says so. */
const LAG_BLOCKS = 5
/** How often in a row its head may be unknown to the viewer's endpoint before it counts as being on another fork. */
const PATIENCE = 5
/** No city has a million anchors in a session; an indexer that goes on and on is not read to its end. */
const MOST_PAGES = Math.ceil(1_000_000 / PAGE_ROWS)

/**
 * How the viewer's own endpoint sees the block that the indexer calls its head: the same block, another one, or none yet.
 * 'unknown' when it cannot be asked just now.
 */
async function standingOf(
  { rpc, signal }: SourceContext,
  head: IndexHead,
): Promise<'same' | 'other' | 'ahead' | 'unknown'> {
  if (!rpc) return 'unknown'
  try {
    const block = await rpc.request('eth_getBlockByNumber', [`0x${head.number.toString(16)}`, false], signal)
    if (block === null) return 'ahead'
    const hash = typeof block === 'object' && 'hash' in block ? block.hash : undefined
    if (typeof hash !== 'string') return 'unknown'
    return hash.toLowerCase() === head.hash ? 'same' : 'other'
  } catch (error) {
    if (signal.aborted) throw error
    return 'unknown' // that the endpoint is away is told by those who need it
  }
}

async function lagOf({ rpc, signal }: SourceContext, head: IndexHead): Promise<number> {
  try {
    const latest = await rpc?.request('eth_blockNumber', [], signal)
    return typeof latest === 'string' ? Math.max(0, Number(latest) - head.number) : 0
  } catch (error) {
    if (signal.aborted) throw error
    return 0
  }
}

/** Names every anchor from a block on, newest first. */
async function nameAnchors(context: SourceContext, url: string, from: number, sink: SourceSink): Promise<void> {
  const seen = new Set<string>()
  let after: string | null = null
  for (let page = 0; page < MOST_PAGES; page++) {
    const variables = { from: String(from), after }
    const { anchors, next } = readAnchorPage(
      await askGraphql(context.fetch, url, ANCHORS_QUERY, variables, context.signal),
    )
    if (anchors.length > 0) sink.anchors(anchors)
    if (next === null) return
    if (seen.has(next)) break // the same page over and over
    seen.add(next)
    after = next
  }
  throw new TwinError('INDEXER_UNREACHABLE', 'The list of anchors of the indexer has no end.')
}

/**
 * The project's Ponder index over GraphQL: quick, and believed in nothing. It names anchors; the viewer's own endpoint
 * confirms each. Its head is compared with the viewer's chain, because an index behind a deep reorganisation keeps
 * serving rows that are no longer there, and calls itself ready.
 */
export const ponder = defineSource({
  id: 'ponder',
  title: 'Indexer',
  standing: 'hint',
  isConfigured: (config) => config.mode === 'live' && config.chain !== null && config.indexer !== null,
  async run(context, sink) {
    try {
      await follow(context, sink)
    } catch (error) {
      if (!context.signal.aborted) throw error
    }
  },
})

async function follow(context: SourceContext, sink: SourceSink): Promise<void> {
  const { config, clock, fetch, signal } = context
  const base = context.resolve(config.indexer ?? '').replace(/\/$/, '')
  const first = config.chain?.fromBlock ?? 0
  let complete = first - 1
  let strange = 0
  for (; !signal.aborted; await clock.sleep(POLL_MS, signal)) {
    if (complete < first && (await isStarting(fetch, `${base}/health`, signal))) {
      sink.state('starting', 'The indexer is still starting.')
      continue
    }
    // its head first: whatever is added while the pages are read lies above it
    const head = readIndexHead(await askGraphql(fetch, `${base}/graphql`, HEAD_QUERY, {}, signal))
    if (!head) {
      sink.state('starting', 'The indexer has not read any block yet.')
      continue
    }
    const standing = await standingOf(context, head)
    if (standing === 'other') {
      strange++
      if (strange < PATIENCE) continue
      throw new TwinError('INDEXER_UNREACHABLE', 'The indexer follows a chain that your endpoint does not know.', {
        indexerBlock: head.number,
        indexerHash: head.hash,
      })
    }
    strange = 0
    const from = complete < first ? first : Math.max(first, Math.min(complete, head.number) - OVERLAP_BLOCKS)
    await nameAnchors(context, `${base}/graphql`, from, sink)
    if (standing === 'ahead') {
      sink.state('ok', 'The indexer is ahead of your endpoint.')
      continue
    }
    complete = head.number
    sink.complete(complete)
    const lag = await lagOf(context, head)
    if (lag > LAG_BLOCKS) sink.state('starting', `The indexer is ${lag} blocks behind the chain.`)
    else sink.state('ok', 'The indexer names the anchors, the chain confirms them.')
  }
}
