import { z } from 'zod'
import { ask, askChainId, broken, count, decimalText, hexNumber } from './ask.ts'
import { defineLiveState } from './source.ts'

// One endpoint speaks both: Ethereum's JSON-RPC of the FEVM, and Lotus' own. Source: viem 2.55 chains/filecoin; lotus,
// api/api_full.go (ChainHead, StateVMCirculatingSupplyInternal)

const CHAIN_ID = 314n
const ATTO = 18
const MECHAFIL = 'mechafil-server, state of 2025-09-09'

const head = z.object({ Height: count })
const supply = z.object({
  FilMined: decimalText,
  FilBurnt: decimalText,
  FilLocked: decimalText,
  FilCirculating: decimalText,
})

const fil = (id: string, title: string, amount: bigint, source: string) => ({
  id,
  title,
  amount,
  decimals: ATTO,
  unit: 'FIL',
  source,
})

export const filecoin = defineLiveState({
  id: 'filecoin',
  url: 'https://api.node.glif.io/rpc/v1',
  urlSource: 'viem 2.55, chains/filecoin',
  snapshot: {
    network: 'filecoin',
    takenAtMs: Date.UTC(2025, 8, 9),
    askedAt: MECHAFIL,
    complete: true,
    figures: [
      fil('circulating', 'In circulation', 781_950_000n * 10n ** 18n, MECHAFIL),
      fil('locked', 'Locked as pledge and vesting', 114_290_000n * 10n ** 18n, MECHAFIL),
      fil('mined', 'Mined so far', 394_800_000n * 10n ** 18n, MECHAFIL),
    ],
  },
  async read(request) {
    await askChainId(request, CHAIN_ID)
    const { Height } = await ask(request, 'Filecoin.ChainHead', [], head)
    const gasPrice = await ask(request, 'eth_gasPrice', [], hexNumber)
    const name = 'Filecoin.StateVMCirculatingSupplyInternal'
    const { FilMined, FilBurnt, FilLocked, FilCirculating } = await ask(request, name, [null], supply)
    if (FilCirculating + FilLocked > 2_000_000_000n * 10n ** 18n)
      throw broken(request.url, 'more FIL circulates than the 2,000,000,000 that can exist')
    return {
      network: 'filecoin',
      takenAtMs: request.clock.nowMs(),
      askedAt: new URL(request.url).host,
      complete: true,
      figures: [
        { ...fil('height', 'Head', Height, 'Filecoin.ChainHead'), decimals: 0, unit: 'epochs' },
        { ...fil('gas-price', 'Price of gas', gasPrice, 'eth_gasPrice'), decimals: 0, unit: 'attoFIL' },
        fil('circulating', 'In circulation', FilCirculating, name),
        fil('locked', 'Locked as pledge and vesting', FilLocked, name),
        fil('mined', 'Mined so far', FilMined, name),
        fil('burnt', 'Burnt so far', FilBurnt, name),
      ],
    }
  },
})
