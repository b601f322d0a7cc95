import type { StoreApi } from 'zustand/vanilla'
import type { NetworkPageState } from '../stores/economy.ts'

/** Keeps the address at the page that is open, so that it can be sent and opened again. */
export function followAddress(networkPage: StoreApi<NetworkPageState>): void {
  networkPage.subscribe(({ page }, before) => {
    if (page === before.page) return
    const url = new URL(location.href)
    if (page === null) url.searchParams.delete('network')
    else url.searchParams.set('network', page)
    history.replaceState(history.state, '', url)
  })
}
