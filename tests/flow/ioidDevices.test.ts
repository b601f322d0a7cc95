import { secp256k1 } from '@bitauth/libauth'
import { type Hex, keccak256, toHex as viemHex } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromHex } from '../../src/base/hex.ts'
import { systemClock } from '../../src/chain/clock.ts'
import { ioidV1 } from '../../src/chain/directories/ioidV1.ts'
import { watchDirectory } from '../../src/chain/directoryWatch.ts'
import { createHeads } from '../../src/chain/heads.ts'
import type { DirectoryEvent } from '../../src/chain/logs.ts'
import { readSourcesConfig } from '../../src/chain/sourcesConfig.ts'
import { decodeBundle } from '../../src/proofs/decodeBundle.ts'
import { readSignedPart } from '../../src/proofs/decodeFrame.ts'
import { createDigester } from '../../src/proofs/digest.ts'
import { createDirectory } from '../../src/proofs/directory.ts'
import { encodeBundle } from '../../src/proofs/encodeBundle.ts'
import { encodeSignedPart, joinSignature } from '../../src/proofs/encodeFrame.ts'
import { AT, createFrameView } from '../../src/proofs/frame.ts'
import { verdictOf } from '../../src/proofs/judge.ts'
import { verifyBundle } from '../../src/proofs/verifyBundle.ts'
import { addressOf, type IoidChain, startIoidChain } from '../support/ioid/ioidChain.ts'
import { crypto, NO_PREV, p256, someReadings } from '../support/signers.ts'
import { createWorld, START_MS } from '../support/world.ts'

let on: IoidChain
beforeAll(async () => {
  on = await startIoidChain()
  await on.register(5, [1, 2])
}, 120_000)
afterAll(async () => on.stop())

const NOWHERE: Hex = `0x${'99'.repeat(20)}`
const configOf = () =>
  readSourcesConfig({
    mode: 'live',
    chain: {
      rpc: on.rpc.url,
      chainId: 4690,
      anchorLog: NOWHERE,
      directory: on.contracts.registry,
      status: NOWHERE,
      fromBlock: 0,
      witnesses: 1,
      ioid: {
        ioID: on.contracts.ioID,
        project: 5,
        kind: 'smart-meter',
        origin: 'real-device',
        registryCode: null,
        ioIDCode: null,
      },
    },
    gateway: 'gateway',
    indexer: null,
    recorded: null,
    lesson: null,
  }).chain!
const list = async () => {
  const { ioid, directory, chainId } = configOf()
  const { devices } = await ioidV1.list({
    ...{
      rpc: on.rpc,
      chainId,
      contracts: { registry: directory, ioID: ioid!.ioID },
      pins: {},
      project: 5,
      fromBlock: 0,
    },
    ...{ kind: 'smart-meter', origin: 'real-device', maxDevices: 100, signal: AbortSignal.timeout(30_000) },
  })
  return devices
}

/** A frame of a device whose key signed its registration on the chain. */
function frameOf(device: number, signer = device, registry: Hex = on.contracts.registry): Uint8Array {
  const domain = { chainId: 4690, registry: fromHex(registry)! }
  const address = fromHex(addressOf(device))!
  const fields = { epoch: 0, seqFirst: 0, prev: NO_PREV, t0Ms: START_MS, readings: someReadings(3, { flags: 0 }) }
  const signed = encodeSignedPart({ curve: 'secp256k1', domain, device: address, ...fields })
  const view = createFrameView()
  readSignedPart(signed, signed.length, view)
  const key = fromHex(keccak256(viemHex(signer)))!
  return joinSignature(signed, secp256k1.signMessageHashCompact(key, createDigester(crypto).digest(view)) as Uint8Array)
}
/** The frames in one anchored batch, judged against the devices that ioID lists. */
async function judge(frames: readonly Uint8Array[], witnessed = true, known?: Awaited<ReturnType<typeof list>>) {
  const world = createWorld({ chainId: 4690 })
  world.mine(1_000) // after every registration
  world.anchor(frames)
  const devices = known ?? (await list())
  const bundle = {
    ...world.bundle(),
    contracts: { ...world.bundle().contracts, directory: on.contracts.registry },
    devices: devices.map(({ registration, document }) => ({ registration, document })),
  }
  const witness = {
    ask: async () => [{ says: 'knows', who: 'a', why: '' } as const],
    needed: 1,
    registrations: devices.map(({ registration }) => registration),
    statuses: [],
  }
  const checked = await verifyBundle(bundle, { crypto, p256 }, witnessed ? { witness } : {})
  return { checked, bundle }
}

