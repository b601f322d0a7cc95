import { TwinError } from '../base/errors.ts'
import type { CliArgs } from './command.ts'

/** The text of an option, or undefined when it was not given. */
export function textOption(args: CliArgs, name: string): string | undefined {
  const value = args.values[name]
  return typeof value === 'string' ? value : undefined
}

/** A number of an option within a range, or its initial value. Throws BAD_USAGE. */
export function numberOption(
  args: CliArgs,
  name: string,
  initial: number,
  { min, max, whole = true }: { min: number; max: number; whole?: boolean },
): number {
  const text = textOption(args, name)
  if (text === undefined) return initial
  const value = text.trim() === '' ? NaN : Number(text)
  if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value
  const kind = whole ? 'a whole number' : 'a number'
  throw new TwinError('BAD_USAGE', `--${name} is "${text}", expected ${kind} from ${min} to ${max}.`, { option: name })
}

/** The one positional argument of a command. Throws BAD_USAGE when there is none, or more. */
export function onlyPositional({ positionals }: CliArgs, what: string): string {
  const [first, ...rest] = positionals
  if (first !== undefined && rest.length === 0) return first
  throw new TwinError('BAD_USAGE', `Got ${positionals.length} arguments, expected one: ${what}.`, {})
}

/** One JSON document. What is not a number is null there. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'number' && !Number.isFinite(member)
      ? null
      : typeof member === 'bigint'
        ? String(member)
        : member,
  )
