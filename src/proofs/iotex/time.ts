import { numberOf, readProto } from './protobuf.ts'

/** A google.protobuf.Timestamp after 1970. */
export interface IotexTime {
  readonly seconds: number
  readonly nanos: number
}

const MAX_SECONDS = 253_402_300_800 // the year 10000, where the type ends

/** Reads a timestamp strictly; null when it is none. */
export function readTime(bytes: Uint8Array | null): IotexTime | null {
  const fields = bytes && readProto(bytes)
  if (!fields || fields.some(({ field, number }) => field > 2 || number === null)) return null
  const [seconds, nanos] = [numberOf(fields, 1), numberOf(fields, 2)]
  if (seconds === null || nanos === null || seconds >= MAX_SECONDS || nanos >= 1e9) return null
  return { seconds, nanos }
}
