import { exp } from '../../base/math/exp.ts'
import { fact, type TokenEconomy } from '../network.ts'
import { dayOf } from './calendar.ts'
import { dailyFee } from './filecoinMoney.ts'
import { baselineUnminted, simplePerDay, thetaAtSnapshot } from './filecoinNode.ts'
import { STATE } from './filecoinState.ts'
import { toUnits, unitOf } from './proRata.ts'

const startDay = dayOf(STATE.date)
const EIB = 1n << 60n
const GROWTH = fact(-0.15, '1/a', 'assumed, as for a node', '2026-02-28', 'assumption')
const LOCKED = fact(114_290_000, 'FIL', 'mechafil-server state of 2025-09-09', STATE.date, 'doc')
const GAS = fact(3000, 'FIL/d', 'gas burnt by all messages, assumed', '2025-09-09', 'assumption')

/** FIL by days: what circulates, what providers earn, what fees burn, what pledges bind. */
export const filecoinEconomy: TokenEconomy = {
  title: 'FIL in circulation by days, without the vesting of the first holders',
  source: 'filecoin-project/builtin-actors; FIP-0100; mechafil-server',
  epochS: 86_400,
  start: `${STATE.date}T00:00:00Z`,
  fromFund: false,
  supply: BigInt(STATE.circulating.value) * unitOf(18),
  pools: [{ id: 'providers', title: 'Storage providers; three quarters vest over 180 days', to: 'nodes' }],
  remint: null,
  facts: [
    { id: 'circulating', title: 'Circulating supply at the start', fact: STATE.circulating },
    { id: 'power-growth', title: 'Growth of the network’s power', fact: GROWTH },
    { id: 'locked', title: 'Pledged and vesting at the start', fact: LOCKED },
    { id: 'gas', title: 'Gas burnt', fact: GAS },
  ],
  open: ({ demandScale, feeScale }) => {
    const theta0 = thetaAtSnapshot()
    const growth = GROWTH.value
    const power = (epoch: number): number => STATE.qualityPowerEib.value * exp((growth * epoch) / 365.25)
    const powerBytes = (epoch: number): bigint => (toUnits(power(epoch), 9) * EIB) / 1_000_000_000n
    const fee = BigInt(Math.round(feeScale * 1000))
    // days are asked for in order: what was left at the end of one is what is left at the start of the next
    let left = { epoch: 0, fil: baselineUnminted(theta0, growth, 0) }
    const unmintedAt = (epoch: number): number => {
      if (left.epoch !== epoch) left = { epoch, fil: baselineUnminted(theta0, growth, epoch / 365.25) }
      return left.fil
    }
    return {
      streams: (epoch) => {
        const from = Math.max(0, epoch)
        const before = unmintedAt(from)
        const baseline = before - unmintedAt(from + 1)
        return [{ amount: toUnits(simplePerDay(startDay + from) + baseline, 18), millionths: [1_000_000n] }]
      },
      burn: (epoch, supply) =>
        (dailyFee(supply, powerBytes(epoch)) * fee) / 1000n + toUnits(GAS.value * demandScale, 18),
      // what is bound moves with the power that is pledged for
      locked: (epoch) => toUnits((LOCKED.value * power(epoch)) / STATE.qualityPowerEib.value, 18),
    }
  },
}
