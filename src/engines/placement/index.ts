import { defineEngine } from '../engine.ts'
import { place } from './place.ts'

/**
 * Where to build: the best sites for a budget, with a bound on what any other choice could reach.
 *
 * Glossary: site a place that may be chosen · point what is to be covered, with a weight · rival a site that excludes
 * another · bound a proven limit on every choice · gap how far the bound lies from what was found
 */
export const placement = defineEngine({
  id: 'placement',
  version: '1',
  title: 'Placement of sites',
  reads: ['candidate sites with what they cover', 'weights of points', 'budget'],
  writes: ['chosen sites', 'covered weight', 'proven bound'],
  run: place,
})
