import { sameBytes } from '../base/hex.ts'

// A device numbers its readings and names the hash of its previous frame, so its frames of one epoch form a chain.
// Frames arrive here in any order (the newest are checked first). The standing of every frame is a function of the
// SET of frames known, never of the order they came in:
//   1. Walk the frames by their place on the chain, earliest first. A frame is taken when its numbers overlap those
//      of no frame taken before; else it is a duplicate.
//   2. A taken frame follows when the taken frame right below it ends where it begins and is the one it names;
//      it has a gap when numbers are missing in between or another previous frame is named; it is first at number 0;
//      it is open when nothing below is known at all.
// Inserting is O(log n) while nothing overlaps; an overlap costs one walk over the frames of that device.

/** Where a frame stands on the chain: the anchoring event, and its position in the batch. */
export interface Place {
  readonly blockNumber: number
  readonly logIndex: number
  readonly index: number
}

type Standing = 'first' | 'follows' | 'gap' | 'open' | 'duplicate'

/** A frame as far as its device's chain is concerned. */
export interface ChainLink {
  readonly seqFirst: number
  readonly count: number
  readonly signedHash: Uint8Array // keccak256 of its signed bytes
  readonly prev: Uint8Array // the signedHash it names
  readonly place: Place
  standing: Standing
  missingBefore: number // readings that were skipped before it
}

export interface DeviceChain<Link extends ChainLink> {
  readonly length: number
  /** Takes a link in. Returns every other link whose standing changed. */
  insert(link: Link): Link[]
  /** Whether a link of these numbers would repeat some that are taken. */
  isTaken(link: ChainLink): boolean
  /** Takes links out again, as a reorg does. Returns every remaining link whose standing changed. */
  remove(links: ReadonlySet<Link>): Link[]
  /** Everything before the known links has been read: what is open now is a gap. Returns the changed. */
  markComplete(): Link[]
  /** Forgets all but the newest taken links; older numbers count as taken for ever. Returns the forgotten. */
  forget(keep: number): Link[]
}

export const comparePlaces = (a: Place, b: Place): number =>
  a.blockNumber - b.blockNumber || a.logIndex - b.logIndex || a.index - b.index

const endOf = (link: ChainLink): number => link.seqFirst + link.count

export function createDeviceChain<Link extends ChainLink>(): DeviceChain<Link> {
  let taken: Link[] = [] // by seqFirst, not overlapping
  let duplicates: Link[] = []
  let floor: { readonly end: number; readonly hash: Uint8Array } | null = null
  let complete = false

  /** Index of the first taken link that begins at or after `seq`. */
  const lowerBound = (seq: number): number => {
    let low = 0
    let high = taken.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (taken[middle]!.seqFirst < seq) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Gives taken link `i` its standing from its lower neighbour; true when it changed. */
  const settle = (i: number): boolean => {
    const link = taken[i]
    if (!link) return false
    const before = taken[i - 1]
    const end = before ? endOf(before) : (floor?.end ?? 0)
    const hash = before ? before.signedHash : floor?.hash
    let standing: Standing
    if (link.seqFirst === 0) standing = 'first'
    else if (hash && end === link.seqFirst && sameBytes(hash, link.prev)) standing = 'follows'
    else standing = hash || complete ? 'gap' : 'open'
    return assign(link, standing, standing === 'gap' ? link.seqFirst - end : 0)
  }

  const overlapsTaken = (link: ChainLink, at: number): boolean => {
    const below = taken[at - 1]
    const above = taken[at]
    return (
      (below !== undefined && endOf(below) > link.seqFirst) || (above !== undefined && above.seqFirst < endOf(link))
    )
  }

  /** Decides anew who is taken. Rare: only when numbers overlap, or a taken link is removed. */
  const decideAll = (links: Link[]): Link[] => {
    const before = new Map(links.map((link) => [link, `${link.standing} ${link.missingBefore}`]))
    taken = []
    duplicates = []
    for (const link of links.sort((a, b) => comparePlaces(a.place, b.place))) {
      const at = lowerBound(link.seqFirst)
      if (overlapsTaken(link, at) || link.seqFirst < (floor?.end ?? 0)) {
        duplicates.push(link)
        assign(link, 'duplicate', 0)
      } else taken.splice(at, 0, link)
    }
    for (let i = 0; i < taken.length; i++) settle(i)
    return links.filter((link) => before.get(link) !== `${link.standing} ${link.missingBefore}`)
  }

  return {
    get length() {
      return taken.length + duplicates.length
    },
    insert(link) {
      const at = lowerBound(link.seqFirst)
      const contested =
        overlapsTaken(link, at) ||
        link.seqFirst < (floor?.end ?? 0) ||
        duplicates.some((other) => other.seqFirst < endOf(link) && endOf(other) > link.seqFirst)
      if (contested) return decideAll([...taken, ...duplicates, link]).filter((other) => other !== link)
      taken.splice(at, 0, link)
      settle(at)
      return settle(at + 1) ? [taken[at + 1]!] : []
    },
    isTaken: (link) => overlapsTaken(link, lowerBound(link.seqFirst)) || link.seqFirst < (floor?.end ?? 0),
    remove(links) {
      return decideAll([...taken, ...duplicates].filter((link) => !links.has(link)))
    },
    markComplete() {
      if (complete) return []
      complete = true
      return taken.filter((_, i) => settle(i))
    },
    forget(keep) {
      if (taken.length <= keep) return []
      const gone = taken.slice(0, taken.length - keep)
      const last = gone[gone.length - 1]!
      floor = { end: endOf(last), hash: last.signedHash }
      taken = taken.slice(gone.length)
      const old = duplicates.filter((link) => link.seqFirst < floor!.end)
      duplicates = duplicates.filter((link) => link.seqFirst >= floor!.end)
      return [...gone, ...old]
    },
  }
}

function assign(link: ChainLink, standing: Standing, missingBefore: number): boolean {
  if (link.standing === standing && link.missingBefore === missingBefore) return false
  link.standing = standing
  link.missingBefore = missingBefore
  return true
}
