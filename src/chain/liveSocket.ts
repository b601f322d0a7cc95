/** A connection that carries whole binary messages. */
export interface LiveSocket {
  send(bytes: Uint8Array): void
  close(): void
}

/** What happens on it. After `closed` nothing more comes. */
export interface LiveSocketEvents {
  opened(): void
  message(bytes: Uint8Array): void
  closed(): void
}

export type OpenLiveSocket = (url: string, protocol: string, events: LiveSocketEvents) => LiveSocket

/** As much of the browser's WebSocket as the channel uses; the `ws` package has the same shape. */
interface WebSocketLike {
  binaryType: string
  readonly readyState: number
  onopen: unknown
  onmessage: unknown
  onclose: unknown
  onerror: unknown
  send(data: Uint8Array): void
  close(): void
}

const OPEN = 1

/** Opens live channels with a WebSocket class, the browser's own or one that looks like it. */
export function socketsOf(
  Socket: new (url: string, protocol: string) => Pick<WebSocketLike, keyof WebSocketLike>,
): OpenLiveSocket {
  return (url, protocol, events) => {
    const socket = new Socket(url, protocol)
    let over = false
    const end = (): void => {
      if (over) return
      over = true
      events.closed()
    }
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => !over && events.opened()
    socket.onmessage = ({ data }: { data: unknown }) => {
      if (!over && data instanceof ArrayBuffer) events.message(new Uint8Array(data))
    }
    socket.onclose = end
    socket.onerror = end
    return {
      send(bytes) {
        if (socket.readyState === OPEN) socket.send(bytes)
      },
      close() {
        socket.close()
        end()
      },
    }
  }
}
