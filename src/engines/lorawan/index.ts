import { defineEngine } from '../engine.ts'
import { simulateLorawan } from './simulate.ts'

/**
 * LoRaWAN uplinks of a fleet, packet by packet.
 *
 * Glossary: SF spreading factor 7 … 12, "factor" is SF - 7 · DR data rate · ADR adaptive data rate · EIRP radiated power
 * against an isotropic antenna · ToA time on air · demodulator one of the packets a gateway decodes at once
 */
export const lorawan = defineEngine({
  id: 'lorawan',
  version: '1',
  title: 'LoRaWAN uplinks',
  reads: ['devices with their path losses', 'gateways', 'regional limits'],
  writes: ['delivery ratio', 'airtime of gateways', 'what saturates first'],
  run: simulateLorawan,
})
