import { describe, expect, test } from 'vitest'
import { DAY_MS, HOUR_MS, localTime } from '../../../../data/devnet/fleet/calendar.ts'
import {
  createEvCharger,
  type Session,
  sessionIn,
  sessionPowerW,
  windowOf,
} from '../../../../data/devnet/fleet/evCharger.ts'
import { createSwapStation, replaySwapDay } from '../../../../data/devnet/fleet/swapStation.ts'

const energyWh = (session: Session): number => {
  let wh = 0
  for (let timeMs = session.startMs; timeMs < session.endMs; timeMs += 10_000)
    wh += (sessionPowerW(session, timeMs + 5_000) * 10) / 3600
  return wh
}

describe('EV charger', () => {
  const site = { kind: 'ac', connectors: 4, busyness: 0.7 } as const
  const monthOfSessions = (): Session[] => {
    const first = Math.floor(Date.UTC(2026, 10, 2) / windowOf('ac'))
    return Array.from({ length: 180 }, (_, window) =>
      Array.from({ length: 4 }, (_, connector) => sessionIn(site, 5, connector, first + window, 5)),
    )
      .flat()
      .filter((session) => session !== null)
  }

  test('behavior: power is constant to the knee and tapers after it, without a jump', () => {
    const session: Session = { startMs: 0, endMs: 9 * HOUR_MS, powerW: 11_000, capacityWh: 60_000, startCharge: 0.5 }
    const kneeMs = ((0.3 * 60_000) / 11_000) * HOUR_MS
    expect(sessionPowerW(session, kneeMs - 1)).toBe(11_000)
    expect(sessionPowerW(session, kneeMs + 1)).toBeCloseTo(11_000, -1)
    expect(sessionPowerW(session, kneeMs + HOUR_MS)).toBeCloseTo(11_000 * Math.exp(-11_000 / 12_000), 6)
    expect(sessionPowerW(session, -1)).toBe(0)
    expect(sessionPowerW(session, 9 * HOUR_MS)).toBe(0)
  })

  test('behavior: no battery takes more than fits in', () => {
    const sessions = monthOfSessions()
    expect(sessions.length).toBeGreaterThan(100)
    for (const session of sessions)
      expect(energyWh(session)).toBeLessThanOrEqual((1 - session.startCharge) * session.capacityWh * 1.001)
  })

  test('behavior: a session brings about as much energy as real ones do', () => {
    const sessions = monthOfSessions()
    const meanKwh = sessions.reduce((sum, session) => sum + energyWh(session), 0) / sessions.length / 1000
    // ACN-Data: 14.7 kWh; facts, energy, section 4
    expect(meanKwh).toBeGreaterThan(9)
    expect(meanKwh).toBeLessThan(21)
  })

  test('behavior: sessions on one connector never overlap, and stay in their window', () => {
    const first = Math.floor(Date.UTC(2026, 10, 2) / windowOf('dc'))
    for (let window = first; window < first + 500; window++) {
      const session = sessionIn({ ...site, kind: 'dc' }, 6, 0, window, 5)
      if (!session) continue
      expect(session.startMs).toBeGreaterThanOrEqual(window * windowOf('dc'))
      expect(session.endMs).toBeLessThanOrEqual((window + 1) * windowOf('dc'))
      expect(session.endMs).toBeGreaterThan(session.startMs)
    }
  })

  test('behavior: busy by day, quiet by night', () => {
    const readout = createEvCharger(site, 8, 5)
    const at = { night: 0, evening: 0 }
    for (let i = 0; i < 60 * 48; i++) {
      const timeMs = Date.UTC(2026, 8, 1) + i * 1_800_000
      const { hour } = localTime(timeMs, 5)
      const sessions = readout(timeMs)[1]!.value
      expect(sessions).toBeLessThanOrEqual(4)
      if (hour >= 1 && hour < 5) at.night += sessions
      if (hour >= 16 && hour < 20) at.evening += sessions
    }
    expect(at.evening).toBeGreaterThan(2.5 * at.night)
  })
})

describe('swap station', () => {
  const site = { packs: 10, arrivalsPerDay: 110 }
  const dayStart = Date.UTC(2026, 10, 22, 23) // four in the morning, local
  const days = Array.from({ length: 20 }, (_, i) => replaySwapDay(site, 3, dayStart + i * DAY_MS))

  test('behavior: everything that goes on charge is full before the next day begins', () => {
    days.forEach((day, i) => {
      for (const charge of day.charges) {
        expect(charge.startMs).toBeGreaterThanOrEqual(dayStart + i * DAY_MS)
        expect(charge.endMs).toBeLessThan(dayStart + (i + 1) * DAY_MS)
      }
    })
  })

  test('behavior: never more packs on charge than there are', () => {
    for (const day of days) {
      for (const { startMs } of day.charges) {
        const busy = day.charges.filter((charge) => charge.startMs <= startMs && startMs < charge.endMs).length
        expect(busy).toBeLessThanOrEqual(site.packs)
      }
    }
  })

  test('behavior: swaps stay under what bay and packs can do', () => {
    for (const day of days) {
      expect(day.visits.length).toBe(day.charges.length)
      const byPacks = day.charges.reduce((sum, charge) => sum + charge.endMs - charge.startMs, 0)
      expect(byPacks).toBeLessThanOrEqual(site.packs * DAY_MS)
      for (let i = 1; i < day.visits.length; i++)
        expect(day.visits[i]!.leaveMs - day.visits[i - 1]!.leaveMs).toBeGreaterThanOrEqual(180_000)
    }
  })

  test('behavior: arrivals come out near the number asked for', () => {
    const mean = days.reduce((sum, day) => sum + day.visits.length + day.turnedAway, 0) / days.length
    expect(Math.abs(mean - 110)).toBeLessThan(10)
  })

  test('behavior: packs ready and on charge add up, and the day has no seam at four', () => {
    const readout = createSwapStation(site, 3, 5)
    for (let minute = -30; minute < 30; minute++) {
      const [power, ready] = readout(dayStart + DAY_MS + minute * 60_000)
      expect(power!.value >= 0).toBe(true)
      if (minute >= -1 && minute <= 0) expect([power!.value, ready!.value]).toEqual([0, 10])
    }
  })

  test('behavior: the answer does not depend on the order of questions', () => {
    const times = Array.from({ length: 200 }, (_, i) => dayStart + i * 4.7 * HOUR_MS)
    const forward = createSwapStation(site, 3, 5)
    const backward = createSwapStation(site, 3, 5)
    const answers = times.map((timeMs) => forward(timeMs))
    expect([...times].reverse().map((timeMs) => backward(timeMs))).toEqual([...answers].reverse())
  })
})
