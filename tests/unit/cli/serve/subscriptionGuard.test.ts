import { expect, test } from 'vitest'
import { guardSubscription } from '../../../../src/cli/serve/subscriptionGuard.ts'

const ADDRESS = `0x${'ab'.repeat(20)}`
const TOPIC = `0x${'cd'.repeat(32)}`
const call = (method: unknown, params?: unknown, id: unknown = 1) =>
  guardSubscription(JSON.stringify({ jsonrpc: '2.0', id, method, params, extra: 'x' }))

test.each([
  ['eth_subscribe', ['newHeads'], ['newHeads']],
  ['eth_subscribe', ['logs', { address: ADDRESS }], ['logs', { address: [ADDRESS], topics: [] }]],
  [
    'eth_subscribe',
    ['logs', { address: [ADDRESS], topics: [null, TOPIC, [TOPIC, TOPIC]] }],
    ['logs', { address: [ADDRESS], topics: [null, [TOPIC], [TOPIC, TOPIC]] }],
  ],
  ['eth_unsubscribe', ['0x1f'], ['0x1f']],
])('default: %s %j passes, written anew', (method, params, passed) => {
  expect(call(method, params)).toEqual({ request: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: passed }) })
})

test.each([
  ['eth_sendRawTransaction', ['0x00'], -32601],
  ['anvil_setBalance', [ADDRESS, '0x1'], -32601],
  ['eth_getBlockByNumber', ['latest', false], -32601],
  ['eth_subscribe', ['newPendingTransactions'], -32602],
  ['eth_subscribe', ['syncing'], -32602],
  ['eth_subscribe', ['newHeads', {}], -32602],
  ['eth_subscribe', ['logs', {}], -32602],
  ['eth_subscribe', ['logs', { address: [] }], -32602],
  ['eth_subscribe', ['logs', { address: Array(9).fill(ADDRESS) }], -32602],
  ['eth_subscribe', ['logs', { address: ADDRESS, topics: [1] }], -32602],
  ['eth_subscribe', ['logs', { address: ADDRESS, topics: Array(5).fill(null) }], -32602],
  ['eth_subscribe', ['logs', { address: ADDRESS, fromBlock: '0x0' }], -32602],
  ['eth_subscribe', 'newHeads', -32602],
  ['eth_unsubscribe', ['nonsense'], -32602],
  [7, [], -32601],
])('error: %s %j is answered with its code', (method, params, code) => {
  const guarded = call(method, params)
  expect('refusal' in guarded && JSON.parse(guarded.refusal)).toMatchObject({ id: 1, error: { code } })
})

test.each([['{'], ['[]'], ['null'], ['7'], ['{"method":"eth_subscribe","params":["newHeads"]}']])(
  'error: %s is no call',
  (text) => {
    const guarded = guardSubscription(text)
    expect('refusal' in guarded && JSON.parse(guarded.refusal)).toMatchObject({ id: null })
  },
)
