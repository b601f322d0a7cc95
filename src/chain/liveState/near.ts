import { z } from 'zod'
import { ask, broken, count, decimalText } from './ask.ts'
import { defineLiveState } from './source.ts'

// NEAR's native JSON-RPC: `block` of finality "final", `validators` of the present epoch. docs.near.org/api/rpc

const block = z.object({ header: z.object({ height: count, total_supply: decimalText, gas_price: decimalText }) })
const validators = z.object({
  epoch_height: count,
  current_validators: z.array(z.object({ account_id: z.string().max(64), stake: decimalText })).max(10_000),
})

const YOCTO = 24

export const near = defineLiveState({
  id: 'near',
  url: 'https://rpc.mainnet.near.org',
  urlSource: 'native RPC of the NEAR mainnet, recalled',
  snapshot: null, // no dated figure of its state is known
  async read(request) {
    const { header } = await ask(request, 'block', { finality: 'final' }, block)
    const { epoch_height, current_validators } = await ask(request, 'validators', [null], validators)
    const staked = current_validators.reduce((sum, { stake }) => sum + stake, 0n)
    if (staked > header.total_supply) throw broken(request.url, 'more is staked than exists')
    const tokens = { decimals: YOCTO, unit: 'NEAR' }
    const plain = { decimals: 0 }
    return {
      network: 'near',
      takenAtMs: request.clock.nowMs(),
      askedAt: new URL(request.url).host,
      complete: true,
      figures: [
        { id: 'height', title: 'Last final block', amount: header.height, ...plain, unit: 'blocks', source: 'block' },
        { id: 'supply', title: 'Supply in all', amount: header.total_supply, ...tokens, source: 'block' },
        {
          id: 'gas-price',
          title: 'Price of gas',
          amount: header.gas_price,
          ...plain,
          unit: 'yoctoNEAR',
          source: 'block',
        },
        { id: 'epoch', title: 'Epoch', amount: epoch_height, ...plain, unit: 'epochs', source: 'validators' },
        {
          id: 'validators',
          title: 'Validators now',
          amount: BigInt(current_validators.length),
          ...plain,
          unit: 'validators',
          source: 'validators',
        },
        { id: 'staked', title: 'Staked with them', amount: staked, ...tokens, source: 'validators' },
      ],
    }
  },
})
