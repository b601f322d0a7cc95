import { z } from 'zod'
import { TwinError } from '../../base/errors.ts'
import type { Hex } from '../../base/hex.ts'
import type { Anchor } from '../../proofs/anchor.ts'

z.config({ jitless: true }) // zod would probe eval, which the page's policy forbids

const hexOf = (bytes: number) =>
  z
    .string()
    .regex(new RegExp(`^0x[0-9a-fA-F]{${2 * bytes}}$`))
    .transform((text) => text.toLowerCase() as Hex)

/** Ponder writes 64-bit numbers as decimal text. */
const whole = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(Number)
  .refine(Number.isSafeInteger)
const small = z.number().int().nonnegative()

const anchorRow = z.object({
  gateway: hexOf(20),
  seq: whole,
  batchRoot: hexOf(32),
  logRoot: hexOf(32),
  logSize: whole,
  count: small,
  tMin: whole,
  tMax: whole,
  dataHash: hexOf(32),
  anchoredAt: whole,
  blockNumber: whole,
  blockHash: hexOf(32),
  txHash: hexOf(32),
  logIndex: small,
})

/** Rows asked for at once. Ponder gives at most 1,000. */
export const PAGE_ROWS = 500

const anchorPage = z.object({
  anchors: z.object({
    items: z.array(anchorRow).max(PAGE_ROWS),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().max(2_000).nullable() }),
  }),
})

const headAnswer = z.object({
  head: z.object({ blockNumber: whole, blockHash: hexOf(32), timestamp: whole }).nullable(),
})

/** How far the index has come, and on which fork. */
export interface IndexHead {
  readonly number: number
  readonly hash: Hex
}

export interface AnchorPage {
  readonly anchors: readonly Anchor[]
  readonly next: string | null // cursor of the page after this one
}

export const HEAD_QUERY = '{ head(id: 0) { blockNumber blockHash timestamp } }'

export const ANCHORS_QUERY = `query Anchors($from: BigInt!, $after: String) {
  anchors(where: { blockNumber_gte: $from }, orderBy: "blockNumber", orderDirection: "desc", limit: ${PAGE_ROWS}, after: $after) {
    items { ${Object.keys(anchorRow.shape).join(' ')} }
    pageInfo { hasNextPage endCursor }
  }
}`

const unusable = (what: string): TwinError =>
  new TwinError('INDEXER_UNREACHABLE', `The indexer's answer is not ${what}.`, {})

/** Reads the answer to {@link HEAD_QUERY}; null while nothing is indexed. Throws INDEXER_UNREACHABLE for anything else. */
export function readIndexHead(data: unknown): IndexHead | null {
  const result = headAnswer.safeParse(data)
  if (!result.success) throw unusable('a head')
  const { head } = result.data
  return head && { number: head.blockNumber, hash: head.blockHash }
}

/** Reads one page of {@link ANCHORS_QUERY}. One row that is not an anchor spoils the page: nothing of it is believed. */
export function readAnchorPage(data: unknown): AnchorPage {
  const result = anchorPage.safeParse(data)
  if (!result.success) throw unusable('a list of anchors')
  const { items, pageInfo } = result.data.anchors
  if (pageInfo.hasNextPage && (pageInfo.endCursor === null || items.length === 0)) throw unusable('a page with an end')
  return {
    anchors: items.map(({ tMin, tMax, anchoredAt, ...row }) => ({
      ...row,
      tMinMs: tMin,
      tMaxMs: tMax,
      anchoredAtMs: anchoredAt * 1000,
    })),
    next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  }
}
