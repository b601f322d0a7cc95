/** A request as it may travel on, or the JSON-RPC error that answers it. */
export type GuardedSubscription = { readonly request: string } | { readonly refusal: string }

type Id = number | string | null

const refuse = (id: Id, code: number, message: string): GuardedSubscription => ({
  refusal: JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } }),
})

const ADDRESS = /^0x[0-9a-fA-F]{40}$/
const HASH = /^0x[0-9a-fA-F]{64}$/
const SUBSCRIPTION = /^0x[0-9a-fA-F]{1,64}$/
const MAX_LISTED = 8

const listOf = (value: unknown, pattern: RegExp): string[] | null => {
  const list = Array.isArray(value) ? value : [value]
  return list.length > 0 &&
    list.length <= MAX_LISTED &&
    list.every((one) => typeof one === 'string' && pattern.test(one))
    ? (list as string[])
    : null
}

/** A filter of logs, with addresses always named: nobody listens to a whole chain here. */
function readFilter(value: unknown): object | null {
  if (typeof value !== 'object' || value === null) return null
  const { address, topics = [], ...rest } = value as Record<string, unknown>
  const addresses = listOf(address, ADDRESS)
  if (!addresses || Object.keys(rest).length > 0 || !Array.isArray(topics) || topics.length > 4) return null
  const checked = topics.map((topic) => (topic === null ? null : (listOf(topic, HASH) ?? undefined)))
  return checked.includes(undefined) ? null : { address: addresses, topics: checked }
}

/** Checks a request of a socket, `eth_subscribe` to newHeads or logs or `eth_unsubscribe`, and writes it anew. */
export function guardSubscription(text: string): GuardedSubscription {
  let call: unknown
  try {
    call = JSON.parse(text)
  } catch {
    return refuse(null, -32700, 'The request is not JSON.')
  }
  if (typeof call !== 'object' || call === null || Array.isArray(call))
    return refuse(null, -32600, 'A JSON-RPC call must be an object.')
  const { id, method, params } = call as Record<string, unknown>
  if (typeof id !== 'number' && typeof id !== 'string') return refuse(null, -32600, 'A JSON-RPC call must carry an id.')
  const list = Array.isArray(params) ? (params as unknown[]) : []
  const pass = (checked: readonly unknown[]): GuardedSubscription => ({
    request: JSON.stringify({ jsonrpc: '2.0', id, method, params: checked }),
  })
  if (method === 'eth_unsubscribe') {
    const [subscription] = list
    if (list.length === 1 && typeof subscription === 'string' && SUBSCRIPTION.test(subscription)) return pass(list)
    return refuse(id, -32602, 'eth_unsubscribe takes one subscription.')
  }
  if (method !== 'eth_subscribe')
    return refuse(id, -32601, 'A socket carries eth_subscribe and eth_unsubscribe only; ask anything else over HTTP.')
  if (list.length === 1 && list[0] === 'newHeads') return pass(list)
  const filter = list.length === 2 && list[0] === 'logs' ? readFilter(list[1]) : null
  return filter ? pass(['logs', filter]) : refuse(id, -32602, 'Subscribe to newHeads, or to logs of named addresses.')
}
