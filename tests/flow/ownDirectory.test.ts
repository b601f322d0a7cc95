import { type Abi, type Hex, toHex } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeCall } from '../../data/devnet/devChain.ts'
import { deviceDirectoryAbi, deviceStatusAbi } from '../../src/chain/abis.ts'
import { directories } from '../../src/chain/directories/index.ts'
import type { DirectoryListing, DirectoryRequest } from '../../src/chain/directory.ts'
import type { Rpc } from '../../src/chain/rpc.ts'
import { createDirectory } from '../../src/proofs/directory.ts'
import { startTestChain, type TestChain } from '../support/devchain.ts'
import { createTestSigner, crypto, type TestSigner } from '../support/signers.ts'

let on: TestChain
const devices = [createTestSigner('secp256k1', 1), createTestSigner('p256'), createTestSigner('secp256k1', 3)]
const act = async (to: Hex, abi: Abi, name: string, args: readonly unknown[]): Promise<void> => {
  await on.chain.send(on.owner, to, encodeCall(abi, name, args))
  await on.chain.mineAt(0)
}
const record = ({ address, curve, publicKey }: TestSigner, i: number) => ({
  device: toHex(address),
  curve: curve === 'p256' ? 2 : 1,
  keyX: toHex(publicKey.slice(1, 33)),
  keyY: toHex(publicKey.slice(33)),
  kind: i,
  origin: i,
  validFrom: 1_700_000_000n,
  docHash: toHex(crypto.keccak256(Uint8Array.of(i))),
})
beforeAll(async () => {
  on = await startTestChain()
  await act(on.contracts.directory, deviceDirectoryAbi, 'register', [devices.map(record)])
  await act(on.contracts.status, deviceStatusAbi, 'revoke', [[toHex(devices[2]!.address)]])
}, 60_000)
afterAll(async () => on.anvil.stop())

const list = (change: Partial<DirectoryRequest> = {}): Promise<DirectoryListing> =>
  directories
    .find(({ id }) => id === 'own')!
    .list({
      rpc: on.chain.rpc,
      chainId: 31337,
      contracts: { directory: on.contracts.directory, status: on.contracts.status },
      pins: {},
      project: null,
      fromBlock: 0,
      kind: 'smart-meter',
      origin: 'real-device',
      maxDevices: 100,
      signal: AbortSignal.timeout(30_000),
      ...change,
    })
/** The chain's own answers, but for what a test changes. */
const lying = (change: (method: string, answer: unknown) => unknown): Rpc => ({
  url: on.chain.rpc.url,
  request: async (method, params, signal) => change(method, await on.chain.rpc.request(method, params, signal)),
})

describe('own directory', () => {
  test('default: every device with key, kind, origin and revocation as registered, whatever the reader assumes', async () => {
    const found = await list()
    expect(found).toMatchObject({ trust: 'project-registered', alarms: [], removed: [] })
    const byAddress = new Map(found.devices.map((device) => [device.registration.device, device]))
    for (const [i, signer] of devices.entries()) {
      const { registration, document, revocation } = byAddress.get(toHex(signer.address))!
      expect(registration).toMatchObject({ curve: signer.curve, publicKey: signer.publicKey, kind: i, origin: i })
      expect(document).toMatchObject({
        directory: 'own',
        trust: 'project-registered',
        origin: ['real-device', 'replayed', 'simulated'][i],
        originSaidBy: 'registration',
      })
      expect(revocation?.kind).toBe(i === 2 ? 'revoked' : undefined)
    }
    const directory = createDirectory(crypto)
    expect(found.devices.map(({ registration }) => directory.register(registration))).toEqual([true, true, true])
    expect(directory.rows(31337, true).map(({ trust }) => trust)).toEqual(Array(3).fill('project-registered'))
  })
  test('behavior: an endpoint that withholds a registration is caught by the contract’s own count', async () => {
    const withholding = lying((method, answer) => (method === 'eth_getLogs' ? (answer as unknown[]).slice(1) : answer))
    expect((await list({ rpc: withholding })).alarms).toEqual([expect.stringMatching(/counts 3 devices.* show 2/)])
  })
  test('error: an endpoint that alters or invents one is caught by the contract’s slot', async () => {
    const altering = lying((method, answer) =>
      method === 'eth_getLogs'
        ? (answer as { data: string }[]).map((log) => ({
            ...log,
            data: log.data.replace(/.$/, (d) => (d === '0' ? '1' : '0')),
          }))
        : answer,
    )
    await expect(list({ rpc: altering })).rejects.toMatchObject({ code: 'DIRECTORY_BROKEN' })
  })
  test('behavior: replaced code is said loudly here too', async () => {
    const [{ codeHash }] = (await list()).code as [DirectoryListing['code'][number]]
    expect((await list({ pins: { directory: { codeHash } } })).alarms).toEqual([])
    expect((await list({ pins: { status: { codeHash } } })).alarms).toEqual([
      expect.stringMatching(/^THE CODE OF status WAS REPLACED/),
    ])
  })
  test('error: more than were bargained for', async () => {
    await expect(list({ maxDevices: 2 })).rejects.toMatchObject({ code: 'DIRECTORY_BROKEN' })
  })
})
