import { join } from 'node:path'
import type { PrivateKeyAccount } from 'viem/accounts'
import { compileContracts } from '../../data/contracts/compile.ts'
import { type Anvil, startAnvil } from '../../data/devnet/anvil.ts'
import { type Contracts, deployContracts } from '../../data/devnet/deploy.ts'
import { createDevChain, type DevChain } from '../../data/devnet/devChain.ts'

export const TEST_WORK_DIR = join(import.meta.dirname, '../../.veracity')

export interface TestChain {
  readonly anvil: Anvil
  readonly chain: DevChain
  readonly owner: PrivateKeyAccount
  readonly gateway: PrivateKeyAccount
  readonly contracts: Contracts
  readonly genesisTimeS: number
}

/** An anvil with the contracts deployed, an hour in the past. The caller stops `anvil`. */
export async function startTestChain(): Promise<TestChain> {
  const genesisTimeS = Math.floor(Date.now() / 1000) - 3600
  const anvil = await startAnvil({ chainId: 31337, genesisTimeS })
  const chain = createDevChain(anvil.rpc, 31337, genesisTimeS)
  const owner = await chain.createAccount()
  const gateway = await chain.createAccount()
  const compiled = compileContracts(TEST_WORK_DIR)
  const contracts = await deployContracts(chain, compiled, owner, gateway.address, genesisTimeS + 10)
  return { anvil, chain, owner, gateway, contracts, genesisTimeS }
}
