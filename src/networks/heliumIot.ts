import { shortNumber } from '../base/shortNumber.ts'
import { type Draw, defineNetwork, type EarnModel, fact, NO_EXTRAS, TOKEN_PRICE, UPTIME } from './network.ts'
import { DAYS_PER_MONTH } from './rules/calendar.ts'
import { loraGateway } from './rules/deviceCosts.ts'
import { dcToBones } from './rules/heliumBackstop.ts'
import { HIP17, hexLimit, transmitScale } from './rules/hexScaling.ts'
import { DC_DOCS, heliumParts, hnt, hntPerDay, SOURCE_149 } from './rules/hnt.ts'
import { hntEconomy } from './rules/hntEconomy.ts'
import { toUnits } from './rules/proRata.ts'

const DC_USD = 1e-5
const HIP_146 = 'HIP-146, IoT Seat Fees for Sensors'
const SEAT_USD_PER_YEAR = 1
const SEAT_CREDITS_PER_DAY = SEAT_USD_PER_YEAR / DC_USD / 365
const HIP_17 = 'HIP-17, example values at resolution 8'

/**
 * Data only: every message of 24 bytes that a network buys is one data credit, paid in HNT at the dollar's worth.
 * A seat fee is the least that a sensor buys on a day on which it sends.
 */
const dataOnly = (seatCreditsPerDay: number): EarnModel => ({
  drivers: [
    hnt.price,
    {
      id: 'sensors-per-km2',
      title: 'Active sensors per km² that use this network',
      fact: fact(
        0.5,
        '1/km²',
        'assumed; 320,000 active sensors world-wide (HIP-146), hardly any known in Astana',
        '2026-11-01',
        'assumption',
      ),
      p10: 0.02,
      p90: 20,
      shape: 'log',
      most: 1e6,
      wouldBe: (value, median) => `it carried ${shortNumber(value)} sensors per km² instead of ${shortNumber(median)}`,
    },
    {
      id: 'credits-per-sensor-day',
      title: 'Data credits a sensor buys per day',
      fact: fact(
        33.75,
        'DC/d',
        '108 USD a day from 320,000 sensors, HIP-146 motivation (divided by us)',
        '2025-06-01',
        'doc',
      ),
      p10: 5,
      p90: 120,
      shape: 'log',
      most: 1e5,
    },
    {
      id: 'first-share',
      title: 'Share of messages bought from this gateway',
      fact: fact(
        0.5,
        'share',
        'assumed; a message heard by several gateways is mostly bought once',
        '2026-11-01',
        'assumption',
      ),
      p10: 0.15,
      p90: 0.9,
      shape: 'share',
      most: 1,
    },
  ],
  run: (site) => {
    const credits = (d: Draw): number =>
      site.coveredKm2 *
      d['sensors-per-km2']! *
      Math.max(seatCreditsPerDay, d['credits-per-sensor-day']!) *
      d['first-share']! *
      d[UPTIME]! *
      DAYS_PER_MONTH
    return {
      ...NO_EXTRAS,
      work: { unit: 'thousand messages of 24 B', perMonth: (d) => credits(d) / 1000 },
      tokens: (d) => (credits(d) * DC_USD) / d[TOKEN_PRICE]!,
      settle: (d) => ({
        tokens: dcToBones(BigInt(Math.floor(credits(d))), toUnits(d[TOKEN_PRICE]!, 8)),
        unallocated: 0n,
        usd: 0,
        tokenPriceUsd: d[TOKEN_PRICE]!,
      }),
      terms: (d) => [
        { title: 'Area it serves', value: site.coveredKm2, unit: 'km²', from: ['site.coveredKm2'] },
        {
          title: 'Sensors heard',
          value: site.coveredKm2 * d['sensors-per-km2']!,
          unit: '',
          from: ['site.coveredKm2', 'sensors-per-km2'],
        },
        {
          title: 'Data credits a month',
          value: credits(d),
          unit: 'DC',
          from: ['credits-per-sensor-day', 'first-share', 'uptime'],
        },
        { title: 'Worth', value: credits(d) * DC_USD, unit: 'USD', from: ['dc-bytes'] },
      ],
    }
  },
})

/** Gateways in one hex, and how many hexes about it are occupied where they are so many. */
const scaleAmong = (gateways: number): number => {
  const there = Math.max(1, gateways)
  return transmitScale([{ counted: Math.min(there, hexLimit(Math.min(7, there), HIP17)), there }])
}
const TYPICAL_GATEWAYS = 2

/** The years of Proof-of-Coverage, as operators reported them. Nobody is paid so any more. */
const proofOfCoverage: EarnModel = {
  drivers: [
    hnt.price,
    {
      id: 'hnt-per-day',
      title: 'HNT a day for coverage and witnessing',
      fact: fact(0.055, 'HNT/d', 'community reports of 0.03 to 0.10 HNT a day', '2025-06-01', 'press'),
      p10: 0.03,
      p90: 0.1,
      shape: 'log',
      most: 100,
      wouldBe: (value, median) => `coverage paid ${shortNumber(value)} HNT a day instead of ${shortNumber(median)}`,
    },
    {
      id: 'gateways-in-hex',
      title: 'Gateways in the same hex of 0.7 km²',
      fact: fact(TYPICAL_GATEWAYS, 'gateways', 'assumed of the places that were reported', '2025-06-01', 'assumption'),
      p10: 1,
      p90: 12,
      shape: 'log',
      most: 500,
    },
  ],
  run: (site) => {
    // a gateway that covers nothing is witnessed by nobody
    const heard = site.coveredKm2 > 0 ? 1 : 0
    const scale = (d: Draw): number => scaleAmong(d['gateways-in-hex']!) / scaleAmong(TYPICAL_GATEWAYS)
    const hnt = (d: Draw): number => heard * d['hnt-per-day']! * scale(d) * d[UPTIME]! * DAYS_PER_MONTH
    return {
      ...NO_EXTRAS,
      tokens: hnt,
      settle: (d) => ({ tokens: toUnits(hnt(d), 8), unallocated: 0n, usd: 0, tokenPriceUsd: d[TOKEN_PRICE]! }),
      terms: (d) => [
        {
          title: 'Scale of its hex',
          value: scaleAmong(d['gateways-in-hex']!),
          unit: '×',
          from: ['gateways-in-hex', 'hex-target', 'hex-most', 'hex-neighbours'],
        },
        { title: 'HNT a month', value: hnt(d), unit: 'HNT', from: ['hnt-per-day', 'uptime'] },
      ],
    }
  },
}

