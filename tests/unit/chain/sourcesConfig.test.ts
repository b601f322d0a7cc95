import { describe, expect, test } from 'vitest'
import { readSourcesConfig } from '../../../src/chain/sourcesConfig.ts'

const chain = {
  rpc: 'rpc',
  chainId: 31337,
  anchorLog: `0x${'A1'.repeat(20)}`,
  directory: `0x${'b2'.repeat(20)}`,
  status: `0x${'c3'.repeat(20)}`,
  fromBlock: 0,
  witnesses: 1,
}
const live = { mode: 'live', chain, gateway: 'gateway', indexer: null, recorded: 'r.vbundle', lesson: null }

describe('readSourcesConfig', () => {
  test('default: a live page; addresses become lower case', () => {
    expect(readSourcesConfig(live)).toEqual({ ...live, chain: { ...chain, anchorLog: `0x${'a1'.repeat(20)}` } })
  })
  test('default: two of three endpoints, and pinned blocks', () => {
    const config = {
      ...live,
      chain: { ...chain, otherRpcs: ['https://a', 'https://b'], witnesses: 2 },
      pins: [`0x${'AB'.repeat(32)}`],
    }
    expect(readSourcesConfig(config)).toMatchObject({ chain: { witnesses: 2 }, pins: [`0x${'ab'.repeat(32)}`] })
  })
  test('default: a static page', () => {
    const config = {
      mode: 'recorded',
      chain: null,
      gateway: null,
      indexer: null,
      recorded: 'r.vbundle',
      lesson: 'l.vbundle',
    }
    expect(readSourcesConfig(config)).toEqual(config)
  })
  test.each([
    ['nothing', null, /sources\.json/],
    ['text', 'live', /sources\.json/],
    ['an unknown mode', { ...live, mode: 'demo' }, /mode/],
    ['live without a chain', { ...live, chain: null }, /expects "chain"/],
    ['recorded without a file', { ...live, mode: 'recorded', recorded: null }, /expects "recorded"/],
    ['a short address', { ...live, chain: { ...chain, status: '0x12' } }, /chain\.status: an address of 20 bytes/],
    ['no witness', { ...live, chain: { ...chain, witnesses: 0 } }, /chain\.witnesses/],
    [
      'more witnesses than endpoints',
      { ...live, chain: { ...chain, witnesses: 2 } },
      /2 endpoints must agree, but only 1/,
    ],
    ['a pin that is no hash', { ...live, pins: ['0x12'] }, /pins\.0: a hash of 32 bytes/],
    ['a negative block', { ...live, chain: { ...chain, fromBlock: -1 } }, /chain\.fromBlock/],
    ['an empty path', { ...live, gateway: '' }, /gateway/],
    ['a missing field', { mode: 'live', chain }, /gateway/],
  ])('error: FORMAT_BROKEN %s', (_, value, sentence) => {
    expect(() => readSourcesConfig(value)).toThrow(
      expect.objectContaining({ code: 'FORMAT_BROKEN', message: expect.stringMatching(sentence) }),
    )
  })
})
