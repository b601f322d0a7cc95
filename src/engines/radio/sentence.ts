import type { CoverageSummary } from '../../model/coverage.ts'

const three = (value: number): string => Number(value.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 3 })
const many = (count: number): string => Math.round(count).toLocaleString('en')

/** What a coverage means, as a planner reads it: who gains signal, who gives it, which assumption decides. */
export function sayCoverage(summary: CoverageSummary, sigmaDb: number): string {
  const { coveredKm2, coveredKm2P10, coveredKm2P90, buildingsCovered, buildingsTotal } = summary
  const { peopleCovered, peopleCoveredP10, peopleCoveredP90, peopleTotal, perServerKm2 } = summary
  const servers = Object.entries(perServerKm2).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const count = `${servers.length} ${servers.length === 1 ? 'transmitter' : 'transmitters'}`
  const [most] = servers
  if (!most || coveredKm2 === 0) return `Modelled: ${count} reach nobody.`
  const people =
    peopleTotal > 0
      ? ` and ${many(peopleCovered)} of ${many(peopleTotal)} people (P10–P90 ${many(peopleCoveredP10)}–${many(peopleCoveredP90)})`
      : ''
  const lost = 100 * (1 - coveredKm2P10 / coveredKm2)
  const area = `${three(coveredKm2)} km² (P10–P90 ${three(coveredKm2P10)}–${three(coveredKm2P90)})`
  const gains = `${many(buildingsCovered)} of ${many(buildingsTotal)} buildings${people} have signal, over ${area}`
  const best = servers.length > 1 ? ` ${most[0]} serves most of it: ${three(most[1])} km².` : ''
  return `Modelled: with ${count}, ${gains}.${best} Shadow fading decides: ${sigmaDb} dB of it against us takes ${three(lost)} % of the area.`
}
