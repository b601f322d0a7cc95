import { defineNetwork, fact, paidInUsd } from './network.ts'
import { solarRoof } from './rules/deviceCosts.ts'
import { DEGRADATION, solarDrivers, solarRoofAt } from './rules/solar.ts'

const none = { title: 'none', source: 'no network: the owner uses the energy', asOf: '2026-11-01' }

/** Not a network: the sun on one's own roof, for comparison with all others. */
export const selfSupply = defineNetwork({
  id: 'self-supply',
  title: 'Own supply',
  what: 'The modules save what would have been bought from the grid; nobody pays for the rest.',
  story: {
    node: 'Solar modules on a roof with a battery behind them.',
    proves: 'The meter: what was not bought needs no other proof.',
    pays: 'Nobody. The owner saves what would have been bought from the grid.',
    burns: 'Nothing; there is no token.',
    risks: {
      regulation: 'Grid connection, feed-in and building permits differ from place to place.',
      privacy: 'A smart meter’s curve tells when somebody is at home.',
      scaling: 'Gains end where own use ends: surplus earns nothing here.',
      concentration: 'None to speak of: the tariff is the one thing set by others.',
    },
  },
  parts: {
    settlement: none,
    identity: none,
    proof: { title: 'The meter', source: 'utility bill', asOf: '2026-11-01' },
    compute: none,
    dataAvailability: none,
    governance: none,
  },
  token: null,
  eras: [
    {
      id: 'self-supply@2026',
      title: 'Saved purchases, no feed-in tariff',
      from: '2026-01-01',
      to: null,
      status: 'active',
      rules: [
        { id: 'degradation', title: 'Loss of output', fact: DEGRADATION },
        {
          id: 'feed-in',
          title: 'Paid for energy fed back',
          fact: fact(0, 'USD/kWh', 'assumed', '2026-11-01', 'assumption'),
        },
      ],
      earn: {
        'pv-battery': {
          drivers: solarDrivers,
          run: (site, months) => {
            const roof = solarRoofAt(site, months)
            return paidInUsd(
              roof.savedUsd,
              () => 0,
              (d) => [
                { title: 'Modelled yield', value: site.pvKwhPerKwp, unit: 'kWh/kWp/a', from: ['site.pvKwhPerKwp'] },
                {
                  title: 'Saved in a month of the first year',
                  value: roof.savedKwh(d, 0),
                  unit: 'kWh',
                  from: ['yield', 'own-use', 'param.pvKwp'],
                },
                {
                  title: 'Saved purchases',
                  value: roof.savedUsd(d, 0),
                  unit: 'USD/month',
                  from: ['energy-price', 'feed-in'],
                },
              ],
              { unit: 'kWh', perMonth: roof.savedKwh },
            )
          },
        },
      },
    },
  ],
  nodeTypes: [solarRoof('Solar roof with storage', [])],
  caveats: [
    'Energy fed back to the grid earns nothing here; a net-metering tariff would raise the result.',
    'Snow, shade of neighbours and the battery’s ageing are in the band, not in the model.',
  ],
})
