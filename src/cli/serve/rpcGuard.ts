import type { Refusal } from './gatekeeper.ts'

/** What the page needs of a chain: reading, nothing else. Everything not listed is refused, `anvil_*` and `eth_send*` above all. */
export const READ_METHODS: ReadonlySet<string> = new Set([
  'eth_chainId',
  'eth_blockNumber',
  'eth_getBlockByNumber',
  'eth_getBlockByHash',
  'eth_getLogs',
  'eth_call',
  'eth_getTransactionReceipt',
  'eth_getTransactionByHash',
  'eth_getProof',
  'eth_getStorageAt',
  'eth_getCode',
  'net_version',
])

export const LARGEST_BATCH = 200

export type GuardedRpc = { readonly body: string } | Refusal

const refuse = (status: number, sentence: string): Refusal => ({ status, sentence })

function rewrite(call: unknown): Record<string, unknown> | Refusal {
  if (typeof call !== 'object' || call === null || Array.isArray(call))
    return refuse(400, 'A JSON-RPC call must be an object.')
  const { id, method, params } = call as Record<string, unknown>
  if (typeof method !== 'string') return refuse(400, 'A JSON-RPC call must name its method.')
  if (!READ_METHODS.has(method))
    return refuse(403, `The method ${method.slice(0, 64)} is not served here: reading only.`)
  if (params !== undefined && !Array.isArray(params)) return refuse(400, 'The params of a call must be a list.')
  if (id !== null && typeof id !== 'number' && typeof id !== 'string')
    return refuse(400, 'A JSON-RPC call must carry an id.')
  return { jsonrpc: '2.0', id, method, params: params ?? [] }
}

const isRefusal = (value: object): value is Refusal => 'sentence' in value && 'status' in value

/**
 * Checks one request body, single or batch, and writes it anew from what was checked: two readers may understand
 * doubled keys differently, so the original bytes never travel on.
 */
export function guardRpc(text: string): GuardedRpc {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return refuse(400, 'The request body is not JSON.')
  }
  if (!Array.isArray(parsed)) {
    const call = rewrite(parsed)
    return isRefusal(call) ? call : { body: JSON.stringify(call) }
  }
  if (parsed.length === 0 || parsed.length > LARGEST_BATCH)
    return refuse(400, `A batch must hold 1 to ${LARGEST_BATCH} calls, got ${parsed.length}.`)
  const calls: Record<string, unknown>[] = []
  for (const entry of parsed) {
    const call = rewrite(entry)
    if (isRefusal(call)) return call
    calls.push(call)
  }
  return { body: JSON.stringify(calls) }
}
