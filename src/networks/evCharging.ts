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
  story: {
    node: 'A charging point for cars at the kerb or in a yard, from a wall box to a fast charger.',
    proves: 'The meter in the charger counts each session; the operator’s backend keeps the record.',
    pays: 'Drivers, by the kilowatt-hour. The host keeps an agreed part.',
    burns: 'Nothing. No token rule was public when these facts were gathered.',
    risks: {
      regulation:
        'Selling electricity, metering and card payments are regulated almost everywhere; fast chargers need a grid contract.',
      privacy: 'Sessions show where a car stood, when and for how long.',
      scaling:
        'The feeder is the limit: when its cable or transformer is full, the charger has to wait. More chargers nearby share the same cars.',
      concentration: 'The platform that drivers use sets the price and the share, and can change both.',
    },
  },
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
                {
                  title: 'Energy sold',
                  value: soldKwh(d),
                  unit: 'kWh/month',
                  from: ['site.drawnKwhPerDay', 'demand', 'uptime'],
                },
                { title: 'Paid by drivers, without tax', value: soldUsd(d), unit: 'USD/month', from: ['tariff'] },
                { title: 'Host’s share', value: HOST_SHARE.value, unit: 'share', from: ['host-share'] },
                {
                  title: 'Held back by the grid',
                  value: site.curtailedShare,
                  unit: 'share',
                  from: ['site.curtailedShare'],
                },
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
