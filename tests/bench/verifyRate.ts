import { recoverTypedDataAddress } from 'viem'
import { createBatchChecker } from '../../src/proofs/checkBatch.ts'
import type { ProofCrypto } from '../../src/proofs/crypto.ts'
import { createDeviceChains } from '../../src/proofs/deviceChains.ts'
import { createDirectory } from '../../src/proofs/directory.ts'
import type { BatchCase } from '../../src/proofs/frameRecord.ts'
import type { P256Verifier } from '../../src/proofs/p256.ts'
import { createReadingBuffer } from '../../src/proofs/readingBuffer.ts'
import type { VerifyCase, ViemInput } from './verifyCases.ts'

/** The whole path of a batch: content hash, Merkle root, decoding, signatures, chains of devices, judgement, columns. */
export function createBatchRun(
  { readings, body, anchor, domain, registrations }: VerifyCase,
  { crypto, p256 }: { crypto: ProofCrypto; p256: P256Verifier },
): () => Promise<number> {
  const directory = createDirectory(crypto)
  for (const registration of registrations) directory.register(registration)
  const checker = createBatchChecker({ crypto, p256, domain, directory })
  const buffer = createReadingBuffer()
  const batch: BatchCase = {
    anchor,
    anchorState: 'confirmed',
    witnessesAgreed: 1,
    witnessesAsked: 1,
    witnessNote: null,
    headerProof: null,
    log: 'extends',
  }
  return async () => {
    const records = await checker.checkBody(body, batch)
    if ('verdict' in records) throw new Error(records.sentence)
    const chains = createDeviceChains()
    for (const record of records) {
      chains.insert(record)
      record.settled = true
      buffer.append(record)
    }
    const { length } = buffer.take().value
    const expected = registrations.length * readings
    if (length !== expected) throw new Error(`verified ${length} readings, expected ${expected}`)
    return length
  }
}

const MS_A_ROUND = 300

async function perSecond(run: () => Promise<number>): Promise<number> {
  const start = performance.now()
  let done = 0
  do done += await run()
  while (performance.now() - start < MS_A_ROUND)
  return (1000 * done) / (performance.now() - start)
}

/** Verified readings a second of each case, and frames a second of viem beside them; rounds interleaved, all of them. */
export async function verifyRates(
  cases: readonly VerifyCase[],
  viem: readonly ViemInput[],
  tools: { crypto: ProofCrypto; p256: P256Verifier },
  rounds: number,
): Promise<{ readings: number[][]; viemFrames: number[] }> {
  const ours = cases.map((batch) => createBatchRun(batch, tools))
  const theirs = async () => {
    for (const input of viem) await recoverTypedDataAddress(input)
    return viem.length
  }
  for (const run of [...ours, theirs]) await run()
  const readings: number[][] = cases.map(() => [])
  const viemFrames: number[] = []
  for (let round = 0; round < rounds; round++) {
    for (const [c, run] of ours.entries()) readings[c]!.push(await perSecond(run))
    viemFrames.push(await perSecond(theirs))
  }
  return { readings, viemFrames }
}
