import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guardRpc, LARGEST_BATCH, READ_METHODS } from '../../../../src/cli/serve/rpcGuard.ts'

const call = (method: string, id: unknown = 1, params: unknown = []) => ({ jsonrpc: '2.0', id, method, params })
const bodyOf = (text: string): unknown => {
  const answer = guardRpc(text)
  return 'body' in answer ? JSON.parse(answer.body) : undefined
}
const statusOf = (text: string): number | undefined => {
  const answer = guardRpc(text)
  return 'status' in answer ? answer.status : undefined
}

describe('what passes', () => {
  test.each([...READ_METHODS])('default: %s', (method) => {
    expect(bodyOf(JSON.stringify(call(method)))).toEqual(call(method))
  })

  test('default: a batch of reads', () => {
    const batch = [call('eth_chainId', 1), call('eth_getLogs', 'two', [{ fromBlock: '0x0' }])]
    expect(bodyOf(JSON.stringify(batch))).toEqual(batch)
  })

  test('behavior: params may be left out; everything that is not part of a call is dropped', () => {
    expect(bodyOf('{"id":1,"method":"eth_chainId","extra":{"method":"anvil_reset"}}')).toEqual(call('eth_chainId'))
  })
})

describe('what does not', () => {
  test.each([
    'anvil_reset',
    'anvil_setBalance',
    'anvil_impersonateAccount',
    'evm_mine',
    'evm_increaseTime',
    'hardhat_setCode',
    'eth_sendTransaction',
    'eth_sendRawTransaction',
    'eth_accounts',
    'eth_sign',
    'eth_signTypedData_v4',
    'eth_newFilter',
    'debug_traceTransaction',
    'personal_unlockAccount',
    'txpool_content',
    'admin_nodeInfo',
    'ots_getApiLevel',
    'ETH_CHAINID',
    ' eth_chainId',
    'eth_chainId\u0000',
    'constructor',
    '__proto__',
    '',
  ])('error: the method %j', (method) => {
    expect(statusOf(JSON.stringify(call(method)))).toBe(403)
  })

  test('error: one bad call spoils the batch, wherever it hides', () => {
    const good = Array.from({ length: 20 }, (_, id) => call('eth_blockNumber', id))
    for (const at of [0, 7, 19]) {
      const batch = [...good]
      batch[at] = call('eth_sendTransaction', at)
      expect(statusOf(JSON.stringify(batch))).toBe(403)
    }
  })

  test('error: a batch in a batch', () => {
    expect(statusOf(JSON.stringify([call('eth_chainId'), [call('anvil_reset')]]))).toBe(400)
  })

  test('behavior: a key said twice travels on once, as it was checked', () => {
    expect(bodyOf('{"id":1,"method":"anvil_reset","method":"eth_chainId","params":[]}')).toEqual(call('eth_chainId'))
    expect(statusOf('{"id":1,"method":"eth_chainId","method":"anvil_reset","params":[]}')).toBe(403)
    expect(bodyOf('{"id":1,"\\u006dethod":"eth_chainId","params":[]}')).toEqual(call('eth_chainId'))
  })

  test.each([
    ['nothing', ''],
    ['no JSON', 'eth_chainId'],
    ['two documents', '{"id":1,"method":"eth_chainId"}{"id":2,"method":"anvil_reset"}'],
    ['an empty batch', '[]'],
    ['a batch that is too long', JSON.stringify(Array(LARGEST_BATCH + 1).fill(call('eth_chainId')))],
    ['a text', '"eth_chainId"'],
    ['null', 'null'],
    ['null in a batch', '[null]'],
    ['a method that is a list', '{"id":1,"method":["anvil_reset"]}'],
    ['a method that is an object', '{"id":1,"method":{"toString":"eth_chainId"}}'],
    ['params that are no list', '{"id":1,"method":"eth_call","params":{"to":"0x"}}'],
    ['an id that is an object', '{"id":{},"method":"eth_chainId"}'],
    ['no id', '{"method":"eth_chainId"}'],
  ])('error: %s', (_name, text) => {
    expect(statusOf(text)).toBe(400)
  })

  test('behavior: whatever comes in, only listed methods go out (seed 6)', () => {
    const anyCall = fc.record({
      id: fc.oneof(fc.integer(), fc.string(), fc.constant(null)),
      method: fc.oneof(
        fc.constantFrom(...READ_METHODS),
        fc.constantFrom('anvil_mine', 'eth_sendTransaction'),
        fc.string(),
      ),
      params: fc.array(fc.jsonValue()),
    })
    fc.assert(
      fc.property(fc.oneof(anyCall, fc.array(anyCall), fc.jsonValue()), (value) => {
        const passed = bodyOf(JSON.stringify(value))
        if (passed === undefined) return
        for (const one of (Array.isArray(passed) ? passed : [passed]) as { method: string }[])
          expect(READ_METHODS.has(one.method)).toBe(true)
      }),
      { seed: 6, numRuns: 500 },
    )
  })
})
