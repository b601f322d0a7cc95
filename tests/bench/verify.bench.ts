import { type Hex, hashTypedData, recoverTypedDataAddress } from 'viem'
import { bench, describe } from 'vitest'
import { toHex } from '../../src/base/hex.ts'
import { createBatchChecker } from '../../src/proofs/checkBatch.ts'
import type { Curve } from '../../src/proofs/curve.ts'
import { decodeFrame } from '../../src/proofs/decodeFrame.ts'
import { createDeviceChains } from '../../src/proofs/deviceChains.ts'
import { createDirectory } from '../../src/proofs/directory.ts'
import { createFrameView, type FrameView, HEADER_BYTES } from '../../src/proofs/frame.ts'
import type { BatchCase } from '../../src/proofs/frameRecord.ts'
import { createReadingBuffer } from '../../src/proofs/readingBuffer.ts'
import { crypto, p256, someReadings } from '../support/signers.ts'
import { createWorld, START_MS } from '../support/world.ts'

// The whole path of a batch: content hash, Merkle root, decoding, signature, chain of the device, judgement, columns.
// Beside it, in the same run, viem's recoverTypedDataAddress on the same frames. Seeded by construction: fixed keys,
// fixed times. Floor of the product: 10,000 verified readings a second in one thread at 10 readings a frame.

const FRAMES = 60

function batchOf(curve: Curve, readings: number) {
  const world = createWorld()
  const devices = Array.from({ length: FRAMES }, (_, i) => world.add({ curve, seed: i + 1 }))
  const frames = devices.map((device) => device.frame(START_MS, { readings: someReadings(readings) }))
  const anchor = world.anchor(frames)
  const directory = createDirectory(crypto)
  for (const registration of world.registrations) directory.register(registration)
  const checker = createBatchChecker({ crypto, p256, domain: world.domain, directory })
  const body = world.bodies[0]!
  const buffer = createReadingBuffer()
  return {
    frames,
    async run(): Promise<number> {
      const batch: BatchCase = {
        anchor,
        anchorState: 'confirmed',
        witnessesAgreed: 1,
        witnessesAsked: 1,
        witnessNote: null,
        headerProof: null,
        log: 'extends',
      }
      const records = await checker.checkBody(body, batch)
      if ('verdict' in records) throw new Error(records.sentence)
      const chains = createDeviceChains()
      for (const record of records) {
        chains.insert(record)
        record.settled = true
        buffer.append(record)
      }
      const { length } = buffer.take().value
      if (length !== FRAMES * readings) throw new Error(`verified ${length} readings, expected ${FRAMES * readings}`)
      return length
    },
  }
}

const types = {
  Frame: [
    { name: 'version', type: 'uint8' },
    { name: 'curve', type: 'uint8' },
    { name: 'device', type: 'address' },
    { name: 'epoch', type: 'uint32' },
    { name: 'seqFirst', type: 'uint64' },
    { name: 'prevFrameHash', type: 'bytes32' },
    { name: 't0', type: 'uint64' },
    { name: 'count', type: 'uint16' },
    { name: 'readings', type: 'bytes' },
  ],
} as const

const typed = (view: FrameView) => ({
  domain: { name: 'Veracity Frame', version: '1', chainId: view.chainId, verifyingContract: toHex(view.registry) },
  types,
  primaryType: 'Frame' as const,
  message: {
    version: 1,
    curve: 1,
    device: toHex(view.device),
    epoch: view.epoch,
    seqFirst: BigInt(view.seqFirst),
    prevFrameHash: toHex(view.prev),
    t0: BigInt(view.t0Ms),
    count: view.count,
    readings: toHex(view.signed.subarray(HEADER_BYTES)),
  },
})

/** A frame as viem wants it, its recovery bit found beforehand so that viem recovers once per frame. */
async function forViem(frame: Uint8Array) {
  const view = createFrameView()
  decodeFrame(frame, view)
  const data = typed(view)
  for (const v of ['1b', '1c']) {
    const signature: Hex = `${toHex(view.signature)}${v}`
    if ((await recoverTypedDataAddress({ ...data, signature })).toLowerCase() === data.message.device)
      return { ...data, signature }
  }
  throw new Error(`viem does not know ${hashTypedData(data)}`)
}

const secp10 = batchOf('secp256k1', 10)
const secp60 = batchOf('secp256k1', 60)
const secp1 = batchOf('secp256k1', 1)
const p256x10 = batchOf('p256', 10)
const p256x1 = batchOf('p256', 1)

/** Median rate of several rounds, so that a busy machine does not decide. */
async function rate(perRun: number, run: () => Promise<unknown>, rounds = 5, msPerRound = 250): Promise<number> {
  await run()
  const rates: number[] = []
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    let done = 0
    while (performance.now() - start < msPerRound) {
      await run()
      done += perRun
    }
    rates.push((1000 * done) / (performance.now() - start))
  }
  return rates.sort((a, b) => a - b)[rounds >> 1]!
}
const n = (value: number): string => Math.round(value).toLocaleString('en')

const viemInput = await Promise.all(secp10.frames.map(forViem))
const viemFrames = await rate(10, async () => {
  for (const input of viemInput.slice(0, 10)) await recoverTypedDataAddress(input)
})
const lines: string[] = [`viem recoverTypedDataAddress: ${n(viemFrames)} frames/s`]
for (const [name, readings, one] of [
  ['secp256k1, 60 readings a frame', 60, secp60],
  ['secp256k1, 10 readings a frame', 10, secp10],
  ['secp256k1, 1 reading a frame', 1, secp1],
  ['P-256, 10 readings a frame', 10, p256x10],
  ['P-256, 1 reading a frame', 1, p256x1],
] as const) {
  const frames = await rate(FRAMES, one.run)
  const ratio = (frames / viemFrames).toFixed(1)
  lines.push(`${name}: ${n(frames)} frames/s, ${n(frames * readings)} verified readings/s, ${ratio} × viem`)
}
console.log(lines.join('\n'))

describe(`one batch of ${FRAMES} frames`, () => {
  bench('secp256k1, 10 readings a frame', async () => void (await secp10.run()), { time: 500 })
  bench('secp256k1, 60 readings a frame', async () => void (await secp60.run()), { time: 500 })
  bench('P-256, 10 readings a frame', async () => void (await p256x10.run()), { time: 500 })
  bench(
    `viem recoverTypedDataAddress, the same ${FRAMES} frames`,
    async () => {
      for (const input of viemInput) await recoverTypedDataAddress(input)
    },
    { time: 500 },
  )
})
