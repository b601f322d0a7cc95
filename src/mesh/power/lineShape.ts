import type { Fact } from '../../base/quantity.ts'

const fact = (value: number, unit: string, source: string, grade: Fact['grade']): Fact => ({
  value,
  unit,
  source,
  asOf: '2024-01-01',
  grade,
})

const SERIES = 'unified Soviet tower series (from memory); within the 15–55 m of Wikipedia, Transmission tower'

/** Height of the usual suspension tower, by the voltage from which on it is used. */
const TOWER_HEIGHT_M: readonly { readonly fromV: number; readonly height: Fact }[] = [
  { fromV: 0, height: fact(11, 'm', 'usual medium-voltage pole (from memory)', 'memory') },
  { fromV: 35_000, height: fact(18, 'm', SERIES, 'memory') },
  { fromV: 110_000, height: fact(27, 'm', SERIES, 'memory') },
  { fromV: 220_000, height: fact(36, 'm', SERIES, 'memory') },
  { fromV: 330_000, height: fact(40, 'm', SERIES, 'memory') },
  { fromV: 500_000, height: fact(45, 'm', SERIES, 'memory') },
]

/** Lines without a mapped voltage are drawn like this one. */
const ASSUMED_V = 110_000

/**
 * Sag of a span is its square times this: weight over eight times the horizontal tension, for a 240 mm² steel-reinforced
 * aluminium conductor of 0.92 kg/m at a quarter of its 75 kN strength.
 */
export const SAG_PER_M2: Fact = fact(
  (0.92 * 9.81) / (8 * 0.25 * 75_000),
  '1/m',
  'parabolic sag w·L²/(8·H); conductor AS 240/32 from memory of GOST 839-80',
  'memory',
)

/** No wire is drawn lower than this over the ground. */
export const CLEARANCE_M = 7

/** Where wires hang on a tower, as fractions of its height and in metres beside its axis. */
interface WirePlace {
  readonly acrossM: number
  readonly heightShare: number
}

/** The towers of one voltage class. */
export interface LineShape {
  readonly heightM: number
  readonly armM: number // half the width of the widest arm
  readonly wires: readonly WirePlace[]
}

/**
 * Shape of a line: one circuit hangs its three phases on arms left and right, two circuits three on each side; from
 * 330 kV on one circuit lies flat. An earth wire runs along the tips.
 */
export function lineShapeOf(voltageV: number, circuits: number): LineShape {
  const volts = voltageV > 0 ? voltageV : ASSUMED_V
  let heightM = TOWER_HEIGHT_M[0].height.value
  for (const { fromV, height } of TOWER_HEIGHT_M) if (volts >= fromV) heightM = height.value
  const armM = 0.09 * heightM + volts / 90_000
  const tip = { acrossM: 0, heightShare: 1 }
  if (volts < 35_000) {
    return {
      heightM,
      armM: 0.8,
      wires: [-0.8, 0, 0.8].map((acrossM) => ({ acrossM, heightShare: acrossM === 0 ? 1 : 0.95 })),
    }
  }
  if (circuits >= 2) {
    const levels = [0.62, 0.75, 0.88]
    const wires = levels.flatMap((heightShare, k) => {
      const acrossM = k === 1 ? armM : 0.75 * armM
      return [-acrossM, acrossM].map((side) => ({ acrossM: side, heightShare }))
    })
    return { heightM, armM, wires: [...wires, tip] }
  }
  if (volts >= 330_000) {
    return {
      heightM,
      armM: 1.4 * armM,
      wires: [-1.4 * armM, 0, 1.4 * armM].map((acrossM) => ({ acrossM, heightShare: 0.8 })),
    }
  }
  const wires = [
    { acrossM: -armM, heightShare: 0.68 },
    { acrossM: armM, heightShare: 0.68 },
    { acrossM: -0.75 * armM, heightShare: 0.82 },
  ]
  return { heightM, armM, wires: [...wires, tip] }
}
