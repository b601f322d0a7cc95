import { aScatter, aSiteProblem } from '../../support/sites.ts'

export const sample = () => aScatter('sample', 40, 200, 0.12, { budget: 6 })

const two = (more: object) => aSiteProblem([[0], [1]], 2, more)

export const broken = [
  { title: 'a site that costs nothing', input: () => two({ cost: new Float64Array(2) }) },
  { title: 'a cost that is no number', input: () => two({ cost: new Float64Array(2).fill(NaN) }) },
  { title: 'a negative weight', input: () => two({ weight: Float64Array.of(1, -1) }) },
  { title: 'a negative budget', input: () => two({ budget: -1 }) },
  { title: 'a budget without end', input: () => two({ budget: Infinity }) },
  { title: 'a point that is not there', input: () => aSiteProblem([[0], [7]], 2) },
  { title: 'a point covered twice by one site', input: () => aSiteProblem([[0, 0], [1]], 2) },
  { title: 'two sites of one id', input: () => two({ siteIds: ['a', 'a'] }) },
  { title: 'columns of other lengths', input: () => two({ cost: new Float64Array(3).fill(1) }) },
  { title: 'a standing site that is none', input: () => two({ standing: [2] }) },
  { title: 'a site that excludes itself', input: () => two({ conflicts: [[1, 1]] }) },
  { title: 'points nobody covers, all wanted', input: () => aSiteProblem([[0]], 2, { budget: null }) },
  { title: 'no site at all, all wanted', input: () => aSiteProblem([], 2, { budget: null }) },
]
