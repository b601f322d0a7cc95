import type { Finding } from '../../base/findings.ts'
import type { GridCase } from '../../model/gridCase.ts'
import type { PhaseCase } from '../../model/phaseCase.ts'

/** A grid file read: one case, or one per scenario of its update file. */
export interface GridFile {
  readonly cases: readonly GridCase[]
  readonly phaseCases?: readonly PhaseCase[] // of a format that tells phases apart; `cases` is then empty
  readonly findings: readonly Finding[] // what was noticed and did not stop the work
}

/** Fetches a file that another one names, by its path from there; null when it is not to be had. */
export type FileLookup = (path: string) => Uint8Array | null

/** A kind of grid file. */
export interface GridFormat {
  readonly id: string
  readonly title: string
  readonly extensions: readonly string[]
  /** Whether the file looks like one of these. Looks at its beginning only, and never throws. */
  sniff(bytes: Uint8Array): boolean
  /**
   * Reads the file and, where the format has them, a file of updates and the files it names.
   *
   * Throws   FORMAT_BROKEN when it cannot be read; GRID_INVALID when an element is wrong, naming element and field;
   *          NOT_AVAILABLE_YET for an element the engine does not model
   */
  read(bytes: Uint8Array, updates?: Uint8Array, lookup?: FileLookup): GridFile
}

export const defineGridFormat = (format: GridFormat): GridFormat => format
