import { useSyncExternalStore } from 'react'

const QUERY = '(max-width: 760px)'

const subscribe = (onChange: () => void): (() => void) => {
  const list = matchMedia(QUERY)
  list.addEventListener('change', onChange)
  return () => list.removeEventListener('change', onChange)
}

/** Whether the page is as narrow as a phone: one sheet instead of panels. */
export const useCompact = (): boolean => useSyncExternalStore(subscribe, () => matchMedia(QUERY).matches)
