import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { documentOf, veracity } from '../../support/commandLine.ts'

let server: Server
let url = ''
beforeAll(async () => {
  server = createServer((request, response) => {
    let text = ''
    request.on('data', (part: Buffer) => {
      text += part.toString()
    })
    request.on('end', () => {
      const stake = '3000000000000000000000000'
      const result = text.includes('"block"')
        ? { header: { height: 9, total_supply: `1250000000${'0'.repeat(24)}`, gas_price: '100000000' } }
        : { epoch_height: 3, current_validators: [{ account_id: 'v', stake }] }
      response.end(text.includes('eth_') ? 'no' : JSON.stringify({ jsonrpc: '2.0', id: 1, result }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

describe('network live', () => {
  interface Live {
    readonly kind: string
    readonly why: string | null
    readonly figures: readonly { id: string; value: string; unit: string; amount: string }[]
  }
  test('default: figures exactly, and that nothing is proven', async () => {
    const ran = await veracity('network', 'live', 'near', '--url', url)
    expect(ran.code).toBe(0)
    expect(ran.out).toContain('NEAR. Said by 127.0.0.1')
    expect(ran.out).toContain('not proven here')
    expect(ran.out).toContain('Supply in all: 1250000000 NEAR')
  })
  test('default: as a document', async () => {
    const { kind, figures } = documentOf<Live>(await veracity('network', 'live', 'near', '--url', url, '--json'))
    expect(kind).toBe('live')
    expect(figures).toContainEqual(expect.objectContaining({ id: 'staked', value: '3', unit: 'NEAR' }))
  })
  test('error: a broken endpoint gives the labelled snapshot, or nothing, and 1', async () => {
    const filecoin = await veracity('network', 'live', 'filecoin', '--url', url)
    expect(filecoin.code).toBe(1)
    expect(filecoin.out).toContain('SNAPSHOT of 2025-09-09')
    expect(filecoin.out).toContain('In circulation: 781950000 FIL')
    const iotex = await veracity('network', 'live', 'iotex', '--url', url)
    expect(iotex.code).toBe(1)
    expect(iotex.out).toContain('No snapshot is known.')
  })
  test.each([
    [['bitcoin'], 'expected one of iotex'],
    [[], 'expected one: one of iotex'],
    [['near', '--url', 'ftp://x'], 'expected an http or https URL'],
    [['near', '--url', 'http://'], 'expected an http or https URL'],
  ])('error: %j', async (args, words) => {
    const ran = await veracity('network', 'live', ...args)
    expect(ran.code).toBe(2)
    expect(ran.err).toContain(words)
  })
})
