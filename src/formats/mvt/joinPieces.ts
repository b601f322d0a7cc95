import type { Ring } from '../../geo/polygon/ring.ts'
import type { OsmFeature } from '../osm/feature.ts'

/** Where a piece of an area ends at the border of its tile. */
interface CutEdge {
  readonly piece: number // place among the features
  readonly line: number // x or y of the border
  readonly isUpright: boolean // a border that runs north and south
  readonly isBefore: boolean // the piece lies west or south of it
  readonly from: number // along the border
  readonly to: number
}

/** Shares of the shorter edge that two cut edges must have in common to be one cut: margins are rounded apart. */
const COMMON = 0.6

/** Collects where areas were cut, and finds which pieces are one thing. */
export function createPieceJoiner() {
  const cuts: CutEdge[] = []
  return {
    /** Notes the edges of a feature that lie on the border of its tile. */
    add(piece: number, polygons: readonly (readonly Ring[])[], left: number, bottom: number, size: number): void {
      for (const [outer] of polygons) {
        if (!outer) continue
        const n = outer.length
        for (let i = 0; i < n; i += 2) {
          const [ax, ay] = [outer[i]!, outer[i + 1]!]
          const [bx, by] = [outer[(i + 2) % n]!, outer[(i + 3) % n]!]
          for (const line of [left, left + size]) {
            if (ax !== line || bx !== line || ay === by) continue
            const [from, to] = [Math.min(ay, by), Math.max(ay, by)]
            cuts.push({ piece, line, isUpright: true, isBefore: line !== left, from, to })
          }
          for (const line of [bottom, bottom + size]) {
            if (ay !== line || by !== line || ax === bx) continue
            const [from, to] = [Math.min(ax, bx), Math.max(ax, bx)]
            cuts.push({ piece, line, isUpright: false, isBefore: line !== bottom, from, to })
          }
        }
      }
    },
    /**
     * Gives the pieces of one thing one id: those that meet along a border and say the same of themselves.
     *
     * Cost     O(cuts log cuts + meetings)
     */
    join(features: readonly OsmFeature[]): OsmFeature[] {
      const root = Int32Array.from(features, (_, i) => i)
      const rootOf = (i: number): number => {
        let at = i
        while (root[at] !== at) at = root[at] = root[root[at]!]!
        return at
      }
      const byLine = new Map<string, CutEdge[]>()
      for (const cut of cuts) {
        const key = `${cut.isUpright}${cut.line}`
        const list = byLine.get(key)
        if (list) list.push(cut)
        else byLine.set(key, [cut])
      }
      for (const list of byLine.values()) {
        list.sort((a, b) => a.from - b.from)
        for (const [i, a] of list.entries()) {
          for (let k = i + 1; k < list.length && list[k]!.from < a.to; k++) {
            const b = list[k]!
            const common = Math.min(a.to, b.to) - Math.max(a.from, b.from)
            if (a.isBefore === b.isBefore || common < COMMON * Math.min(a.to - a.from, b.to - b.from)) continue
            if (!isAlike(features[a.piece]!, features[b.piece]!)) continue
            root[rootOf(Math.max(a.piece, b.piece))] = rootOf(Math.min(a.piece, b.piece))
          }
        }
      }
      return features.map((feature, i) => (rootOf(i) === i ? feature : { ...feature, id: features[rootOf(i)]!.id }))
    },
  }
}

const isAlike = (a: OsmFeature, b: OsmFeature): boolean =>
  a.tags.pairs.length === b.tags.pairs.length && a.tags.pairs.every((word, i) => word === b.tags.pairs[i])
