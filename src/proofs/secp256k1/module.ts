import { multiplyFunction, squareFunction } from './fieldCode.ts'
import { stepFactorsFunction, stepValuesFunction } from './inverseCode.ts'
import { addFunction, beginFunction, doubleFunction } from './pointCode.ts'
import { assembleModule } from './wasmCode.ts'

const PAGE_BYTES = 65_536

/** Field and point arithmetic of secp256k1 over one memory. All arguments are addresses in it. */
export interface CurveModule {
  multiply(to: number, a: number, b: number): void
  square(to: number, a: number): void
  double(): void
  add(point: number): void
  subtract(point: number): void
  begin(point: number): void
  beginNegative(point: number): void
  stepValues(u: number, v: number, q: number, r: number): number
  stepFactors(u: number, v: number, q: number, r: number, inverse: number): void
  /** The memory as it is now; a view is void after `reserve`. */
  words(): Uint32Array
  /** Address of that many fresh bytes. Grows the memory by pages. */
  reserve(bytes: number): number
}

/** What stands at fixed addresses (accumulator, scratch, division steps) fits below this. */
const FIRST_FREE = 1024
const FIRST_PAGES = 8
const PAGES_AT_ONCE = 8

type Exports = Omit<CurveModule, 'words' | 'reserve'> & { readonly memory: WebAssembly.Memory }

/** Assembles and starts the module: some 15 kB of code, made from the functions beside this file. */
export async function createCurveModule(): Promise<CurveModule> {
  const multiply = multiplyFunction()
  const square = squareFunction()
  const calls = { multiply: 0, square: 1 }
  const bytes = assembleModule(
    [
      multiply,
      square,
      doubleFunction(calls),
      addFunction(calls, 1),
      addFunction(calls, -1),
      beginFunction(1),
      beginFunction(-1),
      stepValuesFunction(),
      stepFactorsFunction(),
    ],
    FIRST_PAGES,
  )
  const { instance } = await WebAssembly.instantiate(bytes)
  const { memory, ...functions } = instance.exports as unknown as Exports
  let words = new Uint32Array(memory.buffer)
  let next = FIRST_FREE
  return {
    ...functions,
    words: () => words,
    reserve(count) {
      const at = next
      const missing = Math.ceil((at + count - memory.buffer.byteLength) / PAGE_BYTES)
      if (missing > 0) {
        memory.grow(Math.max(missing, PAGES_AT_ONCE))
        words = new Uint32Array(memory.buffer)
      }
      next += count // what could not be had is not taken
      return at
    },
  }
}
