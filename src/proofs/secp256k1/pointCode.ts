import { COMBINE_LOCALS, combine, ELEMENT_BYTES, LIMBS, type Term } from './fieldCode.ts'
import { address, type Code, call, get, load, store, type WasmFunction } from './wasmCode.ts'

// The accumulator is a point in Jacobian coordinates, x = X/Z², y = Y/Z³; what is added is affine. The formulas fail for
// infinity and for a point added to itself or its negative: then Z becomes 0 and, since every formula multiplies by the
// old Z, stays 0. Whoever reads the accumulator looks at Z first.

/** Where the accumulator and the scratch elements stand in memory. */
export const ACCUMULATOR = { x: 64, y: 64 + ELEMENT_BYTES, z: 64 + 2 * ELEMENT_BYTES } as const
/** After it: five elements that any function may overwrite. */
export const SCRATCH = 64 + 3 * ELEMENT_BYTES

const { x, y, z } = ACCUMULATOR
const scratch = (n: number): number => SCRATCH + n * ELEMENT_BYTES

/** Indices of the functions called. */
export interface FieldCalls {
  readonly multiply: number
  readonly square: number
}

interface Operations {
  mul(to: number, a: number | Code, b: number): Code
  sqr(to: number, a: number): Code
  sum(to: number, ...terms: readonly (readonly [number, number])[]): Code
}

const operations = ({ multiply, square }: FieldCalls, free: number): Operations => ({
  mul: (to, a, b) => call(multiply, address(to), typeof a === 'number' ? address(a) : a, address(b)),
  sqr: (to, a) => call(square, address(to), address(a)),
  sum: (to, ...terms) =>
    combine(
      address(to),
      terms.map(([at, factor]): Term => [address(at), factor]),
      free,
    ),
})

/** double(): the accumulator twice. For a curve with a = 0, after Cohen, Miyaji, Ono 1998. */
export function doubleFunction(calls: FieldCalls): WasmFunction {
  const { mul, sqr, sum } = operations(calls, 0)
  const [yy, s, e, t] = [scratch(0), scratch(1), scratch(2), scratch(3)]
  return {
    name: 'double',
    params: 0,
    locals: COMBINE_LOCALS,
    body: [
      ...sqr(yy, y),
      ...mul(s, x, yy),
      ...sqr(e, x),
      ...sum(e, [e, 3]), // 3 x²
      ...mul(z, y, z),
      ...sum(z, [z, 2]),
      ...sqr(x, e),
      ...sum(x, [x, 1], [s, -8]), // 9 x⁴ - 8 x y²
      ...sum(s, [s, 4], [x, -1]),
      ...mul(t, e, s),
      ...sqr(yy, yy),
      ...sum(y, [t, 1], [yy, -8]), // 3 x² (4 x y² - x') - 8 y⁴
    ],
  }
}

/** add(point) and subtract(point): the affine point at the address, or its negative, onto the accumulator. */
export function addFunction(calls: FieldCalls, sign: 1 | -1): WasmFunction {
  const { mul, sqr, sum } = operations(calls, 1)
  const pointX = get(0)
  const pointY: Code = [...get(0), ...address(ELEMENT_BYTES), 0x6a]
  const [zz, h, r, hh, v] = [scratch(0), scratch(1), scratch(2), scratch(3), scratch(4)]
  return {
    name: sign === 1 ? 'add' : 'subtract',
    params: 1,
    locals: COMBINE_LOCALS,
    body: [
      ...sqr(zz, z),
      ...mul(h, pointX, zz),
      ...sum(h, [h, 1], [x, -1]),
      ...mul(r, z, zz),
      ...mul(r, pointY, r),
      ...sum(r, [r, sign], [y, -1]),
      ...mul(z, z, h),
      ...sqr(hh, h),
      ...mul(v, x, hh),
      ...mul(hh, hh, h), // h³
      ...sqr(x, r),
      ...sum(x, [x, 1], [hh, -1], [v, -2]),
      ...sum(v, [v, 1], [x, -1]),
      ...mul(v, r, v),
      ...mul(hh, y, hh),
      ...sum(y, [v, 1], [hh, -1]),
    ],
  }
}

/** begin(point) and beginNegative(point): the accumulator becomes the affine point at the address, or its negative. */
export function beginFunction(sign: 1 | -1): WasmFunction {
  const pointY: Code = [...get(0), ...address(ELEMENT_BYTES), 0x6a]
  const limbs = Array.from({ length: LIMBS }, (_, i) => i)
  return {
    name: sign === 1 ? 'begin' : 'beginNegative',
    params: 1,
    locals: COMBINE_LOCALS,
    body: [
      ...limbs.flatMap((i) => store(address(x), 4 * i, load(get(0), 4 * i))),
      ...combine(address(y), [[pointY, sign]], 1),
      ...limbs.flatMap((i) => store(address(z), 4 * i, [0x42, i === 0 ? 1 : 0])),
    ],
  }
}
