import { expect, test } from 'vitest'
import { type IndexerSettings, readSettings, settingsToEnv } from '../../../../data/indexer/settings.ts'

const settings: IndexerSettings = {
  rpcUrl: 'http://127.0.0.1:8545',
  chainId: 31337,
  startBlock: 0,
  contracts: {
    anchorLog: `0x${'a'.repeat(40)}`,
    directory: `0x${'b'.repeat(40)}`,
    status: `0x${'c'.repeat(40)}`,
  },
  pgliteFolder: '/tmp/x',
  pollMs: 500,
}

test('default: what is written is read', () => {
  expect(readSettings(settingsToEnv(settings))).toEqual(settings)
})

test.each(Object.keys(settingsToEnv(settings)))('error: %s is needed', (name) => {
  expect(() => readSettings({ ...settingsToEnv(settings), [name]: undefined })).toThrow(new RegExp(name))
})

test.each([
  ['VERACITY_CHAIN_ID', '-1'],
  ['VERACITY_START_BLOCK', '1.5'],
  ['VERACITY_POLL_MS', 'soon'],
  ['VERACITY_ANCHOR_LOG', '0x12'],
  ['VERACITY_STATUS', 'vitalik.eth'],
])('error: %s=%s is refused by name', (name, value) => {
  expect(() => readSettings({ ...settingsToEnv(settings), [name]: value })).toThrow(new RegExp(`${name}=${value}`))
})
