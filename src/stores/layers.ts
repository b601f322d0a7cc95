import { createStore, type StoreApi } from 'zustand/vanilla'

/** What is drawn over the city. A scene layer of the same id reads it each frame. */
export const LAYER_IDS = [
  'devices',
  'power-lines',
  'grid',
  'coverage',
  'assets',
  'live-now',
  'trees',
  'labels',
] as const
export type LayerId = (typeof LAYER_IDS)[number]

export interface LayersState {
  readonly visible: Readonly<Record<LayerId, boolean>>
  readonly opacity: Readonly<Record<LayerId, number>>
  readonly revision: number
  show(id: LayerId, visible: boolean): void
  setOpacity(id: LayerId, opacity: number): void
  setAll(ids: readonly string[]): void
}

const each = <T>(value: (id: LayerId) => T) =>
  Object.fromEntries(LAYER_IDS.map((id) => [id, value(id)])) as Record<LayerId, T>

const INITIAL: readonly LayerId[] = ['devices', 'power-lines', 'assets', 'live-now', 'trees', 'labels']

export function createLayersStore(): StoreApi<LayersState> {
  return createStore<LayersState>()((set, get) => ({
    visible: each((id) => INITIAL.includes(id)),
    opacity: each(() => 1),
    revision: 0,
    show: (id, visible) => set({ visible: { ...get().visible, [id]: visible }, revision: get().revision + 1 }),
    setOpacity: (id, opacity) => set({ opacity: { ...get().opacity, [id]: opacity }, revision: get().revision + 1 }),
    setAll: (ids) => set({ visible: each((id) => ids.includes(id)), revision: get().revision + 1 }),
  }))
}

export const visibleLayers = ({ visible }: LayersState): LayerId[] => LAYER_IDS.filter((id) => visible[id])
