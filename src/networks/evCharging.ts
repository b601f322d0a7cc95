import { defineNetwork, fact, paidInUsd } from './network.ts'
import { CHARGER_EFFICIENCY, chargerAt, chargingDrivers, VAT } from './rules/charging.ts'
import { charger } from './rules/deviceCosts.ts'

const DECHARGE = 'token-relations.xyz and docs.decharge.network'

const HOST_SHARE = fact(0.7, 'share', DECHARGE, '2025-04-30', 'press')

/** Public chargers whose hosts keep most of what drivers pay. */
export const evCharging = defineNetwork({
  id: 'ev-charging',
  title: 'EV charging network',
  what: 'A charger sells energy to cars; its host keeps 70 % of what they pay.',
  parts: {
    settlement: { title: 'Solana, revenue share in money', source: DECHARGE, asOf: '2025-04-30' },
    identity: { title: 'Charger account', source: DECHARGE, asOf: '2025-04-30' },
    proof: { title: 'Meter of the charger (OCPP)', source: DECHARGE, asOf: '2025-04-30' },
    compute: { title: 'Switchboard oracle', source: DECHARGE, asOf: '2025-04-30' },
    dataAvailability: { title: 'Operator’s server', source: DECHARGE, asOf: '2025-04-30' },
    governance: { title: 'Operator', source: DECHARGE, asOf: '2025-04-30' },
  },
  token: null,
  eras: [
    {
      id: 'ev-charging@2025',
      title: 'Revenue share, no token launched',
      from: '2025-04-30',
      to: null,
      status: 'active',
      rules: [
        { id: 'host-share', title: 'Host’s share', fact: HOST_SHARE },
        { id: 'efficiency', title: 'Efficiency', fact: CHARGER_EFFICIENCY },
        { id: 'vat', title: 'Value-added tax in the price', fact: VAT },
      ],
      earn: {
        'ev-charger': {
          drivers: chargingDrivers,
          run: (site) => {
            const { soldKwh, soldUsd, drawnKwh } = chargerAt(site)
            return paidInUsd(
              (d) => HOST_SHARE.value * soldUsd(d),
              drawnKwh,
              (d) => [
                { title: 'Energy sold', value: soldKwh(d), unit: 'kWh/month' },
                { title: 'Paid by drivers, without tax', value: soldUsd(d), unit: 'USD/month' },
                { title: 'Host’s share', value: HOST_SHARE.value, unit: 'share' },
                { title: 'Held back by the grid', value: site.curtailedShare, unit: 'share' },
              ],
              { unit: 'kWh', perMonth: soldKwh },
            )
          },
        },
      },
    },
  ],
  nodeTypes: [charger('Public charger', [])],
  caveats: [
    'No token rule was public at the date of the facts; only the revenue share is modelled.',
    'Selling electricity and card payments need licences and receipts that differ by country.',
    'Charging records show where a car stands and when.',
  ],
})
