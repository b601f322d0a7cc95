import type { CashDriver, CashNode } from '../../src/engines/economics/cashNode.ts'

export const aDriver = (
  id: string,
  median: number,
  p10: number,
  p90: number,
  more: Partial<CashDriver> = {},
): CashDriver => ({
  id,
  title: id,
  median,
  p10,
  p90,
  shape: 'log',
  most: 1e9,
  ...more,
})

/** A node that earns `work` x `price` tokens-in-dollars a month, costs 1,000 and draws 10 kWh. */
export const aCashNode = (more: Partial<CashNode> = {}): CashNode => ({
  drivers: [
    aDriver('work', 20, 8, 45, {
      wouldBe: (value, median) => `it did ${value.toPrecision(3)} of work instead of ${median}`,
    }),
    aDriver('price', 1, 0.4, 2.5, {
      path: { kind: 'ou', volatilityPerYear: 1.1, reversionPerYear: 2.82 },
      wouldBe: (value) => `the price stood at ${value.toPrecision(3)}`,
    }),
    aDriver('energy', 0.05, 0.04, 0.08),
  ],
  tokenPrice: 'price',
  months: 60,
  outlayUsd: () => 1000,
  collateralTokens: () => 0,
  tokens: (values) => values.work!,
  usd: () => 0,
  vesting: [1],
  feeTokens: () => 0,
  energyKwh: () => 10,
  energyPrice: 'energy',
  runningUsd: () => 1,
  ...more,
})