/** LoRaWAN gateways that hear sensors for whoever buys the messages. */
export const heliumIot = defineNetwork({
  id: 'helium-iot',
  title: 'Helium IoT',
  what: 'A gateway hears LoRaWAN sensors; whoever wants a message pays a hundred-thousandth of a dollar for it.',
  story: {
    node: 'A small radio on a roof or mast that hears battery-powered sensors within a few kilometres and passes their messages on over the internet.',
    proves:
      'That it delivered a message somebody had asked for: the network’s packet router counts each delivery. Merely standing there proves nothing any more.',
    pays: 'Whoever runs the sensors. They buy data credits in dollars, one hundred-thousandth of a dollar each, and spend one for every 24 bytes and every copy.',
    burns: 'HNT is destroyed to make data credits. A capped part of what was burnt lately is issued again.',
    risks: {
      regulation:
        'The band needs no licence but limits how long anybody may transmit. Masts and roofs need the owner’s consent.',
      privacy: 'Payloads are encrypted, yet which sensor was heard where and when can be seen by those who route it.',
      scaling:
        'Very little is sold: all gateways together earned about a hundred dollars a day. More gateways in one place share the same messages.',
      concentration: 'One foundation and a few large holders steer the votes; most messages belong to few customers.',
    },
  },
  parts: heliumParts('Packet reports of the router that bought the message', 'Packet verifier, off chain'),
  token: hnt,
  eras: [
    {
      id: 'helium-iot@hip146',
      title: 'A seat fee of a dollar a year for each sensor (HIP-146, closed)',
      from: '2026-07-06',
      to: null,
      status: 'closed',
      rules: [
        {
          id: 'dc-bytes',
          title: 'Bytes of payload per data credit',
          fact: fact(24, 'B', DC_DOCS, '2026-07-01', 'doc'),
        },
        {
          id: 'seat-fee',
          title: 'Least that a sensor pays',
          fact: fact(SEAT_USD_PER_YEAR, 'USD/a', HIP_146, '2025-06-23', 'doc'),
        },
        {
          id: 'seat-credits',
          title: 'Of it on each day on which it sends',
          fact: fact(SEAT_CREDITS_PER_DAY, 'DC/d', `${HIP_146} (divided by us)`, '2025-06-23', 'doc'),
        },
      ],
      earn: { 'lorawan-gateway': dataOnly(SEAT_CREDITS_PER_DAY) },
    },
    {
      id: 'helium-iot@hip149',
      title: 'Data credits only (HIP-149)',
      from: '2026-07-06',
      to: null,
      status: 'active',
      rules: [
        { id: 'dc-usd', title: 'Worth of a data credit', fact: fact(DC_USD, 'USD', DC_DOCS, '2026-07-01', 'doc') },
        {
          id: 'dc-bytes',
          title: 'Bytes of payload per data credit',
          fact: fact(24, 'B', DC_DOCS, '2026-07-01', 'doc'),
        },
        {
          id: 'poc',
          title: 'Paid for coverage',
          fact: fact(0, 'HNT/d', `${SOURCE_149}, decision 3`, '2026-07-06', 'doc'),
        },
      ],
      earn: { 'lorawan-gateway': dataOnly(0) },
      emission: hntPerDay,
      economy: hntEconomy,
    },
    {
      id: 'helium-iot@poc',
      title: 'Proof-of-Coverage (history)',
      from: '2025-01-29',
      to: '2026-07-06',
      status: 'historic',
      rules: [
        {
          id: 'hnt-per-day',
          title: 'Reported pay for coverage',
          fact: fact(0.055, 'HNT/d', 'community reports of 0.03 to 0.10 HNT a day', '2025-06-01', 'press'),
        },
        {
          id: 'hex-target',
          title: 'Gateways that counted in any hex',
          fact: fact(HIP17.target, 'gateways', HIP_17, '2020-10-20', 'doc'),
        },
        {
          id: 'hex-most',
          title: 'Gateways that could ever count in one',
          fact: fact(HIP17.most, 'gateways', HIP_17, '2020-10-20', 'doc'),
        },
        {
          id: 'hex-neighbours',
          title: 'Occupied hexes up to which the first held',
          fact: fact(HIP17.neighbours, 'hexes', HIP_17, '2020-10-20', 'doc'),
        },
      ],
      earn: { 'lorawan-gateway': proofOfCoverage },
    },
  ],
  nodeTypes: [
    loraGateway('Outdoor LoRaWAN gateway', [
      {
        id: 'onboard',
        title: 'Onboarding and location',
        fact: fact(1, 'USD', DC_DOCS, '2026-07-01', 'doc'),
        per: () => 1,
      },
    ]),
  ],
  caveats: [
    'The 868 MHz band is licence-free with duty-cycle limits; check the national frequency table before building.',
    'Coverage itself is no longer paid. Income follows messages that somebody buys.',
    `World-wide the network sold about 108 USD of messages a day (HIP-146); one gateway’s share is small.`,
  ],
})
