/** How high a mark floats over its foot, from its distance to the eye: the same rule as in the shader. */
export const markHeightM = (distanceM: number): number => Math.min(Math.max(distanceM * 0.018, 7), 60)
