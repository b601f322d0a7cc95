import { defineEngine } from '../engine.ts'
import { judgeClaims } from './judge.ts'

/**
 * Where a device is, from who hears it and how loudly; and whether that fits what it claims.
 *
 * Glossary: claim a place that a device says it is at · hearing one gateway's signal of it · stray a gateway that is not
 * where it says · blur how coarsely places are rounded · reach how far a false claim may be off
 */
export const locate = defineEngine({
  id: 'locate',
  version: '1',
  title: 'Location from signals',
  reads: ['places of gateways', 'signals by gateway', 'claimed places', 'hearing model'],
  writes: ['probability that a claim is false', 'estimated place', 'spread of the posterior'],
  run: judgeClaims,
})
