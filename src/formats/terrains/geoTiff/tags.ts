/** The numbers of one TIFF directory by tag. */
export type Tags = ReadonlyMap<number, readonly number[]>

export const TAG = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  stripOffsets: 273,
  samples: 277,
  rowsPerStrip: 278,
  stripBytes: 279,
  planar: 284,
  predictor: 317,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileBytes: 325,
  sampleFormat: 339,
  pixelScale: 33550,
  tiepoint: 33922,
  transformation: 34264,
  geoKeys: 34735,
  noData: 42113,
} as const

/** Bytes of each field type; ASCII is kept as its codes. */
const SIZES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
}
const WANTED: ReadonlySet<number> = new Set(Object.values(TAG))

/** More entries than this has no list of strips. */
const MAX_COUNT = 4_000_000

/** Reads the first directory. Throws Error with the reason. Source: TIFF 6.0 (1992), section 2. */
export function readTags(view: DataView, little: boolean): Tags {
  const found = new Map<number, readonly number[]>()
  const at = view.getUint32(4, little)
  const entries = view.getUint16(at, little)
  for (let k = 0; k < entries; k++) {
    const entry = at + 2 + 12 * k
    const tag = view.getUint16(entry, little)
    const type = view.getUint16(entry + 2, little)
    const count = view.getUint32(entry + 4, little)
    const size = SIZES[type]
    if (!WANTED.has(tag) || size === undefined) continue
    if (count > MAX_COUNT) throw new Error(`tag ${tag} has ${count} values`)
    const from = size * count <= 4 ? entry + 8 : view.getUint32(entry + 8, little)
    found.set(
      tag,
      Array.from({ length: count }, (_, i) => readNumber(view, from + i * size, type, little)),
    )
  }
  return found
}

function readNumber(view: DataView, at: number, type: number, little: boolean): number {
  switch (type) {
    case 3:
      return view.getUint16(at, little)
    case 4:
      return view.getUint32(at, little)
    case 5:
      return view.getUint32(at, little) / view.getUint32(at + 4, little)
    case 6:
      return view.getInt8(at)
    case 8:
      return view.getInt16(at, little)
    case 9:
      return view.getInt32(at, little)
    case 10:
      return view.getInt32(at, little) / view.getInt32(at + 4, little)
    case 11:
      return view.getFloat32(at, little)
    case 12:
      return view.getFloat64(at, little)
    default:
      return view.getUint8(at)
  }
}
