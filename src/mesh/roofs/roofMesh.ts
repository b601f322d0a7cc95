/**
 * A roof seen from above before it has a height: triangles over the whole outline, and at every vertex how high it is on
 * a scale from 0 at the eaves to 1 at the ridge. Places in steps, whole numbers.
 */
export interface RoofMesh {
  readonly x: number[] // [vertices]
  readonly y: number[]
  readonly rise: number[] // 0…1, linear over every triangle
  readonly triangles: number[] // counter-clockwise triples
  /** The vertices along every edge of the outline, from corner to corner, with what stands between them. */
  readonly walls: (readonly number[])[]
}

/** How the height of a roof follows the rise: straight between knots, which run from (0, 0) to (1, …). */
export type Profile = readonly (readonly [rise: number, height: number])[]

export function heightAt(profile: Profile, rise: number): number {
  for (let k = 1; k < profile.length; k++) {
    const [r0, h0] = profile[k - 1]
    const [r1, h1] = profile[k]
    if (rise <= r1) return r1 === r0 ? h1 : h0 + ((rise - r0) / (r1 - r0)) * (h1 - h0)
  }
  return profile[profile.length - 1][1]
}

/**
 * Cuts triangles and walls where the rise passes the inner knots of a profile, so that the roof breaks there. A cut of an
 * edge is one vertex for all that share it, so nothing comes apart.
 */
export function refine(mesh: RoofMesh, profile: Profile): RoofMesh {
  let { triangles, walls } = mesh
  const x = [...mesh.x]
  const y = [...mesh.y]
  const rise = [...mesh.rise]
  for (const [level] of profile.slice(1, -1)) {
    const cuts = new Map<number, number>()
    const cutOf = (a: number, b: number): number => {
      const key = a < b ? a * 1_048_576 + b : b * 1_048_576 + a
      const known = cuts.get(key)
      if (known !== undefined) return known
      // from the smaller index, so that either side rounds alike
      const [p, q] = a < b ? [a, b] : [b, a]
      const t = (level - rise[p]) / (rise[q] - rise[p])
      x.push(Math.round(x[p] + t * (x[q] - x[p])))
      y.push(Math.round(y[p] + t * (y[q] - y[p])))
      rise.push(level)
      cuts.set(key, x.length - 1)
      return x.length - 1
    }
    const isCut = (a: number, b: number): boolean =>
      (rise[a] < level - 1e-9 && rise[b] > level + 1e-9) || (rise[b] < level - 1e-9 && rise[a] > level + 1e-9)
    const next: number[] = []
    for (let t = 0; t < triangles.length; t += 3) addCutTriangle(next, triangles, t, isCut, cutOf)
    triangles = next
    walls = walls.map((wall) =>
      wall.flatMap((v, i) => (i + 1 < wall.length && isCut(v, wall[i + 1]) ? [v, cutOf(v, wall[i + 1])] : [v])),
    )
  }
  return { x, y, rise, triangles, walls }
}

/** One triangle, or the two or three it falls into; a level crosses two sides, or one side and the corner opposite. */
function addCutTriangle(
  out: number[],
  triangles: readonly number[],
  t: number,
  isCut: (a: number, b: number) => boolean,
  cutOf: (a: number, b: number) => number,
): void {
  const corner = [triangles[t], triangles[t + 1], triangles[t + 2]]
  const sides = [0, 1, 2].filter((k) => isCut(corner[k], corner[(k + 1) % 3]))
  if (sides.length === 0) {
    out.push(...corner)
    return
  }
  if (sides.length === 1) {
    const k = sides[0]
    const [a, b, c] = [corner[k], corner[(k + 1) % 3], corner[(k + 2) % 3]]
    const m = cutOf(a, b)
    out.push(a, m, c, m, b, c)
    return
  }
  // the corner between the two cut sides stands alone
  const k = sides[0] === 0 && sides[1] === 2 ? 0 : sides[1]
  const [a, b, c] = [corner[k], corner[(k + 1) % 3], corner[(k + 2) % 3]]
  const m = cutOf(a, b)
  const n = cutOf(c, a)
  out.push(a, m, n, m, b, n, b, c, n)
}
