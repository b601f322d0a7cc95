import { withoutRepeats } from '../../geo/polygon/ring.ts'
import type { PowerLines, Roads } from '../../model/city.ts'
import { readNumber, readVoltageV } from '../../model/tagValues.ts'
import { createHeadColumns, createRingColumns, type WordList } from './columns.ts'
import type { JoinedFeature } from './joinFeatures.ts'
import type { LocalFrame } from './localFrame.ts'
import { roadClassOf, roadWidthM } from './roadClass.ts'

const POWER_LINES = new Set(['line', 'minor_line'])

/** Whether a feature is an overhead line; cables lie in the ground. */
export const isPowerLine = (feature: JoinedFeature): boolean =>
  feature.shape === 'line' && POWER_LINES.has(feature.tags.get('power') ?? '')

/** Roads and railways. A road that leaves the data and comes back is one row for each stretch, with the same id. */
export function createRoads(words: WordList, frame: LocalFrame) {
  const head = createHeadColumns(words)
  const lines = createRingColumns()
  const classes: number[] = []
  const widths: number[] = []
  return {
    add(feature: JoinedFeature) {
      const roadClass = feature.shape === 'line' ? roadClassOf(feature.tags) : null
      if (feature.shape !== 'line' || roadClass === null) return
      for (const line of feature.lines) {
        const steps = openLine(frame, line)
        if (!steps) continue
        head.add(feature)
        lines.add(steps)
        classes.push(roadClass)
        widths.push(roadWidthM(feature.tags, roadClass))
      }
    },
    done: (list: readonly string[], moved: Uint32Array): Roads => ({
      count: classes.length,
      osm: head.ids(),
      lines: lines.done(),
      class: new Uint8Array(classes),
      widthM: new Float32Array(widths),
      tags: head.tags(list, moved),
    }),
  }
}

export function createPowerLines(words: WordList, frame: LocalFrame) {
  const head = createHeadColumns(words)
  const lines = createRingColumns()
  const voltage: number[] = []
  const circuits: number[] = []
  return {
    add(feature: JoinedFeature) {
      if (feature.shape !== 'line' || !isPowerLine(feature)) return
      for (const line of feature.lines) {
        const steps = openLine(frame, line)
        if (!steps) continue
        head.add(feature)
        lines.add(steps)
        voltage.push(readVoltageV(feature.tags.get('voltage')))
        const mapped = readNumber(feature.tags.get('circuits'))
        circuits.push(mapped >= 1 && mapped <= 20 ? Math.round(mapped) : 0)
      }
    },
    done: (list: readonly string[], moved: Uint32Array): PowerLines => ({
      count: voltage.length,
      osm: head.ids(),
      lines: lines.done(),
      voltageV: new Float32Array(voltage),
      circuits: new Uint8Array(circuits),
      tags: head.tags(list, moved),
    }),
  }
}

/** A line in steps, a closed one with its end; null when it has shrunk to a point. */
function openLine(frame: LocalFrame, line: Float64Array): Float64Array | null {
  const steps = frame.toSteps(line)
  const kept: number[] = []
  for (let i = 0; i < steps.length; i += 2) {
    const k = kept.length
    if (k === 0 || kept[k - 2] !== steps[i] || kept[k - 1] !== steps[i + 1]) kept.push(steps[i]!, steps[i + 1]!)
  }
  return kept.length >= 4 && withoutRepeats(steps).length >= 4 ? Float64Array.from(kept) : null
}
