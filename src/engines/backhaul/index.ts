import { defineEngine } from '../engine.ts'
import { runBackhaul } from './study.ts'

/**
 * Backhaul: what gateways, cells and towers can carry away.
 *
 * Glossary: arc one way along a link · resource what flows share: one way of a link, or both when its medium is shared ·
 * cv² squared coefficient of variation · E Erlang, calls or packets at once
 */
export const backhaul = defineEngine({
  id: 'backhaul',
  version: '1',
  title: 'Backhaul network',
  reads: ['links with capacity and delay', 'flows by hour', 'trunks'],
  writes: ['fair rates', 'utilisation', 'delay percentiles', 'single failures'],
  run: runBackhaul,
})
