import { TwinError } from '../base/errors.ts'
import type { CliArgs } from './command.ts'

/** A whole number given as an option; undefined when it is not given. Throws BAD_USAGE outside of `min` to `max`. */
export function numberOption(args: CliArgs, name: string, min: number, max: number): number | undefined {
  const text = args.values[name]
  if (text === undefined) return undefined
  const value = typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : NaN
  if (!(value >= min && value <= max))
    throw new TwinError('BAD_USAGE', `--${name} got ${String(text)}, expected a whole number from ${min} to ${max}.`)
  return value
}
