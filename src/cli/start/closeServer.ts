import type { Server } from 'node:http'

/** Stops listening and lets go of every connection, also of those a browser keeps open. */
export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
