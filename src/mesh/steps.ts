/**
 * The grid that a city's places lie on: whole steps of 1/128 m, exact in 32-bit floats. Meshes are made on it, so that
 * every test of sides and areas is exact and equal places stay equal.
 */
export const STEPS_PER_M = 128

/** A place in metres as whole steps. */
export const toSteps = (metres: number): number => Math.round(metres * STEPS_PER_M)
