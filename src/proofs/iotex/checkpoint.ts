import { z } from 'zod'
import { TwinError } from '../../base/errors.ts'
import type { Hex } from '../../base/hex.ts'

z.config({ jitless: true })

/** Delegates that propose and endorse in one epoch (iotex-core, blockchain/genesis: NumDelegates). */
export const DELEGATES = 24

/**
 * A checkpoint older than this is not believed: whoever may withdraw a stake after this time risks nothing any more by
 * endorsing another past with old keys (iotex-core, blockchain/genesis: WithdrawWaitingPeriod, 3 days).
 */
export const MAX_CHECKPOINT_AGE_MS = 3 * 86_400_000

/**
 * Who the delegates of one epoch are, as the viewer got to know it from somebody it trusts. An IoTeX header says nothing
 * of the next epoch's delegates, so this cannot be derived from blocks: it has to be pinned, epoch by epoch, and renewed.
 */
export interface IotexCheckpoint {
  readonly chainId: number
  readonly epoch: number
  readonly fromHeight: number // first block of the epoch
  readonly toHeight: number // last block of the epoch
  readonly delegates: readonly Hex[] // addresses of the operators' keys
  readonly takenAtMs: number // when the viewer's source vouched for it
}

const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, 'an address of 20 bytes')
  .transform((text) => text.toLowerCase() as Hex)

const checkpoint = z
  .object({
    format: z.literal('veracity-iotex-checkpoint'),
    version: z.literal(1),
    chainId: z.union([z.literal(4689), z.literal(4690)]),
    epoch: z.number().int().positive(),
    fromHeight: z.number().int().positive(),
    toHeight: z.number().int().positive(),
    delegates: z.array(address).length(DELEGATES),
    takenAt: z.iso.datetime(),
  })
  .refine((c) => c.fromHeight <= c.toHeight, 'the epoch ends before it begins')
  .refine((c) => new Set(c.delegates).size === DELEGATES, 'a delegate is named twice')

/** Checks the content of a checkpoint file. Throws FORMAT_BROKEN naming what is wrong. */
export function readCheckpoint(value: unknown): IotexCheckpoint {
  const result = checkpoint.safeParse(value)
  if (!result.success) {
    const [issue] = result.error.issues
    const field = issue?.path.join('.') || 'the file'
    throw new TwinError('FORMAT_BROKEN', `Checkpoint: ${field}: ${issue?.message ?? 'not readable'}.`, { field })
  }
  const { chainId, epoch, fromHeight, toHeight, delegates, takenAt } = result.data
  return { chainId, epoch, fromHeight, toHeight, delegates, takenAtMs: Date.parse(takenAt) }
}

/** Why a checkpoint says nothing of a block of this height now; null when it does. */
export function checkpointFault(of: IotexCheckpoint, chainId: number, height: number, nowMs: number): string | null {
  if (of.chainId !== chainId) return `The checkpoint is of chain ${of.chainId}, not ${chainId}.`
  if (height < of.fromHeight || height > of.toHeight)
    return `Block ${height} is not of epoch ${of.epoch}, whose delegates the checkpoint names (blocks ${of.fromHeight} to ${of.toHeight}).`
  const days = (nowMs - of.takenAtMs) / 86_400_000
  if (nowMs - of.takenAtMs > MAX_CHECKPOINT_AGE_MS)
    return `The checkpoint is ${days.toFixed(1)} days old; after ${MAX_CHECKPOINT_AGE_MS / 86_400_000} days its delegates risk nothing by lying.`
  return of.takenAtMs - nowMs > 3_600_000 ? 'The checkpoint is dated in the future.' : null
}
