import { useEffect, useState } from 'react'
import type { StoreApi } from 'zustand/vanilla'

/** A slice of a fast store, looked at now and then: for panels that summarise what changes many times a second. */
export function useSlowly<State, Slice>(
  store: StoreApi<State>,
  select: (state: State) => Slice,
  everyMs: number,
): Slice {
  const [slice, setSlice] = useState(() => select(store.getState()))
  // biome-ignore lint/correctness/useExhaustiveDependencies: `select` is written inline and reads nothing but the state
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      timer = undefined
      setSlice(select(store.getState()))
    }
    const unsubscribe = store.subscribe(() => {
      timer ??= setTimeout(look, everyMs)
    })
    look()
    return () => {
      unsubscribe()
      clearTimeout(timer)
    }
  }, [store, everyMs])
  return slice
}
