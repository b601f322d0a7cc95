import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { cacheDir } from '../../../src/cli/root.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.mjs': 'text/javascript',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
}

export interface Site {
  readonly url: string
  readonly folder: string // what is put here is served
  close(): void
}

/** An empty folder below `.veracity/bench`, served on a free port of this machine; other folders under prefixes. */
export async function openSite(name: string, prefixes: Readonly<Record<string, string>> = {}): Promise<Site> {
  const folder = join(cacheDir, 'bench', name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const known = new Map<string, string>()
  for (const [prefix, from] of Object.entries(prefixes))
    for (const file of readdirSync(from)) known.set(`/${prefix}/${file}`, join(from, file))
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://bench').pathname
    const file =
      known.get(path) ??
      readdirSync(folder)
        .map((entry) => join(folder, entry))
        .find((f) => f.endsWith(path))
    if (!file) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' })
    response.end(readFileSync(file))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    folder,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
