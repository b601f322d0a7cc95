/** A connection that carries whole text messages. */
export interface TextSocket {
  send(text: string): void
  close(): void
}

/** What happens on it. After `closed` nothing more comes. */
export interface TextSocketEvents {
  opened(): void
  message(text: string): void
  closed(): void
}

export type OpenTextSocket = (url: string, events: TextSocketEvents) => TextSocket

/** As much of the browser's WebSocket as is used; the `ws` package has the same shape. */
interface WebSocketLike {
  readonly readyState: number
  onopen: unknown
  onmessage: unknown
  onclose: unknown
  onerror: unknown
  send(data: string): void
  close(): void
}

const OPEN = 1

/** Opens text connections with a WebSocket class, the browser's own or one that looks like it. */
export function textSocketsOf(Socket: new (url: string) => Pick<WebSocketLike, keyof WebSocketLike>): OpenTextSocket {
  return (url, events) => {
    const socket = new Socket(url)
    let over = false
    const end = (): void => {
      if (over) return
      over = true
      events.closed()
    }
    socket.onopen = () => !over && events.opened()
    socket.onmessage = ({ data }: { data: unknown }) => {
      if (!over && typeof data === 'string') events.message(data)
    }
    socket.onclose = end
    socket.onerror = end
    return {
      send(text) {
        if (socket.readyState === OPEN) socket.send(text)
      },
      close() {
        socket.close()
        end()
      },
    }
  }
}
