import type { VerifyCase, ViemInput } from '../verifyCases.ts'

/** What the worker in the browser is asked to verify. */
export interface VerifyOrder {
  readonly cases: readonly VerifyCase[]
  readonly viem: readonly ViemInput[]
  readonly rounds: number
}

/** As text: bytes and big integers are marked, so that they arrive as what they were. */
export const pack = (order: VerifyOrder): string =>
  JSON.stringify(order, (_, value: unknown) => {
    if (value instanceof Uint8Array) return { bytes: [...value] }
    return typeof value === 'bigint' ? { big: String(value) } : value
  })

export const unpack = (text: string): unknown =>
  JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value
    if ('bytes' in value && Array.isArray(value.bytes)) return Uint8Array.from(value.bytes as number[])
    return 'big' in value && typeof value.big === 'string' ? BigInt(value.big) : value
  })
