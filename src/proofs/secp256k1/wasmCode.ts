// The few instructions of WebAssembly that field arithmetic needs, as functions from code to code, and the frame around
// them that makes a module. Encodings: WebAssembly Core Specification 1.0, chapter 5.

/** Instructions, encoded; an expression leaves one value on the stack. */
export type Code = readonly number[]

/** Unsigned LEB128. */
function uleb(value: number): number[] {
  const out: number[] = []
  for (let rest = value; ; ) {
    const low = rest & 127
    rest >>>= 7
    if (rest === 0) return [...out, low]
    out.push(low | 128)
  }
}

/** Signed LEB128. */
function sleb(value: bigint): number[] {
  const out: number[] = []
  for (let rest = value; ; ) {
    const low = Number(rest & 127n)
    rest >>= 7n
    if ((rest === 0n && low < 64) || (rest === -1n && low >= 64)) return [...out, low]
    out.push(low | 128)
  }
}

const binary =
  (opcode: number) =>
  (a: Code, b: Code): Code => [...a, ...b, opcode]

export const get = (local: number): Code => [0x20, ...uleb(local)]
export const set = (local: number, value: Code): Code => [...value, 0x21, ...uleb(local)]
/** An i32 constant: an address. */
export const address = (value: number): Code => [0x41, ...sleb(BigInt(value))]
/** An i64 constant. */
export const number = (value: bigint | number): Code => [0x42, ...sleb(BigInt(value))]
export const add = binary(0x7c)
export const sub = binary(0x7d)
export const mul = binary(0x7e)
export const and = binary(0x83)
export const or = binary(0x84)
export const shl = binary(0x86)
/** Shift right that keeps the sign. */
export const shr = binary(0x87)
export const toI32 = (value: Code): Code => [...value, 0xa7]
export const signExtended = (value: Code): Code => [...value, 0xac]
/** A limb of 32 bits without sign, and with. */
export const load = (at: Code, offset: number): Code => [...at, 0x35, 2, ...uleb(offset)]
export const loadSigned = (at: Code, offset: number): Code => [...at, 0x34, 2, ...uleb(offset)]
export const store = (at: Code, offset: number, value: Code): Code => [...at, ...value, 0x3e, 2, ...uleb(offset)]
export const call = (functionIndex: number, ...values: Code[]): Code => [...values.flat(), 0x10, ...uleb(functionIndex)]

/** A function: `params` of i32, `locals` of i64 after them. */
export interface WasmFunction {
  readonly name: string
  readonly params: number
  readonly returnsI32?: boolean
  readonly locals: number
  readonly body: Code
}

const I32 = 0x7f
const I64 = 0x7e
const text = (name: string): number[] => [name.length, ...new TextEncoder().encode(name)]
const vector = (items: readonly Code[]): number[] => [...uleb(items.length), ...items.flat()]

function section(id: number, items: readonly Code[]): number[] {
  const content = vector(items)
  return [id, ...uleb(content.length), ...content]
}

/** A module that exports its functions by name and its memory as `memory`, with `pages` of 64 KiB to begin with. */
export function assembleModule(functions: readonly WasmFunction[], pages: number): Uint8Array<ArrayBuffer> {
  const bodies = functions.map(({ locals, body }) => {
    const content = [...(locals > 0 ? [1, ...uleb(locals), I64] : [0]), ...body, 0x0b]
    return [...uleb(content.length), ...content]
  })
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(
      1,
      functions.map(({ params, returnsI32 }) => [
        0x60,
        ...vector(Array.from({ length: params }, () => [I32])),
        ...vector(returnsI32 ? [[I32]] : []),
      ]),
    ),
    ...section(
      3,
      functions.map((_, i) => uleb(i)),
    ),
    ...section(5, [[0, ...uleb(pages)]]),
    ...section(7, [[...text('memory'), 2, 0], ...functions.map(({ name }, i) => [...text(name), 0, ...uleb(i)])]),
    ...section(10, bodies),
  ])
}
