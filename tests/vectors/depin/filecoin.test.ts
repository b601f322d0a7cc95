import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { baselineMinted, simplePerDay, thetaAtSnapshot } from '../../../src/networks/rules/filecoinNode.ts'
import {
  blockReward,
  expNeg,
  nextBaseline,
  rewardTheta,
  simpleReward,
} from '../../../src/networks/rules/filecoinReward.ts'
import { STATE } from '../../../src/networks/rules/filecoinState.ts'
import { referencePath } from '../../support/reference.ts'

const rows = (name: string): bigint[][] => {
  const file = referencePath('depin', `filecoin-${name}.golden`)
  return file
    ? readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',').map((cell) => BigInt(cell.trim())))
    : []
}
const simple = rows('TestSimpleReward')
const baseline = rows('TestBaselineReward')
const there = simple.length > 0 && baseline.length > 0
const note = there ? '' : ' (skipped: the reference folder is not there)'

test.skipIf(!there)(`default: 512 simple rewards of specs-actors, exact to the attoFIL${note}`, () => {
  expect(simple.length).toBe(512)
  for (const [epoch, reward] of simple) {
    expect(blockReward(Number(epoch), 0n, 0n)).toBe(reward)
    expect(simpleReward(Number(epoch))).toBe(reward)
  }
})

test.skipIf(!there)(`default: 512 baseline rewards of specs-actors, exact to the attoFIL${note}`, () => {
  expect(baseline.length).toBe(512)
  const still = blockReward(0, 0n, 0n)
  for (const [before, now, reward] of baseline) expect(blockReward(0, before!, now!) - still).toBe(reward)
})

// the first, one inner and the last figure of those files, as facts, for where the files are not
test('default: the first reward is 36.266264293777134739 FIL', () => {
  expect(blockReward(0, 0n, 0n)).toBe(36_266264293777134739n)
})

test('default: effective network time of the reward actor’s own test, 0.5, 0.25 and 15.25', () => {
  const power = (epoch: number): bigint => BigInt(epoch + 1) * 2048n
  const half = 1n << 127n
  expect(rewardTheta(1, power(1), 2048n + (2n * 2048n) / 2n, 2048n + 2n * 2048n)).toBe(half)
  expect(rewardTheta(1, power(1), 2048n + (2n * 2048n) / 4n, 2048n + 2n * 2048n)).toBe(half / 2n)
  let sum = 0n
  for (let epoch = 0; epoch < 16; epoch++) sum += power(epoch)
  expect(rewardTheta(16, power(16), sum + power(16) / 4n, sum + power(16))).toBe((15n << 128n) + half / 2n)
  expect(rewardTheta(0, 1n, 5n, 9n)).toBe(0n)
})

test('behavior: e^-x falls from 1, and baseline power doubles in a year of epochs', () => {
  expect(expNeg(0n)).toBe(1n << 128n)
  expect(Number(expNeg(1n << 128n)) / 2 ** 128).toBeCloseTo(Math.exp(-1), 12)
  let power = 1_000_000_000_000n
  for (let epoch = 0; epoch < 2880; epoch++) power = nextBaseline(power)
  expect(Number(power) / 1e12).toBeCloseTo(2 ** (1 / 365), 6)
})

test('behavior: the projection starts at the snapshot’s reward and the baseline part is never more than its total', () => {
  const theta = thetaAtSnapshot()
  const day = simplePerDay(Math.floor(Date.parse(STATE.date) / 86_400_000)) + baselineMinted(theta, 0, 0, 1 / 365)
  expect(Math.abs(day / STATE.dayReward.value - 1)).toBeLessThan(2e-3)
  expect(baselineMinted(theta, 0.1, 0, 60)).toBeLessThan(770e6)
  expect(baselineMinted(theta, -0.2, 3, 4)).toBeGreaterThan(0)
})
