import { assets } from './assets/index.ts'
import { backhaul } from './backhaul/index.ts'
import { economics } from './economics/index.ts'
import type { AnyEngine } from './engine.ts'
import { grid } from './grid/index.ts'
import { load } from './load/index.ts'
import { lorawan } from './lorawan/index.ts'
import { placement } from './placement/index.ts'
import { radio } from './radio/index.ts'
import { synth } from './synth/index.ts'

/** Every engine of the product. To add one: write its folder, and its line here. */
export const engines: readonly AnyEngine[] = [load, synth, assets, grid, radio, lorawan, backhaul, placement, economics]
