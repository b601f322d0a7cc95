import type { Server } from 'node:http'
import { DEV_POLICY, SECURITY_HEADERS } from '../serve/headers.ts'
import type { PageHandler } from '../serve/pageServer.ts'
import type { Ending } from './shutdown.ts'

/** As {@link SECURITY_HEADERS}, with the policy of the development server. */
export const DEV_HEADERS: Readonly<Record<string, string>> = {
  ...SECURITY_HEADERS,
  'Content-Security-Policy': DEV_POLICY,
}

/** The page from its sources, for people who change it: Vite as a part of this server, its live reload included. */
export async function openDevPage(root: string, server: Server): Promise<{ page: PageHandler; ending: Ending }> {
  const { createServer } = await import('vite')
  const vite = await createServer({
    root,
    appType: 'spa',
    clearScreen: false,
    server: { middlewareMode: true, hmr: { server } },
  })
  return {
    page: (_path, request, response) => vite.middlewares(request, response),
    ending: { title: 'development server', stop: () => vite.close(), kill: () => void vite.close() },
  }
}
