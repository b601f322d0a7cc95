import { z } from 'zod'
import { TwinError } from '../../base/errors.ts'
import { type GridReading, READING_QUANTITIES } from '../../model/gridReading.ts'
import type { ProofLevel } from '../../model/trust.ts'
import { shaped } from '../readJson.ts'

const id = z.union([z.number(), z.string()])
const proof = z.union([0, 1, 2, 3, 4, 5].map((level) => z.literal(level as ProofLevel)))
const reading = z.strictObject({
  device: z.string().min(1),
  quantity: z.enum(READING_QUANTITIES),
  node: id.optional(),
  branch: id.optional(),
  end: z.enum(['from', 'to']).optional(),
  value: z.number(),
  sigma: z.number().positive(),
  proof,
})

/**
 * Readings as a file lists them: `[{device, quantity, node | branch and end, value, sigma, proof}]`, in pu, W and var.
 *
 * Throws   FORMAT_BROKEN naming the reading and its member; GRID_INVALID for one without a place
 */
export function readReadings(document: unknown, path: string): GridReading[] {
  return shaped(z.array(reading), document, path).map(({ node, branch, end, ...rest }, k): GridReading => {
    if (node !== undefined && branch === undefined) return { ...rest, at: { node } }
    if (branch !== undefined && node === undefined) return { ...rest, at: { branch, end: end ?? 'from' } }
    throw new TwinError('GRID_INVALID', `The readings are wrong at "${k}": expected a node or a branch.`, {
      field: `${k}.node`,
    })
  })
}
