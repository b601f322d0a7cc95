import { buildSite } from './staticSite.ts'

/** Before the journeys: the site they all are served. */
export const setup = buildSite
