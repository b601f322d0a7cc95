import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface GraphqlQuestion {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** What a loopback indexer answers: data for JSON as Ponder shapes it, or anything at all through the raw response. */
export interface IndexerScript {
  health?(): unknown
  graphql(question: GraphqlQuestion, response: ServerResponse): unknown
}

export interface IndexerServer {
  readonly url: string
  readonly questions: GraphqlQuestion[]
  close(): Promise<void>
}

async function readJson(request: IncomingMessage): Promise<GraphqlQuestion> {
  let text = ''
  for await (const part of request) text += part
  return JSON.parse(text) as GraphqlQuestion
}

/** Starts a loopback server that looks like the page server's `/indexer`. */
export async function startIndexerServer(script: IndexerScript): Promise<IndexerServer> {
  const questions: GraphqlQuestion[] = []
  const server = createServer((request, response) => {
    const send = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    if (request.url === '/health') {
      if (script.health) send(200, script.health())
      else send(404, {})
      return
    }
    void readJson(request).then((question) => {
      questions.push(question)
      const data = script.graphql(question, response)
      if (data !== undefined) send(200, { data })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    questions,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

const word = (n: number): string => `0x${n.toString(16).padStart(64, '0')}`
export const blockHash = (block: number): string => word(0xb10c00000 + block)
const GATEWAY = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266'

/** One anchor row exactly as Ponder 0.16.10 writes it: 64-bit numbers as text, small ones as numbers. */
export const anchorRow = (seq: number, block: number) => ({
  gateway: GATEWAY,
  seq: String(seq),
  batchRoot: word(0x1000 + seq),
  logRoot: word(0x2000 + seq),
  logSize: String(seq + 1),
  count: 320,
  tMin: String(1_795_407_000_000 + 1_000 * seq),
  tMax: String(1_795_407_060_000 + 1_000 * seq),
  dataHash: word(0x3000 + seq),
  anchoredAt: String(1_795_407_080 + seq),
  blockNumber: String(block),
  blockHash: blockHash(block),
  txHash: word(0x4000 + seq),
  logIndex: 0,
})

export const headRow = (block: number) => ({
  head: { blockNumber: String(block), blockHash: blockHash(block), timestamp: '1795407080' },
})

/** An honest index over `anchors`, with pages of `rows`. */
export function answerHonestly(
  { query, variables }: GraphqlQuestion,
  head: number,
  anchors: readonly ReturnType<typeof anchorRow>[],
  rows: number,
): unknown {
  if (query.includes('head(')) return headRow(head)
  const from = Number(variables.from)
  const found = anchors
    .filter((row) => Number(row.blockNumber) >= from)
    .sort((a, b) => Number(b.blockNumber) - Number(a.blockNumber))
  const start = variables.after === null ? 0 : Number(variables.after)
  const hasNextPage = start + rows < found.length
  return {
    anchors: {
      items: found.slice(start, start + rows),
      pageInfo: { hasNextPage, endCursor: hasNextPage ? String(start + rows) : null },
    },
  }
}
