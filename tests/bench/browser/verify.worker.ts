import { createProofCrypto } from '../../../src/proofs/crypto.ts'
import { createP256Verifier } from '../../../src/proofs/p256.ts'
import { verifyRates } from '../verifyRate.ts'
import { unpack, type VerifyOrder } from './verifyOrder.ts'

// one worker as the product has it: takes the cases, answers with the rates
self.onmessage = async ({ data }: MessageEvent<string>) => {
  const { cases, viem, rounds } = unpack(data) as VerifyOrder
  const tools = { crypto: await createProofCrypto(), p256: createP256Verifier(crypto.subtle) }
  self.postMessage(await verifyRates(cases, viem, tools, rounds))
}
