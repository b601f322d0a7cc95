import { z } from 'zod'
import { TwinError } from '../../base/errors.ts'
import type { SiteProblem } from '../../engines/placement/problem.ts'
import { shaped } from '../readJson.ts'

const file = z.strictObject({
  format: z.literal('veracity-sites'),
  version: z.literal(1),
  weights: z.array(z.number()),
  sites: z.array(z.strictObject({ id: z.string(), cost: z.number().default(1), covers: z.array(z.int().min(0)) })),
  standing: z.array(z.string()).default([]),
  conflicts: z.array(z.tuple([z.string(), z.string()])).default([]),
})

/** Whether a document is a list of sites, rather than a scenario. */
export const isSitesFile = (document: unknown): boolean =>
  typeof document === 'object' && document !== null && 'format' in document && document.format === 'veracity-sites'

/** A list of sites as a problem; without a budget everything is to be covered. Throws FORMAT_BROKEN, SITES_INVALID. */
export function readSitesFile(document: unknown, path: string, budget: number | null): SiteProblem {
  const { weights, sites, standing, conflicts } = shaped(file, document, path)
  const index = new Map(sites.map(({ id }, s) => [id, s]))
  const siteOf = (id: string): number => {
    const s = index.get(id)
    if (s !== undefined) return s
    throw new TwinError('SITES_INVALID', `${path}: "${id}" is no site of the list.`, { path, id })
  }
  const coverStart = new Uint32Array(sites.length + 1)
  for (const [s, { covers }] of sites.entries()) coverStart[s + 1] = coverStart[s]! + covers.length
  return {
    siteIds: sites.map(({ id }) => id),
    cost: Float64Array.from(sites, ({ cost }) => cost),
    coverStart,
    coverPoint: Uint32Array.from(sites.flatMap(({ covers }) => covers)),
    weight: Float64Array.from(weights),
    budget,
    standing: standing.map(siteOf),
    conflicts: conflicts.map(([a, b]): [number, number] => [siteOf(a), siteOf(b)]),
  }
}
