import { TwinError } from '../../../base/errors.ts'
import type { GridId } from '../../../model/gridCase.ts'
import type {
  PhaseCase,
  PhaseEnd,
  PhaseLoad,
  PhaseMatrix,
  PhaseTransformer,
  ZipShares,
} from '../../../model/phaseCase.ts'

const refuse = (what: string): TwinError =>
  new TwinError('NOT_AVAILABLE_YET', `The grid has ${what}, which is not written to OpenDSS.`, { what })

/** A name the script can take: the class in front is left off, dots and blanks become underscores. */
const nameOf = (id: GridId): string =>
  String(id)
    .replace(/^[a-z]+\./, '')
    .replace(/[\s.,=()[\]{}"'|!]+/g, '_')
    .toLowerCase()

const matrix = (values: readonly number[]): string => {
  const n = Math.round(Math.sqrt(values.length))
  return `[${Array.from({ length: n }, (_, i) => values.slice(i * n, i * n + n).join(' ')).join(' | ')}]`
}

const sameShares = (a: ZipShares, b: ZipShares): boolean => a.every((share, k) => share === b[k])
const MODELS: readonly (readonly [number, ZipShares, ZipShares])[] = [
  [1, [0, 0, 1], [0, 0, 1]],
  [2, [1, 0, 0], [1, 0, 0]],
  [3, [0, 0, 1], [1, 0, 0]],
  [4, [0, 1, 0], [1, 0, 0]],
  [5, [0, 1, 0], [0, 1, 0]],
]

function modelOf({ pShares, qShares }: PhaseLoad): string {
  const known = MODELS.find(([, p, q]) => sameShares(p, pShares) && sameShares(q, qShares))
  return known ? `model=${known[0]}` : `model=8 zipv=[${[...pShares, ...qShares, 0].join(' ')}]`
}

/**
 * A case with phases as an OpenDSS script. Read back, it is the same case to 12 digits of every figure.
 *
 * Throws   NOT_AVAILABLE_YET for what the script has no words for
 */
export function dssText(grid: PhaseCase): string {
  if (grid.nameplates.length > 0) throw refuse('a transformer given by its nameplate')
  const bus = ({ bus: at, nodes }: PhaseEnd): string => `${nameOf(grid.buses[at]!.id)}.${nodes.join('.')}`
  const ratedKv = (at: number): number => grid.buses[at]!.ratedV / 1e3
  const [main, ...others] = grid.sources
  if (!main || others.length > 0) throw refuse(`${grid.sources.length} sources`)
  const lines = [
    'clear',
    `set defaultbasefrequency=${grid.frequencyHz}`,
    `new circuit.${nameOf(grid.title)} basekv=${ratedKv(main.end.bus)} pu=${main.vPu} angle=${(main.angleRad * 180) / Math.PI} bus1=${bus(main.end)}`,
    `~ r1=${main.positiveOhm[0]} x1=${main.positiveOhm[1]} r0=${main.zeroOhm[0]} x0=${main.zeroOhm[1]}`,
  ]
  for (const [name, { stepS, factor }] of grid.profiles)
    lines.push(`new loadshape.${name} npts=${factor.length} sinterval=${stepS} mult=[${factor.join(' ')}]`)
  for (const { id, from, to, fromClosed, toClosed, seriesOhm, shuntS, ratedA } of grid.lines) {
    if (!fromClosed && !toClosed) continue
    if (!fromClosed || !toClosed) throw refuse(`a line with one open end, ${id}`)
    const nanofarad = shuntS.im.map((b) => (b / (2 * Math.PI * grid.frequencyHz)) * 1e9)
    lines.push(
      `new line.${nameOf(id)} phases=${from.nodes.length} bus1=${bus(from)} bus2=${bus(to)} length=1`,
      `~ rmatrix=${matrix(seriesOhm.re)} xmatrix=${matrix(seriesOhm.im)} cmatrix=${matrix(nanofarad)}${Number.isNaN(ratedA) ? '' : ` normamps=${ratedA}`}`,
    )
  }
  for (const t of grid.transformers) lines.push(...transformerLines(grid, t))
  for (const r of grid.regulators)
    lines.push(
      `new regcontrol.${nameOf(r.id)} transformer=${nameOf(grid.transformers[r.transformer]!.id)} winding=${r.winding + 1} vreg=${r.setV} band=${r.bandV} ptratio=${r.voltageRatio} ctprim=${r.currentA} r=${r.rV} x=${r.xV}`,
    )
  for (const s of grid.shunts) lines.push(capacitorLine(s.admittanceS, nameOf(s.id), bus(s.end), s.closed))
  for (const load of grid.loads) lines.push(loadLine(load, nameOf(grid.buses[load.bus]!.id)))
  const bases = [...new Set(grid.buses.map(({ ratedV }) => ratedV / 1e3))]
  return `${[...lines, `set voltagebases=[${bases.join(' ')}]`, 'calcvoltagebases', 'solve'].join('\n')}\n`
}

function transformerLines(grid: PhaseCase, t: PhaseTransformer): string[] {
  const phases = t.windings[0]!.coils.length
  const n = t.windings.length
  const regulator = grid.regulators.find(({ transformer }) => grid.transformers[transformer] === t)
  const pairs =
    n === 2
      ? `xhl=${t.reactancePu[0]! * 100}`
      : n === 3
        ? `xhl=${t.reactancePu[0]! * 100} xht=${t.reactancePu[1]! * 100} xlt=${t.reactancePu[2]! * 100}`
        : `xscarray=[${t.reactancePu.map((x) => x * 100).join(' ')}]`
  const range = regulator ? ` mintap=${regulator.minTap} maxtap=${regulator.maxTap} numtaps=${regulator.steps}` : ''
  const isRing = (coils: PhaseTransformer['windings'][number]['coils']): boolean =>
    phases === 3 && coils[0]![1] !== coils[1]![1]
  const rings = t.windings.map(({ coils }) => isRing(coils))
  const kv = t.windings.map(({ coilV }, k) => (coilV * (phases === 3 && !rings[k] ? Math.sqrt(3) : 1)) / 1e3)
  const high = kv.reduce((best, value, k) => (value > kv[best]! ? k : best), 0)
  const ring = rings.indexOf(true)
  const forward = ring < 0 || t.windings[ring]!.coils[0]![1] === t.windings[ring]!.coils[1]![0]
  const mixed = ring >= 0 && rings.includes(false)
  if (!mixed && !forward) throw refuse(`transformer ${t.id} with rings wound backwards`)
  return [
    `new transformer.${nameOf(t.id)} phases=${phases} windings=${n} ${pairs} %noloadloss=${t.ironPu * 100} %imag=${t.magnetisingPu * 100}${range}${mixed && forward === rings[high] ? ' leadlag=lead' : ''}`,
    ...t.windings.map(({ bus, coils, rPu, tap }, k) => {
      const starts = coils.map(([start]) => start)
      const delta = rings[k] || (phases === 1 && coils[0]![1] !== 0)
      const nodes = rings[k] ? starts : phases === 1 ? coils[0]! : [...starts, coils[0]![1]]
      return `~ wdg=${k + 1} bus=${nameOf(grid.buses[bus]!.id)}.${nodes.join('.')} conn=${delta ? 'delta' : 'wye'} kv=${kv[k]} kva=${t.ratedVa / 1e3} %r=${rPu * 100} tap=${tap}`
    }),
  ]
}

/** A capacitor on each phase alone, equal in all. */
function capacitorLine({ re, im }: PhaseMatrix, name: string, bus: string, closed: boolean): string {
  const n = Math.round(Math.sqrt(im.length))
  const isStar = im.every((b, o) => (o % (n + 1) === 0 ? b === im[0] : b === 0)) && re.every((g) => g === 0)
  if (!isStar) throw refuse(`shunt ${name} that is no capacitor in star`)
  const kv = n > 1 ? Math.sqrt(3) : 1
  return `new capacitor.${name} phases=${n} bus1=${bus} kv=${kv} kvar=${n * im[0]! * 1e3}${closed ? '' : ' enabled=no'}`
}

function loadLine(load: PhaseLoad, bus: string): string {
  const { parts, ratedV, sign, minPu, maxPu, closed, profile } = load
  const [first] = parts
  if (!first || parts.some(({ pW, qVar }) => pW !== first.pW || qVar !== first.qVar))
    throw refuse(`load ${load.id} with parts unlike each other`)
  const ring = parts.length > 1 ? parts[0]!.to === parts[1]!.from : first.to !== 0 && first.to <= 3
  const nodes =
    ring && parts.length === 1
      ? [first.from, first.to]
      : [...parts.map(({ from }) => from), ...(ring ? [] : [first.to])]
  const kv = (ratedV * (parts.length > 1 && !ring ? Math.sqrt(3) : 1)) / 1e3
  const kind = sign === 1 ? 'load' : 'generator'
  const limits = `vminpu=${minPu} vmaxpu=${Number.isFinite(maxPu) ? maxPu : 1e9}`
  const words = [
    `phases=${parts.length}`,
    `bus1=${bus}.${nodes.join('.')}`,
    `conn=${ring ? 'delta' : 'wye'}`,
    `kv=${kv}`,
    `kw=${(first.pW * parts.length) / 1e3}`,
    `kvar=${(first.qVar * parts.length) / 1e3}`,
    limits,
  ]
  if (sign === 1) words.push(modelOf(load))
  if (profile !== null) words.push(`yearly=${profile}`)
  if (!closed) words.push('enabled=no')
  return `new ${kind}.${nameOf(load.id)} ${words.join(' ')}`
}
