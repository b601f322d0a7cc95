import { createStore, type StoreApi } from 'zustand/vanilla'

/** The four ways into the product. */
export const DOORS = ['explore', 'plan', 'demo', 'learn'] as const
export type Door = (typeof DOORS)[number]

/** How the scene is lit and drawn. `sun` follows the time of day. */
export const THEMES = ['sun', 'night', 'data', 'print'] as const
export type Theme = (typeof THEMES)[number]

/** How much is drawn: size of shadows, sharpness, trees. The page chooses at its start by what it draws with. */
export const TIERS = ['low', 'medium', 'high'] as const
export type Tier = (typeof TIERS)[number]

/** One short line for the person, with one thing to do about it at most. */
export interface Notice {
  readonly id: number
  readonly tone: 'info' | 'warning' | 'error'
  readonly text: string
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** How much of the picture lies under panels, in CSS pixels: what is looked at stands in the middle of the rest. */
export interface Insets {
  readonly left: number
  readonly right: number
  readonly bottom: number
}

export interface ViewState {
  readonly door: Door
  readonly theme: Theme
  readonly tier: Tier
  readonly tierChosen: boolean // by a person; otherwise the page may change it
  readonly panelOpen: boolean
  readonly panelWidthPx: number
  readonly inspectorWidthPx: number
  readonly sheet: 'peek' | 'half' | 'full' // phone
  readonly notices: readonly Notice[]
  readonly webgl: boolean
  readonly insets: Insets
  enter(door: Door): void
  setTheme(theme: Theme): void
  setTier(tier: Tier, chosen: boolean): void
  setPanel(change: Partial<Pick<ViewState, 'panelOpen' | 'panelWidthPx' | 'inspectorWidthPx' | 'sheet'>>): void
  notify(notice: Omit<Notice, 'id'>): number
  dismiss(id: number): void
  setWebgl(webgl: boolean): void
  setInsets(insets: Insets): void
}

const NOTICES_KEPT = 4

export function createViewStore(
  initial: Partial<Pick<ViewState, 'door' | 'tier' | 'webgl'>> = {},
): StoreApi<ViewState> {
  let ids = 0
  return createStore<ViewState>()((set, get) => ({
    door: 'explore',
    theme: 'sun',
    tier: 'high',
    tierChosen: false,
    panelOpen: true,
    panelWidthPx: 360,
    inspectorWidthPx: 380,
    sheet: 'peek',
    notices: [],
    webgl: true,
    insets: { left: 0, right: 0, bottom: 0 },
    ...initial,
    enter: (door) => set({ door, panelOpen: true, sheet: door === 'explore' ? 'peek' : 'half' }),
    setTheme: (theme) => set({ theme }),
    setTier: (tier, tierChosen) => set({ tier, tierChosen }),
    setPanel: (change) => set(change),
    notify(notice) {
      const id = ++ids
      // the same line twice says nothing new
      const others = get().notices.filter(({ text }) => text !== notice.text)
      set({ notices: [...others, { ...notice, id }].slice(-NOTICES_KEPT) })
      return id
    },
    dismiss: (id) => set({ notices: get().notices.filter((n) => n.id !== id) }),
    setWebgl: (webgl) => set({ webgl }),
    setInsets: (insets) => set({ insets }),
  }))
}
