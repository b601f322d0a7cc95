/** (c1 + c2 / (1 + ((d - x2) / x3)²)) (d / x1)² / (1 + (d / x1)²), d in m. */
export interface VariabilityCurve {
  readonly c1: number
  readonly c2: number
  readonly x1: number
  readonly x2: number
  readonly x3: number
}

export interface ItmClimate {
  readonly title: string
  readonly median: VariabilityCurve // V_med, dB
  readonly timeMinus: VariabilityCurve // sigma_T-, dB
  readonly timePlus: VariabilityCurve // sigma_T+, dB
  readonly ductC: number
  readonly ductZ: number
  readonly gMinus: readonly [number, number, number]
  readonly gPlus: readonly [number, number, number]
}

const curve = (c1: number, c2: number, x1Km: number, x2Km: number, x3Km: number): VariabilityCurve => ({
  c1,
  c2,
  x1: x1Km * 1e3,
  x2: x2Km * 1e3,
  x3: x3Km * 1e3,
})

const FLAT = [1, 0, 0] as const

/**
 * How loss varies over the year, by radio climate 1 … 7.
 *
 * Source   G. Hufford, The ITS Irregular Terrain Model, version 1.2.2: the algorithm, table 5.1, after Technical Note 101,
 *          figure 10.13
 */
export const CLIMATES: readonly ItmClimate[] = [
  {
    title: 'equatorial',
    median: curve(-9.67, 12.7, 144.9, 190.3, 133.8),
    timeMinus: curve(2.13, 159.5, 762.2, 123.6, 94.5),
    timePlus: curve(2.11, 102.3, 636.9, 134.8, 95.6),
    ductC: 1.224,
    ductZ: 1.282,
    gMinus: FLAT,
    gPlus: FLAT,
  },
  {
    title: 'continental subtropical',
    median: curve(-0.62, 9.19, 228.9, 205.2, 143.6),
    timeMinus: curve(2.66, 7.67, 100.4, 172.5, 136.4),
    timePlus: curve(6.87, 15.53, 138.7, 143.7, 98.6),
    ductC: 0.801,
    ductZ: 2.161,
    gMinus: FLAT,
    gPlus: [0.93, 0.31, 2],
  },
  {
    title: 'maritime subtropical',
    median: curve(1.26, 15.5, 262.6, 185.2, 99.8),
    timeMinus: curve(6.11, 6.65, 138.2, 242.2, 178.6),
    timePlus: curve(10.08, 9.6, 165.3, 225.7, 129.7),
    ductC: 1.38,
    ductZ: 1.282,
    gMinus: FLAT,
    gPlus: FLAT,
  },
  {
    title: 'desert',
    median: curve(-9.21, 9.05, 84.1, 101.1, 98.6),
    timeMinus: curve(1.98, 13.11, 139.1, 132.7, 193.5),
    timePlus: curve(3.68, 159.3, 464.4, 93.1, 94.2),
    ductC: 1,
    ductZ: 20,
    gMinus: FLAT,
    gPlus: [0.93, 0.19, 1.79],
  },
  {
    title: 'continental temperate',
    median: curve(-0.62, 9.19, 228.9, 205.2, 143.6),
    timeMinus: curve(2.68, 7.16, 93.7, 186.8, 133.5),
    timePlus: curve(4.75, 8.12, 93.2, 135.9, 113.4),
    ductC: 1.224,
    ductZ: 1.282,
    gMinus: [0.92, 0.25, 1.77],
    gPlus: [0.93, 0.31, 2],
  },
  {
    title: 'maritime temperate over land',
    median: curve(-0.39, 2.86, 141.7, 315.9, 167.4),
    timeMinus: curve(6.86, 10.38, 187.8, 169.6, 108.9),
    timePlus: curve(8.58, 13.97, 216, 152, 122.7),
    ductC: 1.518,
    ductZ: 1.282,
    gMinus: FLAT,
    gPlus: FLAT,
  },
  {
    title: 'maritime temperate over sea',
    median: curve(3.15, 857.9, 2222, 164.8, 116.3),
    timeMinus: curve(8.51, 169.8, 609.8, 119.9, 106.6),
    timePlus: curve(8.43, 8.19, 136.2, 188.5, 122.9),
    ductC: 1.518,
    ductZ: 1.282,
    gMinus: FLAT,
    gPlus: FLAT,
  },
]
