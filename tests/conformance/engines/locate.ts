import { someHearings } from '../../support/hearings.ts'

export const sample = () => someHearings(1, 3, 0)

const heard = (more: object) => {
  const input = someHearings(1, 3, 0)
  return { ...input, hearings: { ...input.hearings, ...more } }
}

export const broken = [
  { title: 'a certain prior', input: () => someHearings(1, 3, 0, { prior: 1 }) },
  { title: 'a tolerance beyond reach', input: () => someHearings(1, 3, 0, { toleranceM: 9000 }) },
  { title: 'a lattice without width', input: () => someHearings(1, 3, 0, { cellM: 0 }) },
  { title: 'a gateway that is not there', input: () => heard({ gateway: new Int32Array(12).fill(999) }) },
  { title: 'signals that are no numbers', input: () => heard({ signalDbm: new Float64Array(12).fill(NaN) }) },
  { title: 'columns of other lengths', input: () => heard({ signalDbm: new Float64Array(11) }) },
  { title: 'a claim nobody heard', input: () => heard({ start: Int32Array.of(0, 0, 8, 12) }) },
  { title: 'a claim without a place', input: () => heard({ claimEastM: new Float64Array(3).fill(NaN) }) },
]
