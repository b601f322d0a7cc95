/** One thing found while reading or checking input that did not stop the work. Listed, counted, never thrown. */
export interface Finding {
  readonly code: string // SCREAMING_CASE, stable
  readonly entity: string // 'building', 'road', 'line' …
  readonly message: string // one sentence: what was got, what was done about it
  readonly ids: readonly string[] // at most FINDING_IDS of them; `count` has the true number
  readonly count: number
}

/** How many ids a finding names at most, so that a broken file cannot make a report as large as itself. */
export const FINDING_IDS = 20

/** Collects findings of one pass, merging those of the same code and entity. */
export function createFindings() {
  const byKey = new Map<
    string,
    {
      code: string
      entity: string
      message: string
      ids: string[]
      count: number
    }
  >()
  return {
    add(code: string, entity: string, message: string, id: string) {
      const key = `${code}\n${entity}`
      const seen = byKey.get(key)
      if (!seen) byKey.set(key, { code, entity, message, ids: [id], count: 1 })
      else {
        seen.count++
        if (seen.ids.length < FINDING_IDS) seen.ids.push(id)
      }
    },
    list: (): Finding[] => [...byKey.values()],
  }
}

export type Findings = ReturnType<typeof createFindings>
