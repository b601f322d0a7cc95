import { afterEach, describe, expect, test } from 'vitest'
import { type Anvil, startAnvil } from '../../data/devnet/anvil.ts'
import type { Hex } from '../../src/base/hex.ts'
import { readBlock } from '../../src/chain/anchorProof.ts'
import { encloseBlock } from '../../src/proofs/header/encloseBlock.ts'
import { createRlpList, readRlpList } from '../../src/proofs/header/rlp.ts'
import { crypto } from '../support/signers.ts'

// The embedded chain under each fork that added fields to the header. Its block 0 is left out: before Cancun it mixes
// fields of several forks, as no chain does.

let anvil: Anvil | null = null
afterEach(async () => {
  await anvil?.stop()
  anvil = null
})

describe('headers by fork', () => {
  test.each([
    ['berlin', 15],
    ['london', 16],
    ['shanghai', 17],
    ['cancun', 20],
    ['prague', 21],
    ['osaka', 21],
  ])('default: %s has %i fields, and hashes to what the chain calls its block', async (hardfork, fields) => {
    anvil = await startAnvil({ chainId: 31337, genesisTimeS: 1_760_000_000, hardfork })
    for (let n = 1; n <= 3; n++) await anvil.rpc.request('evm_mine', [1_760_000_000 + 10 * n])
    let parent: Hex | null = null
    for (let number = 1; number <= 3; number++) {
      const block = (await readBlock(anvil.rpc, number))!
      const enclosed = encloseBlock(crypto, block)!
      expect(enclosed).toMatchObject({ number, hash: block.hash })
      if (parent) expect(block.parentHash).toBe(parent)
      parent = enclosed.hash
      const list = createRlpList(30)
      readRlpList(enclosed.header, 0, enclosed.header.length, list)
      expect(list.count).toBe(fields)
    }
  })
})
