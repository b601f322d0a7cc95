import type { ParseArgsConfig } from 'node:util'

/** What a command may use of its surroundings; tests give their own. */
export interface CliIo {
  /** One JSON document or the human-readable result. Nothing else may go to stdout. */
  out(text: string): void
  /** Progress and messages. */
  err(text: string): void
}

export interface CliArgs {
  readonly positionals: readonly string[]
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>
}

/** 0 done; 1 the input was read but the answer is negative; 2 bad usage or unreadable input. */
export type ExitCode = 0 | 1 | 2

/** One command of `veracity`. Without `run` it is known, listed, and answers "not available yet" with 2. */
export interface Command {
  readonly name: string // one or two words: 'verify', 'city import'
  readonly usage: string // what follows the name
  readonly summary: string
  readonly options?: NonNullable<ParseArgsConfig['options']>
  readonly help?: string | ((rest: readonly string[]) => string) // words after the command may choose what is told
  readonly run?: (args: CliArgs, io: CliIo) => Promise<ExitCode>
}

export const defineCommand = (command: Command): Command => command
