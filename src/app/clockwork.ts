import type { StoreApi } from 'zustand/vanilla'
import type { ClockState } from '../stores/clock.ts'
import type { FeedsState } from '../stores/feeds.ts'
import type { TourState } from '../stores/tour.ts'

const LIVE_TICK_MS = 1000
const PLAY_TICK_MS = 33

/** Moves the clock and the tours on: once a second while nothing plays, smoothly while something does. */
export function startClockwork(
  clock: StoreApi<ClockState>,
  feeds: StoreApi<FeedsState>,
  demo: StoreApi<TourState>,
): () => void {
  let last = performance.now()
  let timer: ReturnType<typeof setTimeout>
  const tick = () => {
    const now = performance.now()
    const dtS = Math.min((now - last) / 1000, 1) // a sleeping tab does not jump
    last = now
    if (feeds.getState().active === 'live') clock.getState().setNow(Date.now())
    if (clock.getState().playing) clock.getState().advance(dtS)
    if (demo.getState().playing) demo.getState().tick(dtS)
    timer = setTimeout(tick, clock.getState().playing || demo.getState().playing ? PLAY_TICK_MS : LIVE_TICK_MS)
  }
  // a start must be felt at once, not at the next slow tick
  const soon = () => {
    clearTimeout(timer)
    last = performance.now()
    timer = setTimeout(tick, PLAY_TICK_MS)
  }
  const offs = [
    clock.subscribe((now, then) => now.playing && !then.playing && soon()),
    demo.subscribe((now, then) => now.playing && !then.playing && soon()),
  ]
  timer = setTimeout(tick, LIVE_TICK_MS)
  return () => {
    clearTimeout(timer)
    for (const off of offs) off()
  }
}
