/** A real device that a public source places on the map. Nothing of it was verified here; what that leaves, the source's entry says. */
export interface PlacedDevice {
  readonly id: string // as the source names it
  readonly latDeg: number
  readonly lonDeg: number
}

/** Where real devices are, as one source said at one time. */
export interface Whereabouts {
  readonly source: WhereaboutsId
  readonly takenAtMs: number
  readonly askedAt: string // the address that answered
  /** West, south, east, north: devices elsewhere were left out. */
  readonly boundsDeg: readonly [number, number, number, number]
  readonly complete: boolean // false: the source had more than was read
  readonly devices: readonly PlacedDevice[]
}

/** Sources of places. */
export const WHEREABOUTS_IDS = ['helium-iot', 'helium-mobile'] as const
export type WhereaboutsId = (typeof WHEREABOUTS_IDS)[number]

/** What a source's statements are worth, in words for whoever looks at a device. */
export interface WhereaboutsInfo {
  readonly title: string
  readonly device: string // what one of its devices is called
  readonly blurM: number // the device is somewhere within this of its place
  readonly proven: string
  readonly unproven: string
}

// Blur: the cells of H3 at resolution 8 have edges of about 531 m (h3geo.org, table of cell statistics), and the
// corner of a hexagon is an edge from its centre. The Entity API rounds places to such cells.
const hotspot = (title: string, device: string): WhereaboutsInfo => ({
  title,
  device,
  blurM: 531,
  proven:
    'Proven here: nothing. A server of the network names the hotspot. Its key is recorded on Solana, where anybody can look it up; this page did not.',
  unproven:
    'Not proven: that it is where it says (owners assert places, and the source rounds them to a hexagon of half a kilometre), that it is switched on, and anything it measures.',
})

export const WHEREABOUTS_INFO: Readonly<Record<WhereaboutsId, WhereaboutsInfo>> = {
  'helium-iot': hotspot('Helium IoT hotspots', 'Helium IoT hotspot'),
  'helium-mobile': hotspot('Helium Mobile hotspots', 'Helium Mobile hotspot'),
}
