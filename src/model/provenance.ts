import { hashOf } from './hash.ts'

/** How a saved result came to be: enough to compute it again and get the same bytes. */
export interface Provenance {
  readonly engine: string
  readonly version: string
  readonly gitHash: string
  readonly scenarioHash: string
  readonly dataHashes: Readonly<Record<string, string>>
  readonly seed: number
  readonly createdAt: string // ISO; not part of the hash
}

/** Hash of a provenance block without its wall-clock time, so that the same run on another day gives the same hash. */
export function provenanceHash({ createdAt: _, ...rest }: Provenance): string {
  return hashOf(rest)
}
