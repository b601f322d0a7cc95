import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { TwinError } from '../../base/errors.ts'
import { defineCommand } from '../command.ts'
import { numberOption } from '../numberOption.ts'
import { projectRoot } from '../root.ts'
import { type Backstage, createPageServer, serveSite } from '../serve/pageServer.ts'
import { takePort } from '../serve/port.ts'
import { openSiteFolder } from '../serve/siteFiles.ts'
import { closeServer } from '../start/closeServer.ts'
import { createShutdown, onSignals } from '../start/shutdown.ts'

const FIRST_PORT = 4610

/** Serves the static site as any static host would: the same files and headers, no chain, no services. */
export const preview = defineCommand({
  name: 'preview',
  usage: '[--port N]',
  summary: 'serve the static site from dist/',
  options: { port: { type: 'string' } },
  async run(args, io) {
    const asked = numberOption(args, 'port', 0, 65_535)
    const dist = join(projectRoot, 'dist')
    if (!existsSync(join(dist, 'index.html')))
      throw new TwinError('FILE_UNREADABLE', 'There is no built site in dist/. Run "npm run build" first.')
    const nobody: Backstage = {
      sources: () => JSON.parse(readFileSync(join(dist, 'sources.json'), 'utf8')) as unknown,
      rpc: () => null,
      gateway: () => null,
      indexer: () => null,
      indexerHealth: () => ({ state: 'off' }),
    }
    const server = createPageServer(nobody, serveSite(openSiteFolder(dist)))
    const port = await takePort(server, asked, FIRST_PORT)
    const shutdown = createShutdown(io.err)
    shutdown.add({ title: 'page', stop: () => closeServer(server), kill: () => server.closeAllConnections() })
    const untie = onSignals(shutdown, io.err)
    if (asked === undefined && port !== FIRST_PORT) io.err(`Port ${FIRST_PORT} is taken; using ${port}.`)
    io.out(`Veracity is ready: http://127.0.0.1:${port}/`)
    await shutdown.ended
    untie()
    return 0
  },
})
