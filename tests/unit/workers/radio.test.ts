import { afterEach, expect, test } from 'vitest'
import { encodeCity } from '../../../src/formats/cityFile/encodeCity.ts'
import type { Transmitter } from '../../../src/model/coverage.ts'
import { createRadioApi } from '../../../workers/radio.api.ts'
import { createRadioSimulator, type RadioSimulator } from '../../../workers/radio.client.ts'
import { messageLine } from '../../support/messageLine.ts'
import { tinyCity } from '../../support/tinyCity.ts'

let radio: RadioSimulator
afterEach(() => radio.dispose())

const city = tinyCity([
  { x: 100, y: -20, w: 40, h: 40, heightM: 30 },
  { x: -200, y: 60, w: 60, h: 30, heightM: 12 },
])
const people = Float32Array.of(200, 40)
const gateway = (id: string, xM: number): Transmitter => ({
  id,
  xM,
  yM: 0,
  heightM: 20,
  eirpDbm: 16,
  freqMhz: 868,
  rangeM: 800,
  sensitivityDbm: -137,
})
const request = (...transmitters: Transmitter[]) => ({ transmitters, cellM: 5, model: 'bullington' })
const connect = () => {
  radio = createRadioSimulator(messageLine(createRadioApi()))
  return radio
}
const opened = async () => {
  await connect().open(city, people)
  return radio
}

test('default: raster and summary come back, a coarse one first, with rising progress', async () => {
  await opened()
  const seen: number[] = []
  const coarse: number[] = []
  const { raster, summary } = await radio.coverage(request(gateway('a', 0)), {
    onProgress: (fraction) => seen.push(fraction),
    onCoarse: (first) => coarse.push(first.raster.cellM),
  })
  expect(coarse).toEqual([20])
  expect(raster.cellM).toBe(5)
  expect(raster.rssiDbm.length).toBe(raster.cols * raster.rows)
  expect(summary.peopleCovered).toBe(240)
  expect(seen.length).toBeGreaterThan(0)
  expect(seen).toEqual([...seen].sort((a, b) => a - b))
})

test('behavior: asked again, or with one more gateway, the known part is not computed again and the answer is the same', async () => {
  await opened()
  const first = await radio.coverage(request(gateway('a', 0)))
  let coarse = 0
  const again = await radio.coverage(request(gateway('a', 0)), { onCoarse: () => coarse++ })
  expect(coarse).toBe(0)
  expect(again).toEqual(first)
  const two = await radio.coverage(request(gateway('a', 0), gateway('b', 90)))
  await radio.open(city, people)
  expect(await radio.coverage(request(gateway('a', 0), gateway('b', 90)))).toEqual(two)
})

test('default: a city file is taken as bytes, and people are spread over its homes', async () => {
  const astana = { ...city, meta: { ...city.meta, id: 'astana' } }
  const { people: own, population } = await connect().open(encodeCity(astana).buffer as ArrayBuffer)
  expect(population!.value).toBeGreaterThan(1e6)
  expect(own.reduce((a, b) => a + b, 0) / population!.value).toBeCloseTo(1, 5)
  const { summary } = await radio.coverage(request(gateway('a', 0)))
  expect(summary.peopleTotal / population!.value).toBeCloseTo(1, 5)
  expect((await radio.open(city)).population).toBeNull()
})

test('behavior: abort rejects, and the worker takes the next job', async () => {
  await opened()
  const stop = new AbortController()
  const job = radio.coverage(
    { ...request(gateway('a', 0)), cellM: 0.5 },
    { signal: stop.signal, onProgress: () => stop.abort() },
  )
  await expect(job).rejects.toMatchObject({ code: 'JOB_CANCELLED' })
  expect((await radio.coverage(request(gateway('a', 0)))).summary.model).toBe('bullington')
})

test('error: CITY_EMPTY before open, RADIO_OUT_OF_RANGE for nonsense, WORKER_DIED when the line closes', async () => {
  await expect(connect().coverage(request(gateway('a', 0)))).rejects.toMatchObject({ code: 'CITY_EMPTY' })
  await radio.open(city, people)
  await expect(radio.coverage({ ...request(gateway('a', 0)), model: 'magic' })).rejects.toMatchObject({
    code: 'RADIO_OUT_OF_RANGE',
  })
  await expect(radio.coverage(request({ ...gateway('a', 0), rangeM: 1e12 }))).rejects.toMatchObject({
    code: 'RADIO_OUT_OF_RANGE',
  })
  const open = radio.coverage({ ...request(gateway('a', 0)), cellM: 1 })
  radio.dispose()
  await expect(open).rejects.toMatchObject({ code: 'WORKER_DIED' })
})
