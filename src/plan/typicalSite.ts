import { chanceOf } from '../engines/assets/chance.ts'
import type { Asset } from '../model/asset.ts'
import type { Site } from '../networks/network.ts'
import { drawnKwhPerDay } from './nodeRequests.ts'

/** Where a node is taken to stand when nobody says: assumed figures of a middling place in Astana. */
const TYPICAL = { peopleReached: 500, coveredKm2: 10, curtailedShare: 0, pvKwhPerKwp: 1250 } as const
const SKY = { latDeg: 51.13, lonDeg: 71.43, utcOffsetH: 5, year: 2017, cloudCover: 0.2 } as const

/** A place made of what is known of it, the rest typical. */
export const typicalSite = (asset: Asset, startDay: number, known: Partial<Site>): Omit<Site, 'params'> => ({
  ...TYPICAL,
  // a macro site looks over a quarter
  ...(asset.kind === 'tower' ? { peopleReached: 5000 } : {}),
  drawnKwhPerDay: drawnKwhPerDay(asset, SKY, chanceOf([asset])),
  ...known,
  startDay,
})
