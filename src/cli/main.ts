import { parseArgs } from 'node:util'
import { explainError, TwinError } from '../base/errors.ts'
import type { CliIo, Command, ExitCode } from './command.ts'
import { commands } from './commands.ts'
import { commandHelp, helpText } from './help.ts'

const processIo: CliIo = {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
}

const find = (words: readonly string[]): Command | undefined =>
  commands.find(({ name }) => name === words.slice(0, name.split(' ').length).join(' '))

/** Runs one command line and returns its exit code. Never throws for bad input: one line on stderr, and 2. */
export async function main(argv: readonly string[], io: CliIo = processIo): Promise<ExitCode> {
  if (argv.length === 0 || argv[0] === '--help' || argv[0] === '-h' || argv[0] === 'help') {
    io.out(helpText())
    return argv.length === 0 ? 2 : 0
  }
  const command = find(argv)
  if (!command) {
    io.err(
      `veracity: unknown command "${argv.slice(0, 2).join(' ')}"; expected one of: ${commands.map(({ name }) => name).join(', ')}.`,
    )
    return 2
  }
  const rest = argv.slice(command.name.split(' ').length)
  if (rest.includes('--help') || rest.includes('-h')) {
    io.out(commandHelp(command, rest))
    return 0
  }
  if (!command.run) {
    io.err(`veracity ${command.name}: not available yet.`)
    return 2
  }
  try {
    const { positionals, values } = parseArgs({
      args: [...rest],
      allowPositionals: true,
      options: { json: { type: 'boolean' }, ...command.options },
    })
    return await command.run(
      {
        positionals,
        values: values as Record<string, string | boolean | undefined>,
      },
      io,
    )
  } catch (error) {
    const usage = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
    if (usage) io.err(`veracity ${command.name}: ${(error as Error).message.split('\n')[0]}`)
    else if (error instanceof TwinError) io.err(`veracity ${command.name}: ${explainError(error)}`)
    else throw error
    return 2
  }
}
