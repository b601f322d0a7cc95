import { useSyncExternalStore } from 'react'

let nowMs = Math.floor(Date.now() / 1000) * 1000
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    nowMs = Math.floor(Date.now() / 1000) * 1000
    for (const notify of listeners) notify()
  }, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

/** The wall clock, once a second, for ages. One timer for all who look at it. */
export const useWallClock = (): number => useSyncExternalStore(subscribe, () => nowMs)
