import { type IncomingMessage, request, type ServerResponse } from 'node:http'

/** An upstream that is part of this start, and what to call it in a sentence. */
export interface Upstream {
  readonly url: string // 'http://127.0.0.1:8545'
  readonly title: string // 'The chain'
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify(body))
}

export const answerError = (response: ServerResponse, status: number, sentence: string): void =>
  answerJson(response, status, { error: sentence })

/** Reads a request body up to a limit; null when it is larger. */
export async function readBody(incoming: IncomingMessage, limitBytes: number): Promise<string | null> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of incoming as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > limitBytes) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

const PASSED_ON = ['content-type', 'cache-control', 'etag', 'retry-after'] as const

/**
 * Sends one request on and streams the answer back. Of its headers only the type and the hash travel; cookies and
 * permissions of other origins never do. A dead or mute upstream becomes a 502 with one sentence.
 */
export function forward(
  upstream: Upstream,
  target: { readonly method: string; readonly path: string; readonly body: string | null; readonly timeoutMs: number },
  response: ServerResponse,
): void {
  const headers: Record<string, string | number> =
    target.body === null ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(target.body) }
  const outgoing = request(
    new URL(target.path, upstream.url),
    { method: target.method, headers, timeout: target.timeoutMs },
    (incoming) => {
      const kept: Record<string, string> = { 'Cache-Control': 'no-store' }
      for (const name of PASSED_ON) {
        const value = incoming.headers[name]
        if (typeof value === 'string') kept[name] = value
      }
      response.writeHead(incoming.statusCode ?? 502, kept)
      incoming.pipe(response)
      incoming.on('error', () => response.destroy())
    },
  )
  outgoing.on('timeout', () => outgoing.destroy(new Error('timeout')))
  outgoing.on('error', () => {
    if (!response.writableEnded) answerError(response, 502, `${upstream.title} does not answer.`)
  })
  response.on('close', () => outgoing.destroy())
  outgoing.end(target.body ?? undefined)
}
