import { fromHex, type Hex, toHex } from '../base/hex.ts'
import { DOORS, type Door } from '../stores/view.ts'

/** What the address of the page asks for. Read once, at the start. */
export interface PageConfig {
  readonly baseUrl: string // folder of the page, with its slash: everything else is asked for relative to it
  readonly door: Door
  readonly share: string | null // payload of a shared plan
  readonly cityUrl: string | null // another city than the default
  readonly network: string | null // id of the network whose page is open, or that of the ranking
  readonly pins: readonly Hex[] // block hashes the viewer knows to be right: `?pin=0x…`, as often as wanted
  readonly webgl: boolean // `?webgl=off` shows what is left without it
  readonly version: string
  readonly gitHash: string
}

/** Reads and checks the address; what it does not know it leaves alone. */
export function readConfig(href: string): PageConfig {
  const url = new URL(href)
  const door = DOORS.find((id) => id === url.searchParams.get('door'))
  return {
    baseUrl: new URL('.', `${url.origin}${url.pathname}`).href,
    door: door ?? 'explore',
    share: /^#s=([\w-]+)$/.exec(url.hash)?.[1] ?? null,
    cityUrl: url.searchParams.get('city'),
    network: /^[a-z][a-z-]{0,40}$/.exec(url.searchParams.get('network') ?? '')?.[0] ?? null,
    pins: url.searchParams.getAll('pin').flatMap((text) => {
      const bytes = fromHex(text)
      return bytes?.length === 32 ? [toHex(bytes)] : []
    }),
    webgl: url.searchParams.get('webgl') !== 'off',
    version: import.meta.env.VITE_VERACITY_VERSION ?? 'dev',
    gitHash: import.meta.env.VITE_VERACITY_COMMIT ?? '',
  }
}
