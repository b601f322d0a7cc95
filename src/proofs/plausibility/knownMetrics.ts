import { METRICS, type Metric, metricById } from '../../model/device.ts'

const size = Math.max(...METRICS.map(({ id }) => id)) + 1

/** A column over metric ids, NaN where this page knows no such metric. */
export const metricColumn = (pick: (metric: Metric) => number): Float64Array =>
  Float64Array.from({ length: size }, (_, id) => {
    const metric = metricById.get(id)
    return metric ? pick(metric) : NaN
  })

/** Whether this page knows what a metric means. Readings of others are left out, not judged. */
export const isKnownMetric = (metric: number): boolean => metricById.has(metric)
