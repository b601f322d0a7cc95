import type { BackhaulResult } from './study.ts'

/** What a backhaul study means, as a planner reads it. */
export function sayBackhaul({ offeredBps, carriedBps, busiestHour, links, failures }: BackhaulResult): string {
  const percent = (x: number): string => `${(100 * x).toFixed(1)} %`
  const said = [
    offeredBps > 0
      ? `At hour ${busiestHour}, the busiest, ${percent(carriedBps / offeredBps)} of the demand is carried.`
      : 'Nothing is demanded.',
  ]
  const first = links.reduce((a, b) => (b.growth < a.growth ? b : a))
  if (first.growth < Infinity) {
    said.push(
      first.growth < 1
        ? `${first.id} is too small by a factor of ${(1 / first.growth).toPrecision(2)} and saturates first.`
        : `${first.id} saturates first, at ${first.growth.toPrecision(3)} times the demand.`,
    )
  }
  const [worst] = failures
  if (worst && worst.cutOff.length > 0)
    said.push(`The failure of ${worst.link} hurts most: it cuts off ${worst.cutOff.length} flows.`)
  else if (worst && worst.lostBps > 0)
    said.push(`The failure of ${worst.link} hurts most: ${percent(worst.lostBps / carriedBps)} of the traffic is lost.`)
  else if (worst) said.push('No single failure of a link costs traffic.')
  return said.join(' ')
}