describe('frames of ioID’s devices', () => {
  test('default: proven by a key that the chain knows by its address alone', async () => {
    const { checked } = await judge([frameOf(1), frameOf(2)])
    expect(checked.records.map(verdictOf)).toEqual(['OK', 'OK'])
    expect(checked.directory.rows(4690, true)[0]).toMatchObject({ trust: 'device-proved', origin: 'real-device' })
  })
  test('error: BAD_SIGNATURE by another device, UNKNOWN_DEVICE for one that is not registered, WRONG_DOMAIN elsewhere', async () => {
    const { checked } = await judge([frameOf(1, 2), frameOf(3), frameOf(1, 1, NOWHERE), frameOf(2)])
    expect(checked.records.map(verdictOf)).toEqual(['BAD_SIGNATURE', 'UNKNOWN_DEVICE', 'WRONG_DOMAIN', 'OK'])
  })
  test('error: no bit of a frame may be flipped, whether its key was met before or not', async () => {
    const good = frameOf(1)
    const devices = await list()
    let kept = 0
    for (let bit = 0; bit < good.length * 8; bit += 7) {
      if (AT.count <= bit >> 3 && bit >> 3 < AT.count + 2) continue // then the world could not tell its times
      const altered = good.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
      for (const frames of [[altered], [good, altered]]) {
        const { records } = (await judge(frames, false, devices)).checked
        const accepted = records.filter((record) => verdictOf(record) === 'OK').map(({ bytes }) => Buffer.from(bytes))
        expect(accepted.some((bytes) => bytes.equals(altered))).toBe(false)
        kept += accepted.length
      }
    }
    expect(kept).toBeGreaterThan(150) // the honest frame beside the altered one, where the batch still could be read
  }, 60_000)
  test('behavior: a bundle keeps such a device, with and without its key', async () => {
    const { bundle, checked } = await judge([frameOf(1)], false)
    const keyless = decodeBundle(crypto, encodeBundle(crypto, bundle))
    expect(keyless.devices).toEqual(bundle.devices)
    expect((await verifyBundle(keyless, { crypto, p256 })).records.map(verdictOf)).toEqual(['OK'])
    const learnt = checked.directory.find(fromHex(addressOf(1))!)!
    const kept = { ...bundle, devices: [{ registration: learnt.registration!, document: null }] }
    const again = decodeBundle(crypto, encodeBundle(crypto, kept))
    expect(again.devices[0]!.registration.publicKey).toHaveLength(65)
    expect((await verifyBundle(again, { crypto, p256 })).records.map(verdictOf)).toEqual(['OK'])
  })
})

describe('watching ioID', () => {
  test('default: devices are named as they come, removed as they go, and replaced code is said', async () => {
    const stop = new AbortController()
    const heads = createHeads({ rpc: on.rpc, chainId: 4690, clock: systemClock, pollMs: 20 })
    const events: DirectoryEvent[] = []
    const alarms: (string | null)[] = []
    const { registryCode: _, ...unpinned } = configOf().ioid!
    const codeHash = (await ioidCode()) as Hex
    const config = { ...configOf(), ioid: { ...unpinned, registryCode: codeHash } }
    const sink = {
      withdraw: () => {},
      events: (more: readonly DirectoryEvent[]) => void events.push(...more),
      alarm: (sentence: string | null) => void alarms.push(sentence),
    }
    const running = Promise.all([
      heads.run(stop.signal),
      watchDirectory({ rpc: on.rpc, config, heads, clock: systemClock }, sink, stop.signal),
    ])
    const names = (): Hex[] => events.flatMap((e) => (e.kind === 'registration' ? [e.registration.device] : []))
    await expect.poll(names, { timeout: 20_000 }).toEqual([2, 1].map(addressOf))
    await on.register(5, [4])
    await on.register(6, [5]) // of another project
    await expect.poll(names, { timeout: 20_000 }).toEqual([2, 1, 4].map(addressOf))
    const { blockNumber } = await on.remove(2)
    const statuses = () => events.flatMap((e) => (e.kind === 'status' ? [e.status] : []))
    await expect
      .poll(statuses, { timeout: 20_000 })
      .toEqual([expect.objectContaining({ device: addressOf(2), kind: 'revoked', blockNumber })])
    expect(alarms.every((sentence) => sentence === null)).toBe(true)
    await on.replaceRegistry()
    await expect.poll(() => alarms.at(-1), { timeout: 20_000 }).toMatch(/^THE CODE OF ioIDRegistry WAS REPLACED/)
    stop.abort()
    await running

    const directory = createDirectory(crypto)
    for (const event of events) {
      if (event.kind === 'registration') {
        directory.register(event.registration)
        directory.addDocuments([event.document])
      }
      if (event.kind === 'status') directory.addStatus(event.status)
    }
    expect(
      directory.rows(4690, true).map(({ address, title, revokedBlock }) => [address, title, revokedBlock]),
    ).toEqual([2, 1, 4].map(addressOf).map((device, i) => [device, `did:io:${device}`, i === 0 ? blockNumber : null]))
  }, 90_000)
  const ioidCode = async (): Promise<string> => {
    const { ioid, directory, chainId } = configOf()
    const { code } = await ioidV1.list({
      ...{
        rpc: on.rpc,
        chainId,
        contracts: { registry: directory, ioID: ioid!.ioID },
        pins: {},
        project: 5,
        fromBlock: null,
      },
      ...{ kind: 'smart-meter', origin: 'real-device', maxDevices: 100, signal: AbortSignal.timeout(30_000) },
    })
    return code[0]!.codeHash
  }
})
