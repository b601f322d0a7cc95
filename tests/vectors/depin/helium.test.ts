import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayOf } from '../../../src/networks/rules/calendar.ts'
import {
  backstop,
  dcToBones,
  HIP149,
  HIP150,
  hip150On,
  steadyPoolUsd,
} from '../../../src/networks/rules/heliumBackstop.ts'
import {
  HNT,
  hntEmission,
  hntSupplement,
  NET_EMISSIONS_CAP,
  smoothBurn,
} from '../../../src/networks/rules/heliumEmission.ts'

const SHARE = 3_834_154_000n // 0.8927 of u32::MAX, as in the program's own tests
const e8 = (usd: number): bigint => BigInt(Math.round(usd * 1e8))
const input = (priceUsd: number, smoothed: bigint) => ({
  emission: 20_548n * HNT,
  smoothedBurn: smoothed,
  dcBurned: 910_000_000n,
  mobileShare: SHARE,
  priceE8: e8(priceUsd),
})

// helium-program-library, packages/helium-admin-cli/emissions/hnt.json
test.each([
  ['2023-08-02', 8_219_178_082_192n],
  ['2023-08-03', 4_098_360_655_738n],
  ['2024-07-31', 4_098_360_655_738n],
  ['2024-08-01', 4_109_589_041_096n],
  ['2025-08-01', 2_054_794_520_548n],
  ['2027-07-31', 2_054_794_520_548n],
])('default: HNT of the epoch of %s is %d bones', (iso, bones) => {
  expect(hntEmission(dayOf(iso))).toBe(bones)
})

test('behavior: from August 2027 the yearly budget halves every second August, and no day is paid before the schedule', () => {
  expect(hntEmission(dayOf('2027-08-01'))).toBe((3_750_000n * HNT) / 366n)
  expect(hntEmission(dayOf('2028-08-01'))).toBe((3_750_000n * HNT) / 365n)
  expect(hntEmission(dayOf('2029-08-01'))).toBe((1_875_000n * HNT) / 365n)
  expect(hntEmission(dayOf('2023-08-01'))).toBe(0n)
})

// helium-program-library, programs/helium-sub-daos/src/supplement.rs and its tests
test('default: the supplement mints first on 2026-08-06, 196,000 HNT a day for 360 days, 141,120,000 in all but for the steps of the taper', () => {
  expect(hntSupplement(dayOf('2026-08-05'))).toBe(0n)
  expect(hntSupplement(dayOf('2026-08-06'))).toBe(196_000n * HNT)
  let total = 0n
  let flat = 0
  let cranks = 0
  for (let day = dayOf('2026-08-01'); day < dayOf('2030-01-01'); day++) {
    const minted = hntSupplement(day)
    total += minted
    if (minted > 0n) cranks++
    if (minted === 196_000n * HNT) flat++
  }
  expect([flat, cranks]).toEqual([360, 1080])
  expect(Math.abs(Number(total / HNT) - 141_120_000)).toBeLessThan(200)
})

// programs/helium-sub-daos/src/backstop.rs, tests module
test('default: the band of HIP-149 in the program’s own examples', () => {
  const inside = backstop(input(1, NET_EMISSIONS_CAP), HIP149)
  expect(inside.topUp).toBe(0n)
  expect(inside.overflow).toBe(0n)
  const floor = backstop(input(0.1, 91_000n * HNT), HIP149)
  expect(Math.abs(Number(floor.pool) / 1e8 - 45_500)).toBeLessThan(50)
  const crash = backstop(input(0.1, 9_100n * HNT), HIP149)
  expect(crash.topUp).toBe(9_100n * HNT - NET_EMISSIONS_CAP)
  const cap = backstop(input(2.5, NET_EMISSIONS_CAP), HIP149)
  expect(Math.abs(Number(cap.pool) / 1e8 - 10_920)).toBeLessThan(5)
})

test('default: at 91,000 GB a day the floor binds below 0.328 USD and the cap above 1.969 USD (HIP-149)', () => {
  const steady = (usd: number) =>
    backstop(
      { ...input(usd, dcToBones(910_000_000n, e8(usd))), mobileShare: 3_836_735_897n, emission: 2_054_794_520_548n },
      HIP149,
    )
  expect(steady(0.327).topUp).toBeGreaterThan(0n)
  expect(steady(0.33).topUp).toBe(0n)
  expect(steady(1.96).overflow).toBe(0n)
  expect(steady(1.98).overflow).toBeGreaterThan(0n)
})

test('behavior: what is put back never exceeds what was burnt, and the float form agrees within a millionth', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.02, max: 20, noNaN: true }),
      fc.integer({ min: 0, max: 5_000_000 }),
      fc.constantFrom(HIP149, HIP150),
      (usd, burnt, band) => {
        const price = Number(e8(usd)) / 1e8
        const out = backstop(input(price, BigInt(burnt) * HNT), band)
        expect(out.reEmitted + out.topUp).toBeLessThanOrEqual(BigInt(burnt) * HNT)
        const steady = backstop(input(price, dcToBones(910_000_000n, e8(price))), band)
        const float = steadyPoolUsd(20_548, 9100, price, Number(SHARE) / 4_294_967_295, band)
        expect(Math.abs((Number(steady.pool) / 1e8) * price - float)).toBeLessThan(1e-6 * float + 1e-6)
      },
    ),
    { seed: 149, numRuns: 300 },
  )
})

test('default: HIP-150 pays 0.080 USD a gigabyte at the floor where HIP-149 pays 0.050, both 0.30 at the cap', () => {
  for (const [band, floor] of [
    [HIP149, 0.05],
    [HIP150, 0.08],
  ] as const) {
    expect(steadyPoolUsd(20_547.945, 9100, 0.15, 0.89, band) / 91_000).toBeCloseTo(floor, 6)
    expect(steadyPoolUsd(20_547.945, 9100, 50, 0.89, band) / 91_000).toBeCloseTo(0.3, 6)
  }
})

test('behavior: the concessions of HIP-150 end by themselves', () => {
  const on = (iso: string) => hip150On(dayOf(iso))
  expect(on('2027-07-31')).toEqual(HIP150)
  expect(on('2027-08-01')).toMatchObject({ floorPercent: 80n, bucketPercent: 70n, direct: true })
  expect(on('2027-08-31')).toMatchObject({ floorPercent: 50n, bucketPercent: 70n, direct: true })
})

test('default: burnt HNT is smoothed in integers, smoothed x 6 / 7 + burnt / 7', () => {
  expect(smoothBurn(300n, 0n)).toBe(257n)
  let smoothed = 300n
  for (let day = 0; day < 200; day++) smoothed = smoothBurn(smoothed, 1_000_000n)
  expect(smoothed).toBeLessThanOrEqual(1_000_000n)
  expect(smoothed).toBeGreaterThan(999_900n)
})

test('default: one data credit is a hundred-thousandth of a dollar: 100,000 of them are 4 HNT at 0.25 USD', () => {
  expect(dcToBones(100_000n, e8(0.25))).toBe(4n * HNT)
  expect(dcToBones(5n, 0n)).toBe(0n)
})
