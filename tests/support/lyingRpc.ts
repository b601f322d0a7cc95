import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Answer {
  result?: unknown
  error?: unknown
}

/** Changes what an endpoint answers; returns the answer as it came to be honest. */
export type RpcLie = (method: string, params: readonly unknown[], answer: Answer) => Answer | Promise<Answer>

export interface LyingRpc {
  readonly url: string
  lie: RpcLie
  close(): Promise<void>
}

/** An endpoint of its own over HTTP: asks an honest one, and passes the answers on as it likes. */
export async function startLyingRpc(honestUrl: string): Promise<LyingRpc> {
  const self = { lie: ((_, __, answer) => answer) as RpcLie }
  const server = createServer((request, response) => {
    void (async () => {
      let text = ''
      for await (const part of request) text += part
      const asked = JSON.parse(text) as { id: unknown; method: string; params: unknown[] }
      const honest = await fetch(honestUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: text,
      })
      const { result, error } = (await honest.json()) as Answer
      const told = await self.lie(asked.method, asked.params, error === undefined ? { result } : { error })
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ jsonrpc: '2.0', id: asked.id, ...told }))
    })().catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(self, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  })
}
