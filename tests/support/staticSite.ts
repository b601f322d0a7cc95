import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { ROOT, runVeracity } from './startedProduct.ts'

export const DIST = join(ROOT, 'dist')

/** Builds the static site into `dist/`, as `npm run build` does. */
export async function buildSite(): Promise<void> {
  const built = runVeracity(['build', '--quiet'])
  if ((await built.ended) !== 0) throw new Error(`The site does not build:\n${built.said()}`)
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

export interface PlainHost {
  readonly url: string // of the site, with the sub-path
  readonly server: Server
}

/** Somebody's static host: the built folder under a sub-path, no headers but a type, nothing else on it. */
export async function hostPlainly(subPath: string): Promise<PlainHost> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname)
    const inside = path.startsWith(subPath) ? normalize(`/${path.slice(subPath.length)}`) : null
    const file = inside && join(DIST, inside.endsWith('/') ? `${inside}index.html` : inside)
    if (!file || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
    createReadStream(file).pipe(response)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${subPath}`, server }
}
