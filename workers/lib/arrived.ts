import type { Remote } from 'comlink'

/** What a caller marked with `proxy`, as it arrives on this thread. The one place where comlink's types do not say so. */
export const arrived = <Sent>(sent: Sent): Remote<Sent> => sent as unknown as Remote<Sent>
