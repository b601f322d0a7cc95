import { type BranchKind, BUS_KINDS, type BusKind } from '../../model/grid.ts'

/** What joins a new bus to its parent. Impedance and shunt at the voltage of the new bus. */
export interface NewBranch {
  readonly kind: BranchKind
  readonly type: string
  readonly rating: number // A for lines and switches, VA for transformers
  readonly rOhm: number
  readonly xOhm: number
  readonly chargingS: number // both halves
  readonly ironW: number // at the parent: iron loss and magnetising power of a transformer
  readonly magnetVar: number
  readonly tapPu: number // a transformer's high side stands at 1 + tap of its rated ratio
  readonly path: readonly number[] // x, y, x, y … from the parent
}

export interface NewBus {
  readonly kind: BusKind
  readonly xM: number
  readonly yM: number
  readonly ratedV: number
  readonly building: number
  readonly parent: number
  readonly branch: NewBranch | null // null at a source
}

/** Buses and branches as they are laid, parents before children. */
export function createGridRows() {
  const bus = {
    kind: [] as number[],
    xM: [] as number[],
    yM: [] as number[],
    ratedV: [] as number[],
    building: [] as number[],
    parent: [] as number[],
    branch: [] as (NewBranch | null)[],
  }
  const types: string[] = []
  const typeIndex = new Map<string, number>()
  return {
    bus,
    types,
    add(row: NewBus): number {
      bus.kind.push(BUS_KINDS.indexOf(row.kind))
      bus.xM.push(row.xM)
      bus.yM.push(row.yM)
      bus.ratedV.push(row.ratedV)
      bus.building.push(row.building)
      bus.parent.push(row.parent)
      return bus.branch.push(row.branch) - 1
    },
    typeOf(name: string): number {
      let index = typeIndex.get(name)
      if (index === undefined) {
        index = types.push(name) - 1
        typeIndex.set(name, index)
      }
      return index
    },
  }
}

export type GridRows = ReturnType<typeof createGridRows>
