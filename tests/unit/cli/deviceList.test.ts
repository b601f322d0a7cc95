import { type Hex, keccak256 } from 'viem'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { directories } from '../../../src/chain/directories/index.ts'
import { documentOf, veracity } from '../../support/commandLine.ts'
import { CODE, madeUp, SERVED, startIoidServer } from '../../support/ioid/ioidServer.ts'

let server: Awaited<ReturnType<typeof startIoidServer>>
beforeAll(async () => {
  server = await startIoidServer()
})
beforeEach(() => server.lie())
afterAll(() => server.stop())

const contracts = ['--contract', `registry=${SERVED.registry}`, '--contract', `ioID=${SERVED.ioID}`]
const list = (...more: string[]) =>
  veracity('device', 'list', '--directory', 'ioid-v1', '--rpc', server.url, '--project', '5', ...more)

describe('device list', () => {
  interface Listed {
    readonly trust: string
    readonly devices: readonly {
      address: string
      trust: string
      origin: string
      kind: string
      registeredBlock: number
    }[]
    readonly code: readonly { state: string }[]
  }
  test('default: one JSON document with every device, its trust class and origin', async () => {
    const answer = await list(...contracts, '--json', '--kind', 'air-quality', '--origin', 'simulated')
    expect(answer.code).toBe(0)
    const { devices, trust, code } = documentOf<Listed>(answer)
    expect(trust).toBe('device-proved')
    expect(code.map(({ state }) => state)).toEqual(['open', 'open'])
    expect(devices.map(({ address }) => address)).toEqual([3, 2, 1].map(madeUp))
    expect(devices[0]).toMatchObject({ trust: 'device-proved', origin: 'simulated', kind: 'air-quality' })
  })
  test('behavior: words for people, the trust first', async () => {
    const lines = (await list(...contracts)).out.split('\n')
    expect(lines[0]).toBe('ioID, version 1, chain 4689, block 100: 3 devices, 0 removed')
    expect(lines[1]).toMatch(/^trust: proved by the device\. The device signed its own registration/)
    expect(lines.at(-1)).toBe(`${madeUp(1)} smart-meter, real-device`)
  })
  test('behavior: exit 1 and an alarm on stderr when the code is not the pinned one', async () => {
    const good = `registry=${keccak256(CODE)}`
    expect((await list(...contracts, '--pin', good)).code).toBe(0)
    const { code, err, out } = await list(...contracts, '--pin', `registry=${keccak256('0x01')}`, '--json')
    expect(code).toBe(1)
    expect(err).toMatch(/ALARM: THE CODE OF ioIDRegistry WAS REPLACED/)
    expect((JSON.parse(out) as Listed).devices.map(({ trust }) => trust)).toEqual(Array(3).fill('operator-asserted'))
  })
  test('behavior: at the published addresses, the published implementations are expected', async () => {
    const { deployments } = directories.find(({ id }) => id === 'ioid-v1')!
    const { contracts: published, implementations } = deployments[0]!
    const { registry, ioID } = published as { registry: Hex; ioID: Hex }
    const main = await startIoidServer(undefined, { registry, ioID })
    const ask = () =>
      veracity('device', 'list', '--directory', 'ioid-v1', '--rpc', main.url, '--project', '5', '--json')
    const replaced = await ask()
    expect([replaced.code, replaced.err.match(/ALARM: THE CODE OF \w+ WAS REPLACED/g)?.length]).toEqual([1, 2])
    main.lie({
      method: (method, [contract]) => {
        const behind = implementations[contract === registry ? 'registry' : 'ioID']!
        return method === 'eth_getStorageAt' ? `0x${'00'.repeat(12)}${behind.slice(2)}` : undefined
      },
    })
    const asListed = await ask()
    expect([asListed.code, documentOf<Listed>(asListed).code.map(({ state }) => state)]).toEqual([
      0,
      ['listed', 'listed'],
    ])
    await main.stop()
  })
  test.each([
    [
      'no directory',
      ['device', 'list', '--rpc', 'http://x'],
      /--directory is missing, expected one of own, ioid-v1, ioid-v2/,
    ],
    ['an unknown directory', ['device', 'list', '--directory', 'peaq', '--rpc', 'http://x'], /--directory is peaq/],
    ['no endpoint', ['device', 'list', '--directory', 'ioid-v1'], /no --rpc/],
    ['an endpoint that is no URL', ['device', 'list', '--directory', 'ioid-v1', '--rpc', 'x'], /--rpc is "x"/],
    ['no project', ['device', 'list', '--directory', 'ioid-v1', '--rpc', 'http://x'], /one project/],
    ['no address', ['device', 'list', '--directory', 'ioid-v2', '--rpc', 'http://x'], /No address of "registry"/],
    [
      'a contract it does not have',
      ['device', 'list', '--directory', 'ioid-v2', '--rpc', 'http://x', '--contract', `store=0x${'11'.repeat(20)}`],
      /registry=0x…/,
    ],
    [
      'a short pin',
      ['device', 'list', '--directory', 'ioid-v1', '--rpc', 'http://x', '--project', '1', '--pin', 'ioID=0x11'],
      /32 bytes/,
    ],
    [
      'a kind nobody knows',
      ['device', 'list', '--directory', 'ioid-v1', '--rpc', 'http://x', '--project', '1', '--kind', 'toaster'],
      /--kind is toaster/,
    ],
    [
      'another chain',
      ['device', 'list', '--directory', 'ioid-v1', '--rpc', 'URL', '--project', '5', '--chain', '4690'],
      /serves chain 4689, expected 4690/,
    ],
    [
      'a dead endpoint',
      ['device', 'list', '--directory', 'ioid-v1', '--rpc', 'http://127.0.0.1:9', '--project', '5'],
      /does not answer/,
    ],
  ])('error: exit 2 and one line for %s', async (_, argv, sentence) => {
    const { code, out, err } = await veracity(...argv.map((word) => (word === 'URL' ? server.url : word)))
    expect([code, out]).toEqual([2, ''])
    const lines = err.split('\n').filter((line) => line !== '' && !line.startsWith('asking'))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(sentence)
  })
})
