import { createStore, type StoreApi } from 'zustand/vanilla'

/** How far the timeline reaches: a measured day behind now, a modelled day ahead. */
export const PAST_MS = 24 * 3600_000
export const FUTURE_MS = 24 * 3600_000

export interface ClockState {
  readonly nowMs: number // the present: wall clock when live, the end of the recording when recorded
  readonly offsetMs: number // shown time minus now; 0 follows the present
  readonly playing: boolean
  readonly speed: number // shown seconds per second while playing
  readonly utcOffsetH: number // the city's own clock
  setNow(nowMs: number): void
  setUtcOffset(hours: number): void
  scrub(offsetMs: number): void
  toNow(): void
  play(speed?: number): void
  pause(): void
  /** Moves the shown time on by `dtS` real seconds. Stops at the end of the modelled day. */
  advance(dtS: number): void
}

const clampOffset = (offsetMs: number): number => Math.min(Math.max(offsetMs, -PAST_MS), FUTURE_MS)

/** The one clock of the page: what time is shown, and where now is. */
export function createClockStore(nowMs: number): StoreApi<ClockState> {
  return createStore<ClockState>()((set, get) => ({
    nowMs,
    offsetMs: 0,
    playing: false,
    speed: 3600,
    utcOffsetH: 0,
    setNow: (now) => set({ nowMs: now }),
    setUtcOffset: (utcOffsetH) => set({ utcOffsetH }),
    scrub: (offsetMs) => set({ offsetMs: clampOffset(offsetMs), playing: false }),
    toNow: () => set({ offsetMs: 0, playing: false }),
    play: (speed = get().speed) =>
      set({ playing: true, speed, offsetMs: get().offsetMs >= FUTURE_MS ? -PAST_MS : get().offsetMs }),
    pause: () => set({ playing: false }),
    advance(dtS) {
      const { playing, speed, offsetMs } = get()
      if (!playing) return
      const next = clampOffset(offsetMs + dtS * speed * 1000)
      set({ offsetMs: next, playing: next < FUTURE_MS })
    },
  }))
}

export const shownMs = ({ nowMs, offsetMs }: ClockState): number => nowMs + offsetMs

/** Whether the scene has another moment to show: it follows the minutes, not the seconds. */
export const momentTurned = (now: ClockState, then: ClockState): boolean =>
  now.offsetMs !== then.offsetMs || Math.floor(now.nowMs / 60_000) !== Math.floor(then.nowMs / 60_000)

/** Hours since midnight on the city's own clock, 0 … 24. */
export function cityHour(timeMs: number, utcOffsetH: number): number {
  const hours = (timeMs / 3600_000 + utcOffsetH) % 24
  return hours < 0 ? hours + 24 : hours
}

/** The step of a modelled day (equal steps from midnight) that holds this time. */
export const dayStep = (timeMs: number, utcOffsetH: number, steps: number): number =>
  Math.min(steps - 1, Math.floor((cityHour(timeMs, utcOffsetH) / 24) * steps))
