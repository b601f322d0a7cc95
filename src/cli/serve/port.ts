import { createServer, type Server } from 'node:http'
import { TwinError } from '../../base/errors.ts'

/** This machine only. Nothing of a start is reachable from outside. */
const LOOPBACK = '127.0.0.1'

const listen = (server: Server, port: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false)
      else reject(error)
    }
    server.once('error', failed)
    server.listen(port, LOOPBACK, () => {
      server.removeListener('error', failed)
      resolve(true)
    })
  })

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TwinError('PORT_BUSY', 'The server has no port.')
  return address.port
}

/** How many ports after the wished one are tried before giving up. */
const TRIES = 20

/**
 * Takes a port: exactly the one asked for (0: any that is free), or else the first free one from `first` on.
 *
 * Returns  the port taken
 * Throws   PORT_BUSY when the port asked for, or every one tried, is taken
 */
export async function takePort(server: Server, asked: number | undefined, first: number): Promise<number> {
  if (asked !== undefined) {
    if (await listen(server, asked)) return portOf(server)
    throw new TwinError('PORT_BUSY', `Port ${asked} is taken.`, { port: asked })
  }
  for (let port = first; port < first + TRIES; port++) if (await listen(server, port)) return port
  throw new TwinError('PORT_BUSY', `Ports ${first} to ${first + TRIES - 1} are all taken.`, { port: first })
}

/** A port that is free now, for a child that must be told one. */
export async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, LOOPBACK, resolve)
  })
  const port = portOf(server)
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return port
}
