import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { killLeft, ROOT, runVeracity } from '../support/startedProduct.ts'

afterAll(killLeft)

test('default: build writes a site that preview serves, without a chain', async () => {
  const built = runVeracity(['build', '--quiet'])
  expect(await built.ended).toBe(0)
  expect(built.out()).toBe('')
  for (const file of ['index.html', 'sources.json', 'city/astana.vcity.gz'])
    expect(existsSync(join(ROOT, 'dist', file)), file).toBe(true)

  const preview = runVeracity(['preview', '--port', '0'])
  const url = await preview.url
  const page = await fetch(`${url}/`)
  expect(page.headers.get('content-security-policy')).toContain("object-src 'none'")
  // no script or style points at the root of the host, so that it works from any sub-path
  expect(await page.text()).not.toMatch(/<(?:script|link rel="(?:stylesheet|modulepreload)")[^>]* (?:src|href)="\//)
  const sources = (await (await fetch(`${url}/sources.json`)).json()) as Record<string, unknown>
  expect(sources).toMatchObject({ mode: 'recorded', chain: null, gateway: null, indexer: null })
  expect((await fetch(`${url}/city/astana.vcity.gz`)).headers.get('content-encoding')).toBeNull()
  const rpc = await fetch(`${url}/rpc`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}',
  })
  expect(rpc.status).toBe(502)
  preview.child.kill('SIGINT')
  expect(await preview.ended).toBe(0)
})
