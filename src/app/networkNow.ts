import { systemClock } from '../chain/clock.ts'
import type { LiveStateId } from '../model/liveState.ts'
import type { TwinStores } from '../ui/stores.ts'

/** Asks a network's public endpoint for its state, by hand; one at a time. */
export function createNetworkNow({ liveState }: Pick<TwinStores, 'liveState'>) {
  let asking: AbortController | null = null
  return {
    async ask(id: LiveStateId): Promise<void> {
      if (asking) return
      const stop = new AbortController()
      asking = stop
      const { setAsking, put } = liveState.getState()
      setAsking(id)
      try {
        // fetched when somebody asks: the first light needs none of it
        const [{ liveStates }, { liveAnswer }] = await Promise.all([
          import('../chain/liveState/index.ts'),
          import('../chain/liveState/answer.ts'),
        ])
        const network = liveStates.find((one) => one.id === id)
        if (!network) return
        const request = { fetch: (url: string, init?: RequestInit) => fetch(url, init), url: network.url }
        put(id, await liveAnswer(network, { ...request, clock: systemClock, signal: stop.signal }))
      } catch (error) {
        if (!stop.signal.aborted) throw error
      } finally {
        asking = null
        setAsking(null)
      }
    },
    stop: (): void => asking?.abort(),
  }
}
