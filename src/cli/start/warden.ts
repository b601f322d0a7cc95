import { spawn } from 'node:child_process'

/** Ends the given processes and removes the work folder should this process vanish without a chance to do it itself. */
export interface Warden {
  watch(pid: number): void
  forget(pid: number): void
  /** Everything ended in good order: nothing is left to watch. Resolves when the warden is gone. */
  dismiss(): Promise<void>
}

// ignores the signals of the terminal: it acts when its pipe closes, and only then
const SCRIPT = `
trap '' INT TERM HUP
pids=''
while read -r word value; do
  case $word in
    watch) pids="$pids $value" ;;
    forget) left=''; for pid in $pids; do [ "$pid" = "$value" ] || left="$left $pid"; done; pids=$left ;;
    dismiss) exit 0 ;;
  esac
done
for pid in $pids; do kill -9 "$pid" 2>/dev/null; done
rm -rf "$1"
`

const nobody: Warden = { watch() {}, forget() {}, dismiss: async () => {} }

/**
 * Starts the warden: a shell that sleeps on a pipe from this process. When this process dies, however hard, the pipe
 * closes and the shell cleans up. About 1 MB. Where there is no shell there is no warden.
 */
export function startWarden(workDir: string): Warden {
  if (process.platform === 'win32') return nobody
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'veracity-warden', workDir], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  const gone = new Promise<void>((resolve) => {
    shell.once('exit', () => resolve())
    shell.once('error', () => resolve())
  })
  shell.stdin.on('error', () => {})
  shell.unref()
  const tell = (line: string): void => void shell.stdin.write(`${line}\n`)
  return {
    watch: (pid) => tell(`watch ${pid}`),
    forget: (pid) => tell(`forget ${pid}`),
    dismiss: () => {
      tell('dismiss 0')
      shell.stdin.end()
      return gone
    },
  }
}
