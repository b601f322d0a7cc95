import { defineEngine } from '../engine.ts'
import { runCoverage } from './coverage.ts'

/**
 * Radio coverage over a city's buildings.
 *
 * Glossary: EIRP radiated power against an isotropic antenna · RSSI received power · rx, tx receiver, transmitter ·
 * nu diffraction parameter (P.526) · LOS line of sight · toa time on air
 */
export const radio = defineEngine({
  id: 'radio',
  version: '1',
  title: 'Radio coverage',
  reads: ['building heights', 'transmitters'],
  writes: ['received power', 'best server'],
  run: runCoverage,
})
