import { fact } from '../network.ts'

export const IDLE_SHARE = fact(
  0.15,
  'share',
  'idle draw of a card against its full draw, assumed',
  '2026-11-01',
  'assumption',
)

/** The same figure as in the grid simulation, where every card runs at full draw. */
export const GPU_OVERHEAD = fact(
  1.35,
  '×',
  'assumed: host, power supply and cooling over the cards themselves',
  '2024-01-01',
  'assumption',
)

/** What cards draw for work beyond their idle draw, in kWh of so many hours. */
export const gpuWorkKwh = (gpus: number, gpuW: number, hours: number): number =>
  (gpus * gpuW * GPU_OVERHEAD.value * (1 - IDLE_SHARE.value) * hours) / 1000
