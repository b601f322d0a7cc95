import { TwinError } from '../base/errors.ts'
import { createBackoff } from './clock.ts'
import type { Heads } from './heads.ts'
import { createIoidWatch } from './ioidWatch.ts'
import { type DirectoryEvent, directoryQuery, readDirectoryEvent, readLogsBackwards } from './logs.ts'
import type { Rpc } from './rpc.ts'
import type { Clock } from './source.ts'
import type { ChainConfig } from './sourcesConfig.ts'

/** What the directory side of the chain says, block by block. */
export interface DirectorySink {
  /** These blocks and all later ones were withdrawn: forget what they said. */
  withdraw(fromBlock: number): void
  /** Events in the order of the chain; with them everything up to `toBlock` is known. */
  events(events: readonly DirectoryEvent[], toBlock: number): void
  /** What must be said loudly, such as replaced code; null when there is nothing any more. */
  alarm?(sentence: string | null): void
}

export interface DirectoryWatch {
  readonly rpc: Rpc
  readonly config: ChainConfig
  readonly heads: Heads
  readonly clock: Clock
}

/** Reads registrations, revocations and gateways from the deployment on, and follows the head. Ends when the signal aborts. */
export async function watchDirectory(parts: DirectoryWatch, sink: DirectorySink, signal: AbortSignal): Promise<void> {
  const { rpc, config, heads, clock } = parts
  const query = directoryQuery(config)
  const ioid = createIoidWatch(rpc, config)
  let ioidIsRead = false
  const backoff = createBackoff()
  let readTo = config.fromBlock - 1
  for await (const { head, withdrawnFrom } of heads.follow(signal)) {
    if (withdrawnFrom !== null && withdrawnFrom <= readTo) {
      readTo = Math.max(withdrawnFrom, config.fromBlock) - 1
      sink.withdraw(withdrawnFrom)
      ioid?.forget()
      ioidIsRead = false
    }
    while (readTo < head.number && !signal.aborted) {
      try {
        const pages: DirectoryEvent[][] = []
        const first = readTo + 1
        for await (const { logs } of readLogsBackwards(rpc, query, first, head.number, signal)) {
          if (logs.some(({ address }) => address.toLowerCase() === config.directory)) ioidIsRead = false
          pages.unshift(logs.map((log) => readDirectoryEvent(config, log)).filter((event) => event !== null))
        }
        const listed = ioid && !ioidIsRead ? await ioid.read(signal) : null
        if (listed) sink.alarm?.(listed.alarms[0] ?? null)
        // registrations first: a removal in the same blocks is of a device that was there
        sink.events([...(listed?.events ?? []), ...pages.flat()], head.number)
        ioidIsRead = true
        readTo = head.number
        backoff.reset()
      } catch (error) {
        if (signal.aborted) return
        if (!(error instanceof TwinError) && !(error instanceof Error && error.name === 'RpcRefusal')) throw error
        if (error instanceof TwinError && error.code === 'DIRECTORY_BROKEN') sink.alarm?.(error.message)
        await clock.sleep(backoff.nextMs(), signal)
      }
    }
  }
}
