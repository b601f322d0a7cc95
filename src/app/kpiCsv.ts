import type { PlanReport } from '../model/plan.ts'
import { DISCLAIMERS } from '../plan/disclaimers.ts'

const cell = (value: string | number | undefined): string => {
  const text = value === undefined || (typeof value === 'number' && !Number.isFinite(value)) ? '' : String(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A report as a table: every figure with unit, band, tag and source; facts and provenance below. Numbers in full. */
export function kpiCsv({ kpis, assets, provenance, scenarioHash }: PlanReport): string {
  const rows: (string | number | undefined)[][] = [
    ['of', 'figure', 'value', 'unit', 'p10', 'p50', 'p90', 'tag', 'source', 'as of', 'decided by'],
  ]
  const add = (of: string, list: PlanReport['kpis']) => {
    for (const { title, quantity: q } of list) {
      rows.push([
        of,
        title,
        q.value,
        q.unit,
        q.band?.p10,
        q.band?.p50,
        q.band?.p90,
        q.tag,
        q.source,
        q.asOf,
        q.band?.decidedBy,
      ])
    }
  }
  add('plan', kpis)
  for (const asset of assets) add(`${asset.assetId} (${asset.era})`, asset.kpis)
  for (const asset of assets) {
    for (const { title, fact } of asset.facts) {
      rows.push([
        asset.assetId,
        `fact: ${title}`,
        fact.value,
        fact.unit,
        undefined,
        undefined,
        undefined,
        fact.grade,
        fact.source,
        fact.asOf,
      ])
    }
  }
  for (const { assetId, changes } of assets) {
    for (const { title, unit, was, is, reason } of changes)
      rows.push([
        assetId,
        `changed: ${title}, was ${was}`,
        is,
        unit,
        undefined,
        undefined,
        undefined,
        'assumed',
        reason,
      ])
  }
  rows.push(
    ['provenance', 'scenario hash', scenarioHash],
    ['provenance', 'engine', `${provenance.engine} ${provenance.version}`],
    ['provenance', 'seed', provenance.seed],
  )
  rows.push(['provenance', 'created', provenance.createdAt])
  for (const line of DISCLAIMERS) rows.push(['note', line])
  return `${rows.map((row) => row.map(cell).join(',')).join('\n')}\n`
}
