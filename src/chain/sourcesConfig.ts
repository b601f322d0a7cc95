import { z } from 'zod'
import { TwinError } from '../base/errors.ts'
import type { Hex } from '../base/hex.ts'
import { ORIGINS } from '../base/honesty.ts'
import { DEVICE_KINDS } from '../model/device.ts'

z.config({ jitless: true }) // zod would probe eval, which the page's policy forbids

const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, 'an address of 20 bytes')
  .transform((text) => text.toLowerCase() as Hex)

const hash = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/, 'a hash of 32 bytes')
  .transform((text) => text.toLowerCase() as Hex)

/** Devices come from ioID, version 1, whose registry then stands as `directory`. */
const ioidConfig = z.object({
  ioID: address,
  project: z.number().int().positive(),
  kind: z.enum(DEVICE_KINDS), // of all its devices; ioID does not say
  origin: z.enum(ORIGINS), // likewise
  registryCode: hash.nullable(), // what the proxies must run; null: nobody knows
  ioIDCode: hash.nullable(),
})

const chainConfig = z.object({
  rpc: z.string().min(1), // relative to the page, or absolute
  socket: z.string().min(1).optional(), // where the same endpoint takes eth_subscribe; absent: it is polled
  chainId: z.number().int().positive(),
  anchorLog: address,
  directory: address,
  status: address,
  fromBlock: z.number().int().nonnegative(), // where the contracts were deployed
  otherRpcs: z.array(z.string().min(1)).optional(), // independent endpoints beside the viewer's own
  witnesses: z.number().int().min(1), // k: how many endpoints, the own one among them, must agree
  ioid: ioidConfig.nullish(), // absent: `directory` is a DeviceDirectory of this project
})

const sourcesConfig = z.object({
  mode: z.enum(['live', 'recorded']),
  chain: chainConfig.nullable(),
  gateway: z.string().min(1).nullable(),
  indexer: z.string().min(1).nullable(),
  recorded: z.string().min(1).nullable(),
  lesson: z.string().min(1).nullable(),
  pins: z.array(hash).optional(), // block hashes that whoever serves the page knows to be right
  checkpoints: z.array(z.unknown()).optional(), // of IoTeX, as files hold them; checked where they are used
})

/** The chain a page reads, and the contracts on it. */
export type ChainConfig = z.infer<typeof chainConfig>
/** `sources.json` at the page's root: where verified readings come from. */
export type SourcesConfig = z.infer<typeof sourcesConfig>

/**
 * Checks the content of `sources.json`.
 *
 * Throws   FORMAT_BROKEN naming the field, also when mode is live without a chain or recorded without a file
 */
export function readSourcesConfig(value: unknown): SourcesConfig {
  const result = sourcesConfig.safeParse(value)
  if (!result.success) {
    const [issue] = result.error.issues
    const field = issue?.path.join('.') || 'sources.json'
    throw new TwinError('FORMAT_BROKEN', `sources.json: ${field}: ${issue?.message ?? 'not readable'}.`, { field })
  }
  const config = result.data
  const endpoints = 1 + (config.chain?.otherRpcs?.length ?? 0)
  if (config.chain && config.chain.witnesses > endpoints) {
    throw new TwinError(
      'FORMAT_BROKEN',
      `sources.json: chain.witnesses: ${config.chain.witnesses} endpoints must agree, but only ${endpoints} are named.`,
      { field: 'chain.witnesses' },
    )
  }
  const missing = config.mode === 'live' ? (config.chain ? null : 'chain') : config.recorded ? null : 'recorded'
  if (missing) {
    throw new TwinError('FORMAT_BROKEN', `sources.json: mode ${config.mode} expects "${missing}", got null.`, {
      field: missing,
    })
  }
  return config
}
