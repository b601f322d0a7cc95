/**
 * Finds the place of an id among many: an open-addressed table over a column of ids. A `Map` of a million numbers takes
 * ten times the memory.
 *
 * Cost     O(1) a look-up
 */
export interface IdIndex {
  /** The place of an id, the last one where it stands twice; -1 where it does not. */
  placeOf(id: number): number
}

/** Spreads whole numbers, however large or regular, over 32 bits. */
function hashOf(id: number): number {
  const high = Math.floor(id / 4294967296)
  let h = (id ^ Math.imul(high, 0x85ebca6b)) | 0
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d)
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b)
  return (h ^ (h >>> 16)) >>> 0
}

export function createIdIndex(ids: Float64Array, count: number): IdIndex {
  let room = 16
  while (room < 2 * count) room *= 2
  const mask = room - 1
  const slots = new Int32Array(room).fill(-1)
  for (let i = 0; i < count; i++) {
    let at = hashOf(ids[i]!) & mask
    while (slots[at] !== -1 && ids[slots[at]!] !== ids[i]) at = (at + 1) & mask
    slots[at] = i
  }
  return {
    placeOf(id) {
      for (let at = hashOf(id) & mask; slots[at] !== -1; at = (at + 1) & mask) {
        if (ids[slots[at]!] === id) return slots[at]!
      }
      return -1
    },
  }
}
