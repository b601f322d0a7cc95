import type { CableType } from './facts.ts'

/** A run of one or more like cables in one trench. */
export interface Run {
  readonly cable: CableType
  readonly parallel: number
}

/** Every choice in the order of what it carries. */
const ladder = (types: readonly CableType[]): Run[] => {
  const thickest = types[types.length - 1]
  const runs: Run[] = types.map((cable) => ({ cable, parallel: 1 }))
  for (let parallel = 2; parallel <= 24; parallel++) runs.push({ cable: thickest, parallel })
  return runs
}

/** Choices from thin to thick, and how to climb them. */
export function createCableChoice(types: readonly CableType[], loading: number) {
  const runs = ladder(types)
  const carriesA = ({ cable, parallel }: Run): number => cable.ampacityA * parallel * loading
  return {
    /** The thinnest run that carries a current within the planned loading. */
    forCurrent(currentA: number): number {
      const at = runs.findIndex((run) => carriesA(run) >= currentA)
      return at < 0 ? runs.length - 1 : at
    },
    run: (choice: number): Run => runs[choice],
    /** The next thicker, or the same when there is none. */
    thicker: (choice: number): number => Math.min(choice + 1, runs.length - 1),
  }
}

export const runName = ({ cable, parallel }: Run): string => (parallel > 1 ? `${parallel} × ${cable.name}` : cable.name)
