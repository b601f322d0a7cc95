import { createReadStream, readdirSync, type Stats, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}

interface SiteFile {
  readonly path: string
  readonly stats: Stats
}

/** The files of one folder, served under a prefix. Only what was found when it was listed can be asked for. */
export interface SiteFolder {
  /** Answers a GET or HEAD for a path; false when there is no such file. */
  serve(path: string, request: IncomingMessage, response: ServerResponse): boolean
  readonly count: number
}

// names made by the build carry a hash of their contents
const isHashed = (path: string): boolean => /^assets\/.+-[\w-]{8,}\.\w+$/.test(path)

/**
 * Lists a folder once and serves it. Compressed files go out as the plain bytes they are, without a Content-Encoding:
 * the worker that asks for them unpacks them itself.
 */
export function openSiteFolder(folder: string): SiteFolder {
  const files = new Map<string, SiteFile>()
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath ?? entry.path, entry.name)
    files.set(path.slice(folder.length + 1).replaceAll('\\', '/'), { path, stats: statSync(path) })
  }
  return {
    count: files.size,
    serve(path, request, response) {
      const name = path === '' || path.endsWith('/') ? `${path}index.html` : path
      const file = files.get(name)
      if (!file) return false
      const etag = `"${file.stats.size.toString(36)}-${Math.trunc(file.stats.mtimeMs).toString(36)}"`
      const headers: Record<string, string | number> = {
        'Content-Type': TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream',
        'Cache-Control': isHashed(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
        ETag: etag,
      }
      if (request.headers['if-none-match'] === etag) {
        response.writeHead(304, headers).end()
        return true
      }
      response.writeHead(200, { ...headers, 'Content-Length': file.stats.size })
      if (request.method === 'HEAD') response.end()
      else
        createReadStream(file.path)
          .on('error', () => response.destroy())
          .pipe(response)
      return true
    },
  }
}
