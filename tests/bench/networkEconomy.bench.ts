import { bench, describe } from 'vitest'
import { networkById } from '../../src/networks/index.ts'
import { AS_IT_IS, openEconomy } from '../../src/networks/rules/economyStep.ts'
import { expNeg } from '../../src/networks/rules/filecoinReward.ts'

// 1,430 days of Filecoin's economy in attoFIL, against the exponential of the reward actor alone: the limit is 15 ms a path.
let sink = 0n
const { economy } = networkById.get('filecoin')!.eras[0]!
describe('1,430 days of Filecoin', () => {
  bench('reward, fees, supply and pledge in whole base units', () => {
    const next = openEconomy(economy!, AS_IT_IS, () => 80_500_000n)
    for (let day = 0; day < 1430; day++) sink += next().issued
  })
  bench('baseline: 1,430 exponentials in Q.128', () => {
    for (let day = 0; day < 1430; day++) sink += expNeg(BigInt(day) << 120n)
  })
  if (sink < 0n) throw new Error('never: the results are consumed')
})
