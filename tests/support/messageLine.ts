import { expose } from 'comlink'
import type { WorkerEnd } from '../../workers/lib/link.ts'

/** An api behind a real message port: structured clone, transfer and all, but no thread. */
export function messageLine(api: object): WorkerEnd {
  const { port1, port2 } = new MessageChannel()
  expose(api, port1 as never)
  port1.start()
  port2.start()
  const terminate = () => {
    port1.close()
    port2.close()
  }
  return Object.assign(port2, { terminate }) as unknown as WorkerEnd
}
