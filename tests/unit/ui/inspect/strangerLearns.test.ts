import { describe, expect, test } from 'vitest'
import { DEVICE_KIND_INFO, DEVICE_KINDS } from '../../../../src/model/device.ts'
import type { DeviceRow } from '../../../../src/model/trust.ts'
import { strangerLearns } from '../../../../src/ui/inspect/strangerLearns.ts'

const device = (change: Partial<DeviceRow> = {}): DeviceRow => ({
  address: `0x${'11'.repeat(20)}`,
  kind: 'smart-meter',
  title: 'Meter',
  curve: 'p256',
  origin: 'simulated',
  latDeg: 51,
  lonDeg: 71,
  heightM: 1,
  buildingOsmId: null,
  registeredBlock: 1,
  revokedBlock: null,
  documentProven: true,
  trust: 'project-registered',
  ...change,
})

describe('strangerLearns', () => {
  test.each(DEVICE_KINDS)('default: chain, place, messages and what they tell, for a %s', (kind) => {
    const lines = strangerLearns(device({ kind }))
    expect(lines).toHaveLength(4)
    expect(lines[0]).toMatch(/No value\.$/)
    expect(lines.at(-1)).toBe(DEVICE_KIND_INFO[kind].privacy)
  })
  test.each([
    [{}, /every reading, as soon as it is anchored/],
    [{ privacy: { publish: 'delayed', delayS: 172_800 } }, /only 2 days after it is anchored/],
    [{ privacy: { publish: 'delayed', delayS: 21_600 } }, /only 6 h after/],
    [{ privacy: { publish: 'delayed', delayS: 90 } }, /only 90 s after/],
    [{ privacy: { publish: 'aggregated', everyS: 900 } }, /means over 15 min.*nothing finer/],
  ] as const)('behavior: the owner’s wish is said: %o', (change, sentence) => {
    expect(strangerLearns(device(change))[2]).toMatch(sentence)
  })
  test('behavior: a building is named when the document names it, and no place when nothing proves it', () => {
    expect(strangerLearns(device({ buildingOsmId: 'way/7' }))[1]).toMatch(/way\/7/)
    expect(strangerLearns(device())[1]).not.toMatch(/building/)
    expect(strangerLearns(device({ documentProven: false, buildingOsmId: 'way/7' }))[1]).toMatch(/not proven/)
  })
})
