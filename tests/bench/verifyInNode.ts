import { crypto, p256 } from '../support/signers.ts'
import type { Figure } from './figure.ts'
import { verifyCases, verifyFigures } from './verifyFigures.ts'
import { verifyRates } from './verifyRate.ts'

/** Verification in one thread of Node. */
export async function verifyInNode(runs: number): Promise<Figure[]> {
  const { cases, viem } = await verifyCases()
  return verifyFigures('Node', await verifyRates(cases, viem, { crypto, p256 }, runs))
}
