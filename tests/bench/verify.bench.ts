import { recoverTypedDataAddress } from 'viem'
import { bench, describe } from 'vitest'
import { crypto, p256 } from '../support/signers.ts'
import { forViem } from '../support/typedFrame.ts'
import { createVerifyCase, FRAMES } from './verifyCases.ts'
import { createBatchRun } from './verifyRate.ts'

// The whole path of a batch: content hash, Merkle root, decoding, signature, chain of the device, judgement, columns.
// Beside it viem's recoverTypedDataAddress on the same frames. Rates for each size of frame, in Node and in a browser's
// worker, come from run.mjs.
const tools = { crypto, p256 }
const ten = createVerifyCase('secp256k1', 10)
const sixty = createVerifyCase('secp256k1', 60)
const p256Ten = createVerifyCase('p256', 10)
const runs = [ten, sixty, p256Ten].map(({ batch }) => createBatchRun(batch, tools))
const viemInput = await Promise.all(ten.frames.map(forViem))

describe(`one batch of ${FRAMES} frames`, () => {
  bench('secp256k1, 10 readings a frame', async () => void (await runs[0]!()), { time: 500 })
  bench('secp256k1, 60 readings a frame', async () => void (await runs[1]!()), { time: 500 })
  bench('P-256, 10 readings a frame', async () => void (await runs[2]!()), { time: 500 })
  bench(
    `viem recoverTypedDataAddress, the same ${FRAMES} frames`,
    async () => {
      for (const input of viemInput) await recoverTypedDataAddress(input)
    },
    { time: 500 },
  )
})
