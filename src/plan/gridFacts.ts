import type { TitledFact } from '../base/quantity.ts'
import { ASSET_FACTS, CONNECTION_RULES } from '../engines/assets/facts.ts'
import { PERSISTENCE, SINGLE_CUSTOMER_SPREAD, STOREY_M, USE_LOADS, USE_RULES } from '../engines/load/facts.ts'
import { RULES, VOLTAGE_LIMITS } from '../engines/synth/facts.ts'

/** One figure that a grid day rests on. */
export interface GridFact extends TitledFact {
  readonly group: 'load' | 'grid' | 'assets'
}

const grouped = (group: GridFact['group'], facts: readonly TitledFact[]): GridFact[] =>
  facts.map((fact) => ({ ...fact, group }))

/** Everything assumed or cited behind a grid day, for panels, exports and the sceptic. Cable and transformer types carry theirs. */
export const GRID_FACTS: readonly GridFact[] = [
  ...grouped(
    'load',
    Object.entries(USE_LOADS).map(([use, { energy }]) => ({ ...energy, title: `Electricity of buildings: ${use}` })),
  ),
  ...grouped('load', [
    { ...STOREY_M, title: 'Storey height' },
    { ...SINGLE_CUSTOMER_SPREAD, title: 'Spread of a single customer' },
    { ...PERSISTENCE, title: 'Persistence of a deviation' },
  ]),
  ...grouped('load', Object.values(USE_RULES)),
  ...grouped('grid', Object.values(RULES)),
  ...grouped('grid', [{ ...VOLTAGE_LIMITS, title: 'Statutory voltage band' }]),
  ...grouped('assets', Object.values(CONNECTION_RULES)),
  ...grouped('assets', Object.values(ASSET_FACTS)),
]
