import { metricById } from '../../model/device.ts'
import { defineRule } from './rule.ts'

/** Metered may be this many times the modelled load: the model is a typical day, not this one. */
const TIMES_MODELLED = 3
/**
 * Beyond this share of its rating no feeder transformer carries anything for half an hour.
 * Source: IEC 60076-7, limits of loading beyond the nameplate: distribution transformers, short-time emergency, 2.0 of
 * the rated current.
 */
const TIMES_RATED = 2

/**
 * What the meters of a feeder report together must be what the feeder can carry. When it is more, the largest is
 * doubted first, until the rest fits: so one liar does not spoil its street.
 */
export const powerBalance = defineRule({
  id: 'power-balance',
  title: 'Fits what its feeder carries',
  looksAt: 'surroundings',
  metrics: [1, 5], // active power of a meter, charging power of a charger or station
  reachM: () => 0,
  judge(metric, timeMs, value, around) {
    const feeder = around.feeder(timeMs)
    if (!feeder) return null
    const { model, modelledW, ratedVa, others } = feeder
    const limitW = Math.max(TIMES_MODELLED * modelledW, TIMES_RATED * ratedVa)
    const ownW = Math.abs(value)
    let restW = ownW
    for (const otherW of others) if (otherW <= ownW) restW += otherW // larger ones are doubted before this one
    if (restW <= limitW) return null
    const { title } = metricById.get(metric)!
    return `${title} of ${value} W: with it the meters of its feeder report ${restW} W, but ${model} gives the feeder ${Math.round(modelledW)} W, and it carries ${Math.round(limitW)} W at most.`
  },
})
