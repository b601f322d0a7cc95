import type { PhaseCase, PhaseMatrix } from '../../../model/phaseCase.ts'
import { tidy } from '../tidy.ts'

const matrix = ({ re, im }: PhaseMatrix): PhaseMatrix => ({ re: re.map(tidy), im: im.map(tidy) })
const pair = ([r, x]: readonly [number, number]): readonly [number, number] => [tidy(r), tidy(x)]

/** Every figure that was converted on its way in, to as many digits as survive being written and read again. */
export const tidyCase = (grid: PhaseCase): PhaseCase => ({
  ...grid,
  buses: grid.buses.map((bus) => ({ ...bus, ratedV: tidy(bus.ratedV) })),
  lines: grid.lines.map((line) => ({ ...line, seriesOhm: matrix(line.seriesOhm), shuntS: matrix(line.shuntS) })),
  transformers: grid.transformers.map((t) => ({
    ...t,
    ratedVa: tidy(t.ratedVa),
    reactancePu: t.reactancePu.map(tidy),
    ironPu: tidy(t.ironPu),
    magnetisingPu: tidy(t.magnetisingPu),
    windings: t.windings.map((w) => ({ ...w, coilV: tidy(w.coilV), rPu: tidy(w.rPu) })),
  })),
  sources: grid.sources.map((s) => ({
    ...s,
    vPu: tidy(s.vPu),
    angleRad: tidy(s.angleRad),
    positiveOhm: pair(s.positiveOhm),
    zeroOhm: pair(s.zeroOhm),
  })),
  shunts: grid.shunts.map((s) => ({ ...s, admittanceS: matrix(s.admittanceS) })),
  loads: grid.loads.map((load) => ({
    ...load,
    ratedV: tidy(load.ratedV),
    parts: load.parts.map((part) => ({ ...part, pW: tidy(part.pW), qVar: tidy(part.qVar) })),
  })),
})
