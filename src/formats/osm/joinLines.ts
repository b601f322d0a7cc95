import type { Ring } from '../../geo/polygon/ring.ts'

/** Above this many pieces a line is left as it is: real ones have a handful. */
const MAX_PIECES = 500

/**
 * Joins the pieces of one line end to start, keeping its direction. Where a piece was cut the joint is dropped when it
 * stands on the straight line, so that the line is as it was before cutting.
 *
 * Returns  one line for each run that hangs together; a closed line repeats its first vertex at its end
 */
export function joinLines(pieces: readonly Ring[], seamUnits: number): Ring[] {
  if (pieces.length === 1) return pieces[0]!.length >= 4 ? [...pieces] : []
  const open = pieces.filter((piece) => piece.length >= 4).map((piece) => Array.from(piece))
  if (open.length <= 1 || open.length > MAX_PIECES) return open.map((points) => Float64Array.from(points))
  const done: Ring[] = []
  while (open.length) {
    let line = open.shift()!
    for (let grown = true; grown; ) {
      grown = false
      for (const [k, other] of open.entries()) {
        const joined = joinAt(line, other, seamUnits) ?? joinAt(other, line, seamUnits)
        if (!joined) continue
        line = joined
        open.splice(k, 1)
        grown = true
        break
      }
    }
    done.push(Float64Array.from(closeGap(line, seamUnits)))
  }
  return done
}

/** A closed line that was cut ends where it starts only to rounding. */
function closeGap(line: number[], seamUnits: number): number[] {
  const n = line.length
  const near = Math.abs(line[0]! - line[n - 2]!) <= seamUnits && Math.abs(line[1]! - line[n - 1]!) <= seamUnits
  return near && n >= 8 ? [...line.slice(0, -2), line[0]!, line[1]!] : line
}

/** The line `first` continued by `second`, or null when the one does not end where the other starts. */
function joinAt(first: readonly number[], second: readonly number[], seamUnits: number): number[] | null {
  const n = first.length
  const dx = second[0]! - first[n - 2]!
  const dy = second[1]! - first[n - 1]!
  if (Math.abs(dx) > seamUnits || Math.abs(dy) > seamUnits) return null
  const ax = first[n - 4]!
  const ay = first[n - 3]!
  const ux = second[2]! - ax
  const uy = second[3]! - ay
  const vx = first[n - 2]! - ax
  const vy = first[n - 1]! - ay
  const cross = ux * vy - uy * vx
  const straight = cross * cross <= 4 * seamUnits * seamUnits * (ux * ux + uy * uy) && vx * ux + vy * uy > 0
  return straight ? [...first.slice(0, -2), ...second.slice(2)] : [...first, ...second.slice(2)]
}

/** Whether a line ends where it starts and encloses something. */
export function isClosed(line: Ring): boolean {
  const n = line.length
  return n >= 8 && line[0] === line[n - 2] && line[1] === line[n - 1]
}
