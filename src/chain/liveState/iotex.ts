import { type Abi, parseAbi } from 'viem'
import { z } from 'zod'
import { TwinError } from '../../base/errors.ts'
import type { Hex } from '../../base/hex.ts'
import type { LiveStateId } from '../../model/liveState.ts'
import { callView } from '../callView.ts'
import type { Rpc } from '../rpc.ts'
import { ask, askChainId, broken, hexNumber } from './ask.ts'
import { defineLiveState, type LiveStateDefinition, type LiveStateRequest } from './source.ts'

// Sources: viem 2.55, chains/iotex and iotexTestnet (URL, id) · ioID-contracts README (addresses, ioIDStore.price) ·
// iotex-core, action/protocol/staking/ethabi/v1 (totalStakingAmount, bucketsCount), answered at keccak256("staking")[12:]

const STAKING: Hex = '0x04c22afae6a03438b8fed74cb1cf441168df3f12'
const WEI = 18
const MAX_IOTX = 10_000_000_000n * 10n ** 18n

const price = parseAbi(['function price() view returns (uint256)'])
const totalSupply = parseAbi(['function totalSupply() view returns (uint256)'])
const staked = parseAbi(['function totalStakingAmount() view returns (uint256)'])
const buckets = parseAbi(['function bucketsCount() view returns (uint64 total, uint64 active)'])

/** The numbers that a view without arguments gives. */
async function view(request: LiveStateRequest, to: Hex, abi: Abi, functionName: string): Promise<readonly bigint[]> {
  const rpc: Rpc = { url: request.url, request: (method, params) => ask(request, method, params, z.unknown()) }
  try {
    const result: unknown = await callView(rpc, { to, abi, functionName, args: [], maxBytes: 1024 })
    return z.array(z.bigint()).parse(Array.isArray(result) ? result : [result])
  } catch (error) {
    if (error instanceof TwinError && error.code === 'DIRECTORY_BROKEN') throw broken(request.url, error.message)
    throw error
  }
}

interface Contracts {
  readonly store: Hex
  readonly ioID: Hex
}

const iotexChain = (id: LiveStateId, chainId: bigint, url: string, { store, ioID }: Contracts): LiveStateDefinition =>
  defineLiveState({
    id,
    url,
    urlSource: 'viem 2.55, chains/iotex',
    snapshot: null, // what ioID costs and how much is staked is on the chain only; no dated reading is known
    async read(request) {
      await askChainId(request, chainId)
      const height = await ask(request, 'eth_blockNumber', [], hexNumber)
      const gasPrice = await ask(request, 'eth_gasPrice', [], hexNumber)
      const [fee] = await view(request, store, price, 'price')
      const [devices] = await view(request, ioID, totalSupply, 'totalSupply')
      const [amount] = await view(request, STAKING, staked, 'totalStakingAmount')
      const [, active] = await view(request, STAKING, buckets, 'bucketsCount')
      if (amount! > MAX_IOTX) throw broken(request.url, 'more IOTX is staked than the 10,000,000,000 that can exist')
      const plain = { decimals: 0 }
      return {
        network: id,
        takenAtMs: request.clock.nowMs(),
        askedAt: new URL(request.url).host,
        complete: true,
        figures: [
          { id: 'height', title: 'Last block', amount: height, ...plain, unit: 'blocks', source: 'eth_blockNumber' },
          { id: 'gas-price', title: 'Price of gas', amount: gasPrice, ...plain, unit: 'Rau', source: 'eth_gasPrice' },
          {
            id: 'ioid-price',
            title: 'Price of one ioID',
            amount: fee!,
            decimals: WEI,
            unit: 'IOTX',
            source: 'ioIDStore.price',
          },
          {
            id: 'ioids',
            title: 'Devices with an ioID',
            amount: devices!,
            ...plain,
            unit: 'devices',
            source: 'ioID.totalSupply',
          },
          {
            id: 'staked',
            title: 'Staked',
            amount: amount!,
            decimals: WEI,
            unit: 'IOTX',
            source: 'staking.totalStakingAmount',
          },
          {
            id: 'buckets',
            title: 'Stakes now active',
            amount: active!,
            ...plain,
            unit: 'buckets',
            source: 'staking.bucketsCount',
          },
        ],
      }
    },
  })

export const iotex = iotexChain('iotex', 4689n, 'https://babel-api.mainnet.iotex.io', {
  store: '0xa822fd390e8ed3fec80bd26c77dd036935463b5e',
  ioID: '0x1fcb980ed0287777ab05adc93012332e11300e54',
})
export const iotexTestnet = iotexChain('iotex-testnet', 4690n, 'https://babel-api.testnet.iotex.io', {
  store: '0x60cac5ce11cb2f98bf179be5fd3d801c3d5dbff2',
  ioID: '0x45ce3e6f526e597628c73b731a3e9af7fc32f5b7',
})
