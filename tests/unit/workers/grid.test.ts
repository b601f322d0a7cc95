import { expose } from 'comlink'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { encodeCity } from '../../../src/formats/cityFile/encodeCity.ts'
import { createGridApi } from '../../../workers/grid.api.ts'
import { createGridSimulator, type GridSimulator } from '../../../workers/grid.client.ts'
import { aTown } from '../../support/town.ts'

const city = aTown({ blocks: 6 })
const winter = { assets: [], settings: [['day-of-year', 17]] as [['day-of-year', number]] }

let simulator: GridSimulator
beforeEach(() => {
  const { port1, port2 } = new MessageChannel()
  expose(createGridApi(), port1 as never)
  port1.start()
  simulator = createGridSimulator(Object.assign(port2, { terminate: () => port1.close() }) as never)
  port2.start()
})
afterEach(() => simulator.dispose())

describe('createGridSimulator', () => {
  test('default: opens a city, solves a day with rising progress, answers for single branches and buses', async () => {
    const opened = await simulator.open(city)
    expect(opened.map.busCount).toBeGreaterThan(100)
    expect(opened.calibration).toMatchObject({ calibrated: false })
    expect(opened.findings.map(({ code }) => code)).toContain('LOAD_NOT_CALIBRATED')

    const seen: number[] = []
    const { day, summary, worst, engines, seed } = await simulator.runDay(winter, { onProgress: (f) => seen.push(f) })
    expect(day.vPu).toHaveLength(96 * opened.map.busCount)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(summary.unconvergedSteps).toBe(0)
    expect(engines).toEqual({ load: '1', synth: '1', assets: '2', grid: '1' })
    expect(seed).toBe('veracity')

    const hot = worst.branches[0]!
    const branch = await simulator.branchDay(hot.branch)
    expect(Math.abs(branch.loading[hot.step]! - hot.loading)).toBeLessThan(1e-6)
    const low = worst.buses[0]!
    const bus = await simulator.busDay(low.bus)
    expect(Math.abs(bus.vPu[low.step]! - low.vPu)).toBeLessThan(1e-6)
  })

  test('default: the bytes of a city file are as good as the city', async () => {
    const bytes = encodeCity(city)
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
    const opened = await simulator.open(buffer)
    expect(buffer.byteLength).toBe(bytes.byteLength)
    expect(opened.map).toEqual((await simulator.open(city)).map)
  })

  test('behavior: a placement changes the day, and taking it back gives the same bytes again', async () => {
    await simulator.open(city)
    const first = await simulator.runDay(winter)
    const { originLatDeg: latDeg, originLonDeg: lonDeg } = city.meta
    const charger = { id: 'c', kind: 'ev-charger' as const, latDeg, lonDeg, network: 'none', params: {} }
    const second = await simulator.runDay({ ...winter, assets: [charger] })
    expect(second.attachments).toHaveLength(1)
    expect(second.summary.energyKwh).toBeGreaterThan(first.summary.energyKwh)
    expect((await simulator.runDay(winter)).day).toEqual(first.day)
  })

  test('behavior: abort stops the day, and the worker takes the next', async () => {
    await simulator.open(city)
    const stop = new AbortController()
    stop.abort()
    await expect(simulator.runDay(winter, { signal: stop.signal })).rejects.toMatchObject({ code: 'JOB_CANCELLED' })
    const late = new AbortController()
    const job = simulator.runDay(winter, { signal: late.signal })
    late.abort()
    await expect(job).rejects.toMatchObject({ code: 'JOB_CANCELLED' })
    expect((await simulator.runDay(winter)).summary.unconvergedSteps).toBe(0)
  })

  test('error: GRID_INVALID before a city is open, before a day is run, and for what is not there', async () => {
    await expect(simulator.runDay(winter)).rejects.toMatchObject({ code: 'GRID_INVALID' })
    await simulator.open(city)
    await expect(simulator.branchDay(0)).rejects.toMatchObject({ code: 'GRID_INVALID' })
    await simulator.runDay(winter)
    for (const index of [-1, 1e9, 0.5, NaN]) {
      await expect(simulator.branchDay(index)).rejects.toMatchObject({ code: 'GRID_INVALID' })
      await expect(simulator.busDay(index)).rejects.toMatchObject({ code: 'GRID_INVALID' })
    }
  })
  test('error: FORMAT_BROKEN for bytes that are no city', async () => {
    await expect(simulator.open(new ArrayBuffer(64))).rejects.toMatchObject({ code: 'FORMAT_BROKEN' })
  })
  test('error: PLACEMENT_REFUSED crosses whole', async () => {
    await simulator.open(city)
    const { originLatDeg: latDeg, originLonDeg: lonDeg } = city.meta
    const bad = { id: 'c', kind: 'gpu-rack' as const, latDeg, lonDeg, network: 'none', params: { gpus: 1e6 } }
    await expect(simulator.runDay({ ...winter, assets: [bad] })).rejects.toMatchObject({
      code: 'PLACEMENT_REFUSED',
      details: { id: 'c', key: 'gpus' },
    })
  })
})
