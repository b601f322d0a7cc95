import { BUILDING_USES, type Buildings } from '../../src/model/city.ts'

/** Texels in a row of the tables; n buildings take ceil(n / width) rows. */
export const TABLE_WIDTH = 256

export const tableRows = (count: number): number => Math.max(1, Math.ceil(count / TABLE_WIDTH))

/** Bone white, a touch warmer or cooler by use: the city is quiet, only data is saturated. Linear 0..1. */
const BASE: Readonly<Record<string, readonly [number, number, number]>> = {
  unknown: [0.66, 0.645, 0.615],
  house: [0.64, 0.605, 0.56],
  apartments: [0.7, 0.685, 0.655],
  office: [0.64, 0.655, 0.67],
  retail: [0.68, 0.65, 0.6],
  industrial: [0.53, 0.525, 0.52],
  school: [0.69, 0.66, 0.61],
  hospital: [0.72, 0.715, 0.7],
  public: [0.715, 0.695, 0.655],
  hotel: [0.68, 0.66, 0.635],
  garage: [0.5, 0.49, 0.475],
  religious: [0.73, 0.715, 0.68],
  other: [0.64, 0.63, 0.605],
}

const linear = (byte: number): number => {
  const s = byte / 255
  return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4
}

/**
 * Paints each building's own colour and use.
 *
 * Shapes  `rgba` [rows * TABLE_WIDTH, 4] bytes, linear colour; alpha is the index into BUILDING_USES.
 * Writes  `rgba` in place.
 */
export function paintAbout(buildings: Buildings, rgba: Uint8Array): void {
  for (let i = 0; i < buildings.count; i++) {
    const use = buildings.use[i]
    const base = BASE[BUILDING_USES[use]]
    // a slight, fixed difference between neighbours keeps long rows from melting into one slab
    const shade = 0.95 + 0.1 * ((Math.imul(buildings.osm.id[i], 0x9e3779b1) >>> 24) / 255)
    const mapped = buildings.colour[i]
    for (let c = 0; c < 3; c++) {
      const own = 0.88 * base[c] * shade
      // mapped colours come through softened, so that no building shouts
      const tint = mapped > 0 ? linear(((mapped - 1) >> (16 - 8 * c)) & 255) : own
      rgba[4 * i + c] = Math.round(255 * (mapped > 0 ? 0.45 * own + 0.55 * Math.min(tint, 0.8) : own))
    }
    rgba[4 * i + 3] = use
  }
}
