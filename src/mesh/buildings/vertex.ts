/**
 * How a vertex of a building is kept in four 16-bit numbers: x (east), y (up), z (south) in coarse units of its chunk,
 * and a fourth that holds the kind of surface and the rest of x and z to 1/128 of a unit. Places of the city's grid come
 * back exactly, however wide the chunk, so that walls of neighbours meet.
 *
 * Layout   fourth + 32768 = kind (2 bits) + 4 · rest of x (7 bits) + 512 · rest of z (7 bits)
 */
export const SURFACE = { foot: 0, eaves: 1, roof: 2, underside: 3 } as const
export type Surface = (typeof SURFACE)[keyof typeof SURFACE]

/** Parts of a unit that the fourth number counts. */
export const PARTS = 128

/** Height of one unit of y in metres: up to 1,023 m in steps of 3 cm. */
export const HEIGHT_SCALE_M = 1 / 32

export const packFourth = (kind: Surface, restX: number, restZ: number): number =>
  kind + 4 * restX + 512 * restZ - 32768

/** Writes x, y, z in scene metres of vertex v, as the shader sees it, into `out`. */
export function readVertex(chunk: PackedVertices, v: number, out: Float64Array): void {
  const { position, scaleM, originXM, originYM } = chunk
  const bits = position[4 * v + 3] + 32768
  out[0] = originXM + (position[4 * v] + ((bits >> 2) & 127) / PARTS) * scaleM
  out[1] = position[4 * v + 1] * HEIGHT_SCALE_M
  out[2] = -originYM + (position[4 * v + 2] + (bits >> 9) / PARTS) * scaleM
}

export const surfaceOf = (chunk: PackedVertices, v: number): Surface =>
  ((chunk.position[4 * v + 3] + 32768) & 3) as Surface

export interface PackedVertices {
  readonly position: Int16Array // [vertices, 4]
  readonly scaleM: number
  readonly originXM: number
  readonly originYM: number
}

/**
 * The same in a vertex shader: `unpackBuilding(position, scaleM)` gives metres from the chunk's origin in scene axes,
 * `surfaceOf(position)` the kind of surface (0 foot of a wall, 1 its top, 2 roof, 3 underside).
 * The attribute is four 16-bit integers, not normalised.
 */
export const BUILDING_VERTEX_GLSL = /* glsl */ `
vec3 unpackBuilding(vec4 p, float scaleM) {
  float bits = p.w + 32768.0;
  float restX = mod(floor(bits / 4.0), 128.0);
  float restZ = floor(bits / 512.0);
  return vec3((p.x + restX / 128.0) * scaleM, p.y / 32.0, (p.z + restZ / 128.0) * scaleM);
}
float surfaceOf(vec4 p) {
  return mod(p.w + 32768.0, 4.0);
}
`
