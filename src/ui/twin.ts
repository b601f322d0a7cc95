import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import type { TwinActions } from './actions.ts'
import type { TwinStores } from './stores.ts'

/** Everything the interface may read and do. Made once by the composition root. */
export interface Twin {
  readonly stores: TwinStores
  readonly actions: TwinActions
}

export const TwinContext = createContext<Twin | null>(null)

export function useTwin(): Twin {
  const twin = useContext(TwinContext)
  if (!twin) throw new Error('useTwin stands outside of TwinContext.')
  return twin
}

export const useActions = (): TwinActions => useTwin().actions

/** A slice of one store; renders only when the slice changes. */
export function useSlice<Name extends keyof TwinStores, Slice>(
  name: Name,
  select: (state: TwinStores[Name] extends StoreApi<infer State> ? State : never) => Slice,
): Slice {
  const store = useTwin().stores[name] as StoreApi<unknown>
  return useStore(store, select as (state: unknown) => Slice)
}
