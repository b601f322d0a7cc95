import { expect, test } from 'vitest'
import { lossOf } from '../../../src/engines/radio/lossModel.ts'
import { lossModelById } from '../../../src/engines/radio/models/index.ts'
import { rmaLosProbability } from '../../../src/engines/radio/models/rma.ts'
import { umaLosProbability } from '../../../src/engines/radio/models/uma.ts'
import { umiLosProbability } from '../../../src/engines/radio/models/umi.ts'

type Row = Readonly<Record<string, number>>
const lossDb = (id: string, row: Row): number => lossOf(lossModelById.get(id)!, row).lossDb

// ns-3 src/propagation/test/three-gpp-propagation-loss-model-test-suite.cc: 5 GHz, mobile at 1.5 m, its tolerance 0.05 dB
const threeGpp: readonly [model: string, txM: number, distanceM: number, lossDb: number][] = [
  ['uma-los', 25, 10, 72.938],
  ['uma-los', 25, 100, 86.2362],
  ['uma-los', 25, 1000, 109.7252],
  ['uma-los', 25, 5000, 137.6794],
  ['uma-nlos', 25, 10, 82.5131],
  ['uma-nlos', 25, 100, 106.1356],
  ['uma-nlos', 25, 1000, 144.7641],
  ['uma-nlos', 25, 5000, 172.0753],
  ['umi-los', 10, 10, 69.8591],
  ['umi-los', 10, 100, 88.4122],
  ['umi-los', 10, 1000, 119.3114],
  ['umi-los', 10, 5000, 147.2696],
  ['umi-nlos', 10, 10, 76.7563],
  ['umi-nlos', 10, 100, 107.9432],
  ['umi-nlos', 10, 1000, 143.1886],
  ['umi-nlos', 10, 5000, 167.8617],
  ['rma-los', 35, 10, 77.3784],
  ['rma-los', 35, 100, 87.2965],
  ['rma-los', 35, 1000, 108.5577],
  ['rma-los', 35, 10_000, 140.3896],
  ['rma-nlos', 35, 10, 77.3784],
  ['rma-nlos', 35, 100, 95.7718],
  ['rma-nlos', 35, 1000, 133.5223],
  ['rma-nlos', 35, 5000, 160.5169],
]
test.each(threeGpp)(
  'default: TR 38.901 %s, base at %d m, %d m away: ns-3 says %d dB',
  (id, txM, distanceM, expected) => {
    const got = lossDb(id, { f_mhz: 5000, d_m: distanceM, h_tx_m: txM, h_rx_m: 1.5 })
    expect(Math.abs(got - expected)).toBeLessThanOrEqual(0.05)
  },
)

// ns-3 src/propagation/test/okumura-hata-test-suite.cc: 2 km, base 30 m, mobile 1 m, its tolerance 0.1 dB
const macro: readonly [model: string, freqMhz: number, environment: number, lossDb: number][] = [
  ['hata', 869, 0, 137.93],
  ['hata', 869, 1, 137.88],
  ['hata', 869, 2, 128.03],
  ['hata', 869, 3, 109.66],
  ['cost231', 2114, 1, 150.64],
]
test.each(macro)('default: %s at %d MHz, environment %d: ns-3 says %d dB', (id, freqMhz, environment, expected) => {
  const got = lossDb(id, { f_mhz: freqMhz, d_m: 2000, h_tx_m: 30, h_rx_m: 1, environment })
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(0.1)
})

test('behavior: COST-231 large city keeps the -4.97 dB that ns-3 (148.55 dB) leaves out of the mobile correction', () => {
  const got = lossDb('cost231', { f_mhz: 2114, d_m: 2000, h_tx_m: 30, h_rx_m: 1, environment: 0 })
  expect(Math.abs(got - 4.97 - 148.55)).toBeLessThanOrEqual(0.1)
})

test('default: P.1411 rows answer L = 10 alpha log d + beta + 10 gamma log f of the Recommendation', () => {
  const flat = { h_tx_m: 10, h_rx_m: 10 }
  expect(lossDb('p1411-below-roof-los', { f_mhz: 1000, d_m: 100, ...flat })).toBeCloseTo(42.4 + 29.2, 9)
  expect(lossDb('p1411-below-roof-nlos-high-rise', { f_mhz: 10_000, d_m: 100, ...flat })).toBeCloseTo(
    80 + 10.2 + 23.6,
    9,
  )
  expect(lossDb('p1411-below-roof-nlos-low-rise', { f_mhz: 10_000, d_m: 100, ...flat })).toBeCloseTo(
    101.2 - 4.68 + 20.2,
    9,
  )
  expect(lossDb('p1411-residential-nlos', { f_mhz: 1000, d_m: 100, ...flat })).toBeCloseTo(60.2 + 18.8, 9)
  expect(lossDb('p1411-above-roof-los', { f_mhz: 10_000, d_m: 1000, ...flat })).toBeCloseTo(68.7 + 28.6 + 19.6, 9)
  expect(lossDb('p1411-above-roof-nlos', { f_mhz: 10_000, d_m: 1000, ...flat })).toBeCloseTo(131.7 - 6.27 + 23, 9)
})

test('default: free space at 1 km and 868 MHz is 91.2 dB (20 log d_km + 20 log f_MHz + 32.45)', () => {
  const got = lossDb('free-space', { f_mhz: 868, d_m: 1000, h_tx_m: 5, h_rx_m: 5 })
  expect(Math.abs(got - (20 * Math.log10(868) + 32.45))).toBeLessThan(0.005)
})

test('default: a knife edge that touches the line of sight costs 6.03 dB (P.526: J(0))', () => {
  const row = { f_mhz: 868, d_m: 1000, h_tx_m: 10, h_rx_m: 10, edge_d_m: 500, edge_h_m: 10 }
  const free = lossDb('free-space', row)
  expect(lossDb('knife-edge', row) - free).toBeCloseTo(6.03, 2)
})

test('default: log-distance fits give their own reference loss at their reference distance', () => {
  const row = { f_mhz: 868, h_tx_m: 10, h_rx_m: 1 }
  expect(lossDb('log-distance-lorasim', { ...row, d_m: 40 })).toBeCloseTo(127.41, 9)
  expect(lossDb('log-distance-lorasim', { ...row, d_m: 400 })).toBeCloseTo(127.41 + 20.8, 9)
  expect(lossDb('log-distance', { ...row, d_m: 10 })).toBeCloseTo(7.7 + 37.6, 9)
  expect(lossDb('log-distance-oulu', { ...row, d_m: 10_000 })).toBeCloseTo(128.95 + 23.2, 9)
})

// 3GPP TR 38.901 table 7.4.2-1 as written out in ns-3 channel-condition-model-test-suite.cc
test('default: probability of line of sight in UMa, UMi and RMa', () => {
  expect(umaLosProbability(18, 1.5)).toBe(1)
  expect(umaLosProbability(50, 1.5)).toBeCloseTo(18 / 50 + Math.exp(-50 / 63) * (1 - 18 / 50), 12)
  const base = 18 / 100 + Math.exp(-100 / 63) * (1 - 18 / 100)
  expect(umaLosProbability(100, 15)).toBeCloseTo(base * (1 + 0.2 ** 1.5 * 1.25 * Math.exp(-100 / 150)), 12)
  expect(umiLosProbability(50)).toBeCloseTo(18 / 50 + Math.exp(-50 / 36) * (1 - 18 / 50), 12)
  expect(rmaLosProbability(10)).toBe(1)
  expect(rmaLosProbability(1000)).toBeCloseTo(Math.exp(-0.99), 12)
})
