import type { Command } from './command.ts'
import { commands } from './commands.ts'

const column = (text: string, width: number): string => (text.length < width ? text.padEnd(width) : `${text}  `)

const line = (command: Command): string =>
  `  ${column(`${command.name} ${command.usage}`.trim(), 46)}${command.summary}${command.run ? '' : '   (not available yet)'}`

export const helpText = (): string =>
  [
    'veracity: a city twin that proves what it shows. Usage: npx veracity COMMAND …',
    '',
    ...commands.map(line),
    '',
    'Every command takes --json (one JSON document on stdout, nothing else there) and --help.',
    'Exit: 0 done, 1 read but the answer is negative, 2 bad usage or unreadable input.',
  ].join('\n')

export function commandHelp(command: Command, rest: readonly string[] = []): string {
  const more = typeof command.help === 'function' ? command.help(rest) : command.help
  return [
    `Usage: npx veracity ${command.name} ${command.usage}`.trim(),
    `  ${command.summary}`,
    ...(more ? ['', more] : []),
  ].join('\n')
}
