import { useSlice } from '../twin.ts'

/** Sizes of shell.module.css, for where the middle of the free picture is. */
export const RAIL_PX = 72
export const GAP_PX = 12
export const TIMELINE_PX = 88
/** A full sheet leaves no picture to centre in. */
export const SHEET_PX = { peek: 232, half: 512, full: 512 } as const

/** Whether something is opened at the side: a thing of the city, or a proof from a file. */
export function useIsInspecting(): boolean {
  const isSelected = useSlice('selection', (s) => s.selected !== null)
  const hasEvidence = useSlice('evidence', (s) => s.opened !== null)
  return isSelected || hasEvidence
}
