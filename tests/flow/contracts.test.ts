import { type Abi, encodeAbiParameters, type Hex, keccak256, parseEventLogs, toHex, zeroHash } from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CONTRACT_NAMES, type CompiledContracts, compileContracts } from '../../data/contracts/compile.ts'
import { encodeCall, type Receipt } from '../../data/devnet/devChain.ts'
import { anchorLogAbi, deviceDirectoryAbi, deviceStatusAbi } from '../../src/chain/abis.ts'
import { decodeFrame } from '../../src/proofs/decodeFrame.ts'
import { createDigester } from '../../src/proofs/digest.ts'
import { createFrameView } from '../../src/proofs/frame.ts'
import { startTestChain, TEST_WORK_DIR, type TestChain } from '../support/devchain.ts'
import { createTestSigner, crypto, NO_PREV, someReadings } from '../support/signers.ts'

let on: TestChain
let compiled: CompiledContracts
beforeAll(async () => {
  compiled = compileContracts(TEST_WORK_DIR)
  on = await startTestChain()
}, 60_000) // the compiler takes its time when its cache is cold
afterAll(async () => on.anvil.stop())

let timeS = 0
/** Sends and mines one transaction; reverts show in the receipt. */
async function act(
  from: PrivateKeyAccount,
  to: Hex,
  abi: Abi,
  name: string,
  args: readonly unknown[],
): Promise<Receipt> {
  const hash = await on.chain.send(from, to, encodeCall(abi, name, args))
  timeS = await on.chain.mineAt(timeS + 5)
  return (await on.chain.receipt(hash))!
}
const logsOf = async (receipt: Receipt, abi: Abi) => {
  const raw = (await on.chain.rpc.request('eth_getTransactionReceipt', [receipt.txHash])) as { logs: never[] }
  return parseEventLogs({ abi, logs: raw.logs }) as unknown as { eventName: string; args: Record<string, unknown> }[]
}
/** Names of the errors that some test has met, by contract. */
const met = new Map<Abi, Set<string>>()
async function revertOf(from: PrivateKeyAccount, to: Hex, abi: Abi, data: Hex): Promise<string | null> {
  const found = await on.chain.revertOf(from.address, to, abi, data)
  const name = found?.match(/^(\w+)\(/)?.[1]
  if (name) met.set(abi, (met.get(abi) ?? new Set()).add(name))
  return found
}
const reverts = (from: PrivateKeyAccount, to: Hex, abi: Abi, name: string, args: readonly unknown[]) =>
  revertOf(from, to, abi, encodeCall(abi, name, args))

const plain = (abi: Abi) =>
  JSON.parse(
    JSON.stringify(
      [...abi]
        .map((item) => ({ name: '', ...item }))
        .sort((a, b) => `${a.type} ${a.name}`.localeCompare(`${b.type} ${b.name}`)),
      (key, value: unknown) => {
        const byDefault = key === 'internalType' || value === false || value === ''
        return byDefault ? undefined : value
      },
    ),
  ) as unknown

describe('compileContracts', () => {
  test('default: the typed ABIs are what the compiler says', () => {
    const written = { DeviceDirectory: deviceDirectoryAbi, DeviceStatus: deviceStatusAbi, AnchorLog: anchorLogAbi }
    for (const name of CONTRACT_NAMES) expect(plain(written[name])).toEqual(plain(compiled[name].abi))
  })
  test('behavior: no opcode of a later chain than the one named (PUSH0)', () => {
    for (const name of CONTRACT_NAMES) {
      const code = compiled[name].bytecode
        .slice(2)
        .match(/../g)!
        .map((pair) => Number.parseInt(pair, 16))
      let found = false
      for (let at = 0; at < code.length; at++) {
        const op = code[at]!
        if (op === 0x5f) found = true
        if (op >= 0x60 && op <= 0x7f) at += op - 0x5f
      }
      expect(found).toBe(false)
    }
  })
})

const record = (seed: number, curve: 'secp256k1' | 'p256' = 'secp256k1') => {
  const signer = createTestSigner(curve, seed)
  return {
    device: toHex(signer.address),
    curve: curve === 'p256' ? 2 : 1,
    keyX: toHex(signer.publicKey.slice(1, 33)),
    keyY: toHex(signer.publicKey.slice(33)),
    kind: 0,
    origin: 2,
    validFrom: 1_700_000_000n,
    docHash: toHex(crypto.keccak256(Uint8Array.of(seed))),
  }
}

describe('DeviceDirectory', () => {
  const register = (from: PrivateKeyAccount, batch: readonly unknown[]) =>
    act(from, on.contracts.directory, deviceDirectoryAbi, 'register', [batch])
  const refusal = (from: PrivateKeyAccount, batch: readonly unknown[]) =>
    reverts(from, on.contracts.directory, deviceDirectoryAbi, 'register', [batch])

  test('default: registers in bulk, one slot each, the record in the event', async () => {
    const [a, b] = [record(1), record(2, 'p256')]
    const receipt = await register(on.owner, [a, b])
    expect(receipt.status).toBe('success')
    const logs = await logsOf(receipt, deviceDirectoryAbi)
    expect(logs.map(({ args }) => args)).toEqual(
      [a, b].map((r) =>
        expect.objectContaining({
          curve: r.curve,
          keyX: r.keyX,
          keyY: r.keyY,
          docHash: r.docHash,
          validFrom: r.validFrom,
        }),
      ),
    )
    const types = ['address', 'uint8', 'bytes32', 'bytes32', 'uint8', 'uint8', 'uint64', 'bytes32'].map((type) => ({
      type,
    }))
    const expected = keccak256(encodeAbiParameters(types, Object.values(a)))
    expect(await on.chain.read(on.contracts.directory, deviceDirectoryAbi, 'recordHash', [a.device])).toBe(expected)
    expect(await on.chain.read(on.contracts.directory, deviceDirectoryAbi, 'deviceCount', [])).toBe(2n)
  })
  test('error: every reason to refuse', async () => {
    const fresh = record(9)
    expect(await refusal(on.gateway, [fresh])).toBe('NotOwner()')
    expect(await refusal(on.owner, [record(1)])).toMatch(/^AlreadyRegistered\(0x/)
    expect(await refusal(on.owner, [fresh, fresh])).toMatch(/^AlreadyRegistered\(0x/)
    expect(await refusal(on.owner, [{ ...fresh, curve: 0 }])).toBe('UnknownCurve(0)')
    expect(await refusal(on.owner, [{ ...fresh, curve: 3 }])).toBe('UnknownCurve(3)')
    expect(await refusal(on.owner, [{ ...fresh, origin: 3 }])).toBe('UnknownOrigin(3)')
    expect(await refusal(on.owner, [{ ...fresh, keyX: fresh.keyY }])).toMatch(/^KeyMismatch\(0x/)
    expect((await register(on.gateway, [fresh])).status).toBe('reverted')
  })

  test('default: the EIP-712 digest in Solidity is the one in the browser', async () => {
    const digester = createDigester(crypto)
    const registry = Uint8Array.from(on.contracts.directory.slice(2).match(/../g)!, (pair) => Number.parseInt(pair, 16))
    for (const n of [1, 7, 256]) {
      const signer = createTestSigner('secp256k1', n % 200)
      const readings = someReadings(n, { from: -5 })
      const frame = signer.sign({
        epoch: n,
        seqFirst: 0,
        prev: NO_PREV,
        t0Ms: 1e12 + n,
        readings,
        domain: { chainId: 31337, registry },
      })
      const view = createFrameView()
      expect(decodeFrame(frame, view)).toBeNull()
      const answer = await on.chain.read(on.contracts.directory, deviceDirectoryAbi, 'frameDigest', [
        toHex(view.signed),
      ])
      expect(answer).toEqual([
        toHex(digester.digest(view)),
        expect.stringMatching(new RegExp(toHex(signer.address), 'i')),
      ])
    }
  })
  test('error: a digest is given for frames of this registry only', async () => {
    const signer = createTestSigner('secp256k1')
    const elsewhere = signer
      .sign({ epoch: 0, seqFirst: 0, prev: NO_PREV, t0Ms: 1, readings: someReadings(1) })
      .slice(0, -64)
    const digest = (bytes: Uint8Array) =>
      reverts(on.owner, on.contracts.directory, deviceDirectoryAbi, 'frameDigest', [toHex(bytes)])
    expect(await digest(elsewhere)).toMatch(/^MeantForElsewhere\(31337, /)
    expect(await digest(elsewhere.slice(0, -1))).toBe('NotAFrame()')
    expect(await digest(elsewhere.slice(0, 50))).toBe('NotAFrame()')
    expect(await digest(elsewhere.map((b, i) => (i === 0 ? 0 : b)))).toBe('NotAFrame()')
    expect(await digest(Uint8Array.of(...elsewhere, 0))).toBe('NotAFrame()')
    expect(await digest(new Uint8Array(0))).toBe('NotAFrame()')
    const registry = Uint8Array.from(on.contracts.directory.slice(2).match(/../g)!, (pair) => Number.parseInt(pair, 16))
    const otherChain = signer
      .sign({
        epoch: 0,
        seqFirst: 0,
        prev: NO_PREV,
        t0Ms: 1,
        readings: someReadings(1),
        domain: { chainId: 4689, registry },
      })
      .slice(0, -64)
    expect(await digest(otherChain)).toMatch(/^MeantForElsewhere\(4689, /)
  })
})

describe('DeviceStatus', () => {
  const device = record(1).device
  const call = (from: PrivateKeyAccount, name: string, args: readonly unknown[]) =>
    act(from, on.contracts.status, deviceStatusAbi, name, args)
  const refusal = (from: PrivateKeyAccount, name: string, args: readonly unknown[]) =>
    reverts(from, on.contracts.status, deviceStatusAbi, name, args)

  test('default: the owner revokes, from that block on', async () => {
    const receipt = await call(on.owner, 'revoke', [[device]])
    const [log] = await logsOf(receipt, deviceStatusAbi)
    expect(log).toMatchObject({ eventName: 'DeviceRevoked', args: { revokedAt: BigInt(timeS) } })
    const status = await on.chain.read(on.contracts.status, deviceStatusAbi, 'statusOf', [device])
    expect(status).toEqual([BigInt(receipt.blockNumber), BigInt(timeS), 0n])
  })
  test('behavior: a compromise mark may be back-dated, and only ever reaches further back', async () => {
    expect((await call(on.owner, 'markCompromised', [device, 1000n])).status).toBe('success')
    expect((await call(on.owner, 'markCompromised', [device, 999n])).status).toBe('success')
    expect(await refusal(on.owner, 'markCompromised', [device, 999n])).toBe('LaterThanMarked(999, 999)')
    expect(await refusal(on.owner, 'markCompromised', [device, 1000n])).toBe('LaterThanMarked(1000, 999)')
  })
  test('error: every reason to refuse', async () => {
    expect(await refusal(on.gateway, 'revoke', [[device]])).toBe('NotOwner()')
    expect(await refusal(on.gateway, 'markCompromised', [device, 5n])).toBe('NotOwner()')
    expect(await refusal(on.owner, 'revoke', [[device]])).toMatch(/^AlreadyRevoked\(0x/)
    const fresh = record(30).device
    expect(await refusal(on.owner, 'revoke', [[fresh, fresh]])).toMatch(/^AlreadyRevoked\(0x/)
    expect(await refusal(on.owner, 'revoke', [[fresh]])).toBeNull()
    expect(await refusal(on.owner, 'markCompromised', [device, 0n])).toMatch(/^SinceTheFuture\(0, /)
    expect(await refusal(on.owner, 'markCompromised', [device, 99_999_999_999n])).toMatch(
      /^SinceTheFuture\(99999999999, /,
    )
  })
})

describe('AnchorLog', () => {
  const h = (n: number): Hex => keccak256(toHex(n))
  const fields = (
    seq: number,
    change: Partial<Record<'batchRoot' | 'logRoot' | 'dataHash', Hex>> &
      Partial<Record<'logSize' | 'tMin' | 'tMax', bigint>> & { count?: number } = {},
  ) => [
    BigInt(seq),
    change.batchRoot ?? h(10 + seq),
    change.logRoot ?? h(20 + seq),
    change.logSize ?? BigInt(seq + 1),
    change.count ?? 60,
    change.tMin ?? 1000n,
    change.tMax ?? 2000n,
    change.dataHash ?? h(30 + seq),
  ]
  const anchor = (args: readonly unknown[]) => act(on.gateway, on.contracts.anchorLog, anchorLogAbi, 'anchor', args)
  const refusal = (args: readonly unknown[], from = on.gateway) =>
    reverts(from, on.contracts.anchorLog, anchorLogAbi, 'anchor', args)

  test('default: one slot per gateway and number holds the hash of every field, the event holds the fields', async () => {
    const receipt = await anchor(fields(0))
    const [log] = await logsOf(receipt, anchorLogAbi)
    expect(log!.args).toMatchObject({
      seq: 0n,
      batchRoot: h(10),
      logRoot: h(20),
      logSize: 1n,
      count: 60,
      dataHash: h(30),
      anchoredAt: BigInt(timeS),
    })
    const numbers = ['uint64', 'bytes32', 'bytes32', 'uint64', 'uint32', 'uint64', 'uint64', 'bytes32']
    const types = ['address', ...numbers, 'uint64'].map((type) => ({ type }))
    const expected = keccak256(encodeAbiParameters(types, [on.gateway.address, ...fields(0), BigInt(timeS)]))
    expect(await on.chain.read(on.contracts.anchorLog, anchorLogAbi, 'anchorHash', [on.gateway.address, 0n])).toBe(
      expected,
    )
    expect(await on.chain.read(on.contracts.anchorLog, anchorLogAbi, 'anchorHash', [on.gateway.address, 1n])).toBe(
      zeroHash,
    )
    expect(await on.chain.read(on.contracts.anchorLog, anchorLogAbi, 'nextSeq', [on.gateway.address])).toBe(1n)
  })
  test('behavior: gas stays within 55,300 per batch after the first', async () => {
    const second = await anchor(fields(1))
    const third = await anchor(fields(2, { tMin: BigInt(timeS) * 1000n, tMax: BigInt(timeS) * 1000n + 3999n }))
    console.log(`gas per anchor: ${second.gasUsed} and ${third.gasUsed}`)
    expect(third.status).toBe('success')
    expect(Math.max(second.gasUsed, third.gasUsed)).toBeLessThanOrEqual(55_300)
  })
  test('error: every reason to refuse', async () => {
    const { owner } = on
    expect(await refusal(fields(3), owner)).toMatch(/^NotGateway\(0x/)
    expect(await refusal(fields(2))).toBe('WrongSequence(2, 3)')
    expect(await refusal(fields(4))).toBe('WrongSequence(4, 3)')
    expect(await refusal(fields(3, { logSize: 3n }))).toBe('LogNotGrowing(3, 3)')
    expect(await refusal(fields(3, { logSize: 0n }))).toBe('LogNotGrowing(0, 3)')
    expect(await refusal(fields(3, { count: 0 }))).toBe('EmptyBatch()')
    for (const name of ['batchRoot', 'logRoot', 'dataHash'])
      expect(await refusal(fields(3, { [name]: zeroHash }))).toBe('ZeroHash()')
    expect(await refusal(fields(3, { tMin: 2001n }))).toBe('TimesOutOfOrder(2001, 2000)')
    expect(await refusal(fields(3, { tMax: BigInt(timeS) * 1000n + 3_600_000n }))).toMatch(/^FromTheFuture\(/)
    expect(await refusal(fields(3))).toBeNull()
    expect((await anchor(fields(9))).status).toBe('reverted')
  })
  test('error: a refused batch changes nothing', async () => {
    const read = () => on.chain.read(on.contracts.anchorLog, anchorLogAbi, 'gateways', [on.gateway.address])
    const before = await read()
    expect((await anchor(fields(3, { tMin: 2001n }))).status).toBe('reverted')
    expect(await read()).toEqual(before)
    expect(await on.chain.read(on.contracts.anchorLog, anchorLogAbi, 'anchorHash', [on.gateway.address, 3n])).toBe(
      zeroHash,
    )
  })
  test('error: arguments out of their range, cut or for no function are refused before any check', async () => {
    const good = encodeCall(anchorLogAbi, 'anchor', fields(3))
    const call = (data: Hex) => revertOf(on.gateway, on.contracts.anchorLog, anchorLogAbi, data)
    expect(await call(good)).toBeNull()
    // the sequence number with a bit above its 64, where a hash of raw words would see it and the check would not
    expect(await call(`${good.slice(0, 10)}01${good.slice(12)}` as Hex)).toMatch(/revert/)
    for (const word of [3, 4, 5, 6]) {
      const at = 10 + 64 * word
      expect(await call(`${good.slice(0, at)}80${good.slice(at + 2)}` as Hex)).toMatch(/revert/)
    }
    expect(await call(good.slice(0, -2) as Hex)).toMatch(/revert/)
    expect(await call('0x')).toMatch(/revert/)
    expect(await call('0xdeadbeef')).toMatch(/revert/)
  })
  test('behavior: the skew bound is two minutes after the block', async () => {
    const at = BigInt(timeS + 5) * 1000n // eth_call of anvil runs at the next block's time, which act() will choose
    expect((await anchor(fields(3, { tMax: at + 120_000n }))).status).toBe('success')
    const next = BigInt(timeS + 5) * 1000n
    expect((await anchor(fields(4, { tMax: next + 120_001n }))).status).toBe('reverted')
  })
  test('error: gateways are let in by the owner, once', async () => {
    const register = (from: PrivateKeyAccount, who: Hex) =>
      reverts(from, on.contracts.anchorLog, anchorLogAbi, 'registerGateway', [who])
    expect(await register(on.gateway, on.owner.address)).toBe('NotOwner()')
    expect(await register(on.owner, on.gateway.address)).toMatch(/^AlreadyRegistered\(0x/)
    expect(await register(on.owner, on.owner.address)).toBeNull()
  })
})

test('behavior: every error that a contract can end in was met above', () => {
  for (const abi of [deviceDirectoryAbi, deviceStatusAbi, anchorLogAbi]) {
    const named = abi.filter(({ type }) => type === 'error').map((item) => (item as { name: string }).name)
    expect([...(met.get(abi) ?? [])].sort()).toEqual(named.sort())
  }
})
