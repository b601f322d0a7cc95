import { TwinError } from '../base/errors.ts'
import type { City } from '../model/city.ts'

interface Threaded {
  ready(): Promise<void>
  dispose(): void
}

/**
 * A worker that works on one city: made when first needed, given the city before anything else,
 * and made and given it again after its worker died or the city changed.
 */
export function cityBound<Client extends Threaded, Opened>(
  create: () => Client,
  openCity: (client: Client, city: City) => Promise<Opened>,
) {
  let client: Client | null = null
  let opened: { readonly city: City; readonly result: Promise<Opened> } | null = null

  const drop = () => {
    client?.dispose()
    client = null
    opened = null
  }
  const guard = async <Result>(used: Client, work: Promise<Result>): Promise<Result> => {
    try {
      return await work
    } catch (error) {
      if (error instanceof TwinError && error.code === 'WORKER_DIED' && client === used) drop()
      throw error
    }
  }
  const open = (city: City): { client: Client; result: Promise<Opened> } => {
    client ??= create()
    const used = client
    if (opened?.city !== city) {
      const result = guard(used, openCity(used, city))
      opened = { city, result }
      // an opening that failed may be tried again
      result.catch(() => {
        if (opened?.result === result) opened = null
      })
    }
    return { client: used, result: opened!.result }
  }

  return {
    open: (city: City): Promise<Opened> => open(city).result,
    /** Calls the client once it has the city. */
    async use<Result>(city: City, call: (client: Client) => Promise<Result>): Promise<Result> {
      const { client: used, result } = open(city)
      await result
      return guard(used, call(used))
    },
    /** Starts the worker before anything needs it. */
    async warm(): Promise<void> {
      client ??= create()
      await guard(client, client.ready())
    },
    dispose: drop,
  }
}
