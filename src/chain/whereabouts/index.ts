import { heliumIot, heliumMobile } from './heliumEntity.ts'
import type { WhereaboutsDefinition } from './source.ts'

/** Every public source of places. To add one: its file here, its id in src/model/whereabouts.ts, and its line. */
export const whereaboutsSources: readonly WhereaboutsDefinition[] = [heliumIot, heliumMobile]
