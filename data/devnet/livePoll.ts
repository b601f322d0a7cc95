import { encodeLiveMessage, packLiveMessages } from '../../src/chain/liveWire.ts'
import type { LiveBacklog } from './liveBacklog.ts'

const WAIT_MS = 5_000
const GATHER_MS = 100
const MAX_ANSWER_BYTES = 1024 * 1024

/** The stream and number in `live/<stream>/<next>`; null when it is no such path. */
export function readLivePath(path: string): { readonly stream: number; readonly next: number } | null {
  const found = /^live\/(\d{1,16})\/(\d{1,16})$/.exec(path)
  const [stream, next] = [Number(found?.[1]), Number(found?.[2])]
  return Number.isSafeInteger(stream) && Number.isSafeInteger(next) ? { stream, next } : null
}

/**
 * Answers one question of a page whose sockets are blocked: the frames from where it was, as soon as there are any.
 * The signal ends the waiting.
 */
export async function answerLivePoll(
  backlog: LiveBacklog,
  { stream, next }: { readonly stream: number; readonly next: number },
  signal: AbortSignal,
): Promise<Uint8Array> {
  const from = backlog.startOf(stream, next)
  // a newcomer learns at once where the stream stands
  if (stream === backlog.stream && from === backlog.next) await somethingNew(backlog, signal)
  const messages = [encodeLiveMessage({ kind: 'start', stream: backlog.stream, from })]
  let bytes = 0
  let at = from
  while (bytes < MAX_ANSWER_BYTES) {
    const message = backlog.read(at)
    if (!message) break
    at += message.frames.length
    const encoded = encodeLiveMessage(message)
    messages.push(encoded)
    bytes += encoded.length
  }
  return packLiveMessages(messages)
}

/** Resolves soon after the next frame, or when there was none for a while. */
function somethingNew(backlog: LiveBacklog, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      stopHearing()
      signal.removeEventListener('abort', done)
      resolve()
    }
    let timer = setTimeout(done, WAIT_MS)
    const stopHearing = backlog.onPush(() => {
      stopHearing()
      clearTimeout(timer)
      timer = setTimeout(done, GATHER_MS)
    })
    signal.addEventListener('abort', done)
    if (signal.aborted) done()
  })
}
