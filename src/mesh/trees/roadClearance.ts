import Flatbush from 'flatbush'
import type { City } from '../../model/city.ts'

/** Whether a place lies on a road or railway, or nearer to its edge than `marginM`. */
export function createRoadClearance({ roads }: City, marginM: number): (xM: number, yM: number) => boolean {
  const { start, xM, yM } = roads.lines
  const segments: number[] = []
  const owner: number[] = []
  for (let r = 0; r < roads.count; r++) {
    for (let v = start[r]; v + 1 < start[r + 1]; v++) {
      segments.push(v)
      owner.push(r)
    }
  }
  if (segments.length === 0) return () => false
  const tree = new Flatbush(segments.length)
  for (let i = 0; i < segments.length; i++) {
    const v = segments[i]
    const reach = roads.widthM[owner[i]] / 2 + marginM
    tree.add(
      Math.min(xM[v], xM[v + 1]) - reach,
      Math.min(yM[v], yM[v + 1]) - reach,
      Math.max(xM[v], xM[v + 1]) + reach,
      Math.max(yM[v], yM[v + 1]) + reach,
    )
  }
  tree.finish()
  return (x, y) =>
    tree.search(x, y, x, y).some((i) => {
      const v = segments[i]
      const dx = xM[v + 1] - xM[v]
      const dy = yM[v + 1] - yM[v]
      const length2 = dx * dx + dy * dy
      const t = length2 > 0 ? Math.min(1, Math.max(0, ((x - xM[v]) * dx + (y - yM[v]) * dy) / length2)) : 0
      const ex = x - xM[v] - t * dx
      const ey = y - yM[v] - t * dy
      const reach = roads.widthM[owner[i]] / 2 + marginM
      return ex * ex + ey * ey < reach * reach
    })
}
