import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { TwinError } from '../../../../src/base/errors.ts'
import { findFreePort, takePort } from '../../../../src/cli/serve/port.ts'

const open: Server[] = []
const aServer = (): Server => {
  const server = createServer()
  open.push(server)
  return server
}
afterEach(async () => {
  for (const server of open.splice(0)) await new Promise<void>((resolve) => server.close(() => resolve()))
})

test('default: takes the port it is told', async () => {
  const port = await findFreePort()
  expect(await takePort(aServer(), port, 1)).toBe(port)
})

test('behavior: without an order it takes the first that is free', async () => {
  const first = await takePort(aServer(), undefined, await findFreePort())
  const second = await takePort(aServer(), undefined, first)
  expect(second).toBeGreaterThan(first)
  expect(second).toBeLessThan(first + 20)
})

test('error: PORT_BUSY a port that was asked for is not exchanged', async () => {
  const port = await takePort(aServer(), 0, 0)
  await expect(takePort(aServer(), port, 1)).rejects.toThrow(
    new TwinError('PORT_BUSY', `Port ${port} is taken.`, { port }),
  )
})

test('behavior: this machine only', async () => {
  const server = aServer()
  await takePort(server, 0, 0)
  expect((server.address() as AddressInfo).address).toBe('127.0.0.1')
})
