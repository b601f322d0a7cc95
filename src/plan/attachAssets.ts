import type { Findings } from '../base/findings.ts'
import { ratedWOf } from '../engines/assets/assetDay.ts'
import { CONNECTION_RULES } from '../engines/assets/facts.ts'
import type { Enu } from '../geo/enu.ts'
import { createPointGrid, type PointGrid } from '../geo/pointGrid.ts'
import { ASSET_KIND_INFO, type Asset } from '../model/asset.ts'
import type { DistributionGrid } from '../model/distributionGrid.ts'
import { BUS_KINDS, type BusKind, type GridMap } from '../model/grid.ts'

/** Where a placed asset meets the grid. */
export interface Attachment {
  readonly assetId: string
  readonly bus: number
  readonly way: 'building' | 'street' | 'board' | 'own-station'
  readonly distanceM: number
  readonly building: number // the one it stands on, -1 when it stands free
}

/** Buses of some kinds, to find the nearest. */
interface BusFinder {
  nearest(xM: number, yM: number, reachM: number): number
}

function findBuses(map: GridMap, kinds: readonly BusKind[]): BusFinder {
  const wanted = kinds.map((kind) => BUS_KINDS.indexOf(kind))
  const bus = [...map.busKind.keys()].filter((i) => wanted.includes(map.busKind[i]))
  const grid: PointGrid = createPointGrid(
    Float64Array.from(bus, (i) => map.busXM[i]),
    Float64Array.from(bus, (i) => map.busYM[i]),
    100,
  )
  return { nearest: (x, y, reach) => bus[grid.nearest(x, y, reach)] ?? -1 }
}

/** Finds the place of assets in a grid; made once per grid. */
export interface Attacher {
  attach(assets: Iterable<Asset>, findings: Findings): Attachment[]
}

export function createAttacher(
  grid: DistributionGrid,
  enu: Enu,
  buildingAt: (xM: number, yM: number) => number,
): Attacher {
  const { map } = grid
  const street = findBuses(map, ['building', 'lv-joint', 'lv-board'])
  const board = findBuses(map, ['lv-board'])
  const medium = findBuses(map, ['mv-station', 'mv-joint'])
  const at = new Float64Array(2)

  function place(asset: Asset): Attachment | null {
    enu.toLocal(asset.latDeg, asset.lonDeg, at)
    const [xM, yM] = at
    const ratedW = ratedWOf(asset)
    const building = ASSET_KIND_INFO[asset.kind].mayStandInBuilding ? buildingAt(xM, yM) : -1
    const found = (bus: number, way: Attachment['way']): Attachment | null => {
      if (bus < 0) return null
      const dx = map.busXM[bus] - xM
      const dy = map.busYM[bus] - yM
      return { assetId: asset.id, bus, way, distanceM: Math.sqrt(dx * dx + dy * dy), building }
    }
    if (ratedW <= CONNECTION_RULES.streetUpToW.value) {
      const own = building >= 0 ? grid.buildingBus[building] : -1
      if (own >= 0) return found(own, 'building')
      const near = found(street.nearest(xM, yM, CONNECTION_RULES.streetReachM.value), 'street')
      if (near) return near
    }
    if (ratedW <= CONNECTION_RULES.boardUpToW.value) {
      const near = found(board.nearest(xM, yM, CONNECTION_RULES.boardReachM.value), 'board')
      if (near) return near
    }
    return found(medium.nearest(xM, yM, CONNECTION_RULES.stationReachM.value), 'own-station')
  }

  return {
    attach(assets, findings) {
      const placed: Attachment[] = []
      for (const asset of assets) {
        const attachment = place(asset)
        if (!attachment) {
          const message = `No grid within ${CONNECTION_RULES.stationReachM.value} m; it was left out of the simulation.`
          findings.add('ASSET_OUT_OF_REACH', 'asset', message, asset.id)
          continue
        }
        if (attachment.way === 'own-station')
          findings.add(
            'ASSET_OWN_STATION',
            'asset',
            'Too large or too far for the low voltage; it gets a station of its own on 10 kV.',
            asset.id,
          )
        placed.push(attachment)
      }
      return placed
    },
  }
}
