import type { Spot } from './outline.ts'

/** A place where a device of one kind may stand. */
export interface Site extends Spot {
  readonly heightM: number // of the device above ground
  readonly place: () => string // 'Kabanbay Batyr 12'; worked out only for those that are picked
  readonly building: number // index in the city, -1 when it belongs to none
  readonly sizeM2: number // roof, lot or floor area, whatever the kind lives on; 0 when it does not matter
  readonly weight: number // 0 .. 1: traffic for air, fast charging for cars
}
