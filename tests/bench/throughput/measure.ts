import { recoverTypedDataAddress } from 'viem'
import { createBatchChecker } from '../../../src/proofs/checkBatch.ts'
import { createProofCrypto, type ProofCrypto } from '../../../src/proofs/crypto.ts'
import type { Curve } from '../../../src/proofs/curve.ts'
import { decodeFrame } from '../../../src/proofs/decodeFrame.ts'
import { createDeviceChains } from '../../../src/proofs/deviceChains.ts'
import { createDigester } from '../../../src/proofs/digest.ts'
import { createFrameView } from '../../../src/proofs/frame.ts'
import { createP256Verifier } from '../../../src/proofs/p256.ts'
import { createReadingBuffer } from '../../../src/proofs/readingBuffer.ts'
import { forViem } from '../../support/typedFrame.ts'
import { type BenchBatch, DOMAIN, makeBatch } from './batches.ts'

// The whole path of a batch in one thread: content hash, Merkle root, decoding, digest, signature, chain of the device,
// judgement, columns. Rounds of all cases take turns, so that a busy machine slows all of them alike; medians.

export interface Figures {
  /** Verified readings a second in this thread, by `curve/readings per frame`. */
  readonly readingsPerS: Readonly<Record<string, number>>
  /** The same per second of processor time of all threads, where that can be told: a shared machine matters less. */
  readonly perCpuS: Readonly<Record<string, number>> | null
  /** Digest and signature alone, of one frame with ten readings. */
  readonly signaturesPerS: number
  /** viem's recoverTypedDataAddress on the same frames. */
  readonly viemPerS: number
}

const CASES: readonly (readonly [Curve, number])[] = [
  ['secp256k1', 60],
  ['secp256k1', 10],
  ['secp256k1', 1],
  ['p256', 60],
  ['p256', 10],
  ['p256', 1],
]
const FRAMES = 240
const ROUNDS = 5
const ROUND_MS = 400

/** Verifies one batch from its body on; returns how many readings came out. */
function runnerOf(crypto: ProofCrypto, { body, anchor, directory, frames }: BenchBatch, perFrame: number) {
  const p256 = createP256Verifier(globalThis.crypto.subtle)
  const checker = createBatchChecker({ crypto, p256, domain: DOMAIN, directory })
  const buffer = createReadingBuffer()
  return async (): Promise<number> => {
    const facts = {
      anchorState: 'confirmed',
      witnessesAgreed: 1,
      witnessesAsked: 1,
      witnessNote: null,
      headerProof: null,
      log: 'extends',
    } as const
    const records = await checker.checkBody(body, { anchor, ...facts })
    if ('verdict' in records) throw new Error(records.sentence)
    const chains = createDeviceChains()
    for (const record of records) {
      chains.insert(record)
      record.settled = true
      buffer.append(record)
    }
    const { length } = buffer.take().value
    if (length !== frames.length * perFrame) throw new Error(`${length} readings came out of ${frames.length} frames.`)
    return length
  }
}

type CpuMs = () => number

async function rateOf(run: () => Promise<number>, cpuMs: CpuMs | null): Promise<[number, number]> {
  const start = performance.now()
  const cpuStart = cpuMs?.() ?? 0
  let done = 0
  do done += await run()
  while (performance.now() - start < ROUND_MS)
  return [(1000 * done) / (performance.now() - start), cpuMs ? (1000 * done) / (cpuMs() - cpuStart) : 0]
}
const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!

/** Measures in this thread, whatever it is. `cpuMs` is the processor time of the whole process. */
export async function measure(cpuMs: CpuMs | null = null): Promise<Figures> {
  const crypto = await createProofCrypto()
  const runs = new Map<string, () => Promise<number>>()
  for (const [curve, perFrame] of CASES) {
    runs.set(`${curve}/${perFrame}`, runnerOf(crypto, await makeBatch(crypto, curve, FRAMES, perFrame), perFrame))
  }
  const ten = await makeBatch(crypto, 'secp256k1', 20, 10)
  const viemInput = await Promise.all(ten.frames.map(forViem))
  runs.set('viem', async () => {
    for (const input of viemInput) await recoverTypedDataAddress(input)
    return viemInput.length
  })
  const digester = createDigester(crypto)
  const view = createFrameView()
  runs.set('signatures', async () => {
    for (const frame of ten.frames) {
      decodeFrame(frame, view)
      const key = ten.directory.find(view.device)!.registration!.publicKey
      if (!crypto.verifySecp256k1(view.signature, key, digester.digest(view))) throw new Error('A signature fails.')
    }
    return ten.frames.length
  })

  const rates = new Map<string, [number, number][]>([...runs.keys()].map((name) => [name, []]))
  for (const run of runs.values()) await run() // warm-up
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of runs) rates.get(name)!.push(await rateOf(run, cpuMs))
  }
  const of = (name: string, which: 0 | 1 = 0): number => median(rates.get(name)!.map((pair) => pair[which]))
  const table = (which: 0 | 1) =>
    Object.fromEntries(CASES.map(([curve, n]) => [`${curve}/${n}`, of(`${curve}/${n}`, which)]))
  return {
    readingsPerS: table(0),
    perCpuS: cpuMs ? table(1) : null,
    signaturesPerS: of('signatures'),
    viemPerS: of('viem'),
  }
}
