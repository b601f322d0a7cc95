import { anchorQuery, readAnchor, readLogsBackwards } from '../../src/chain/logs.ts'
import type { Rpc } from '../../src/chain/rpc.ts'
import type { ChainConfig } from '../../src/chain/sourcesConfig.ts'
import type { Anchor } from '../../src/proofs/anchor.ts'
import { type IndexerServer, startIndexerServer } from './indexerServer.ts'

/** What an indexer holds: its rows, and the block it calls its head. */
export interface Index {
  readonly anchors: readonly Anchor[]
  readonly head: { readonly number: number; readonly hash: string; readonly timeS: number }
}

export interface ChainIndexer extends IndexerServer {
  /** What it makes of what it read from the chain. Honest as it comes. */
  tell: (index: Index) => Index
  /** Resolves when somebody asked it from beginning to end that many times more. */
  askedAgain(times: number): Promise<void>
}

/** One anchor as Ponder 0.16.10 writes it. */
const rowOf = (a: Anchor) => ({
  gateway: a.gateway,
  seq: String(a.seq),
  batchRoot: a.batchRoot,
  logRoot: a.logRoot,
  logSize: String(a.logSize),
  count: a.count,
  tMin: String(a.tMinMs),
  tMax: String(a.tMaxMs),
  dataHash: a.dataHash,
  anchoredAt: String(a.anchoredAtMs / 1000),
  blockNumber: String(a.blockNumber),
  blockHash: a.blockHash,
  txHash: a.txHash,
  logIndex: a.logIndex,
})

async function readIndex(rpc: Rpc, config: ChainConfig): Promise<Index> {
  const block = (await rpc.request('eth_getBlockByNumber', ['latest', false])) as Record<string, string>
  const head = { number: Number(block.number), hash: block.hash!, timeS: Number(block.timestamp) }
  const anchors: Anchor[] = []
  const { signal } = new AbortController()
  for await (const { logs } of readLogsBackwards(rpc, anchorQuery(config), config.fromBlock, head.number, signal)) {
    anchors.push(...logs.map(readAnchor).filter((anchor) => anchor !== null))
  }
  return { anchors, head }
}

/** An indexer over HTTP that reads a real chain anew for every question, and may then say something else. */
export async function startChainIndexer(rpc: Rpc, config: ChainConfig): Promise<ChainIndexer> {
  const self = { tell: (index: Index): Index => index }
  const server = await startIndexerServer({
    graphql({ query, variables }, response) {
      void readIndex(rpc, config)
        .then((index) => {
          const { anchors, head } = self.tell(index)
          const from = Number(variables.from)
          const items = anchors
            .filter(({ blockNumber }) => blockNumber >= from)
            .sort((a, b) => b.blockNumber - a.blockNumber)
          const data = query.includes('head(')
            ? { head: { blockNumber: String(head.number), blockHash: head.hash, timestamp: String(head.timeS) } }
            : { anchors: { items: items.map(rowOf), pageInfo: { hasNextPage: false, endCursor: null } } }
          response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }))
        })
        .catch(() => response.destroy())
    },
  })
  const rounds = (): number => server.questions.filter(({ query }) => !query.includes('head(')).length
  return Object.assign(self, server, {
    async askedAgain(times: number): Promise<void> {
      // one more: the round that is under way may have begun before
      const enough = rounds() + times + 1
      while (rounds() < enough) await new Promise((wait) => setTimeout(wait, 20))
    },
  })
}
