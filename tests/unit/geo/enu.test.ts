import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEnu } from '../../../src/geo/enu.ts'
import { latDegToTile, lonDegToTile, tileToLatDeg, tileToLonDeg } from '../../../src/geo/tiles.ts'

const out = new Float64Array(2)

describe('createEnu', () => {
  const astana = createEnu(51.128, 71.43)

  test('default: the origin is zero, and a degree has its length on the ellipsoid', () => {
    astana.toLocal(51.128, 71.43, out)
    expect([...out]).toEqual([0, 0])
    // meridian and parallel radius at the equator and the pole, closed form of the ellipsoid
    const equator = createEnu(0, 0)
    equator.toLocal(1e-4, 0, out)
    expect(out[1]! / (1e-4 * (Math.PI / 180))).toBeCloseTo(6335439.327, 0)
    equator.toLocal(0, 1e-4, out)
    expect(out[0]! / (1e-4 * (Math.PI / 180))).toBeCloseTo(6378137, 0)
  })

  test('behavior: there and back to a micrometre within 60 km', () => {
    const offset = fc.double({ min: -60_000, max: 60_000, noNaN: true })
    fc.assert(
      fc.property(offset, offset, (x, y) => {
        astana.toGeo(x, y, out)
        astana.toLocal(out[0]!, out[1]!, out)
        expect(Math.abs(out[0]! - x)).toBeLessThan(1e-6)
        expect(Math.abs(out[1]! - y)).toBeLessThan(1e-6)
      }),
      { seed: 5 },
    )
  })

  test('behavior: areas 12 km out are true to 1e-5 (a 100 m square by geodesic radii)', () => {
    const lat = 51.128 + 0.1
    const rad = (lat * Math.PI) / 180
    const w = 1 - 6.69437999014e-3 * Math.sin(rad) ** 2
    const meridianM = (6378137 * (1 - 6.69437999014e-3)) / w ** 1.5
    const parallelM = (6378137 / Math.sqrt(w)) * Math.cos(rad)
    const dLat = 100 / meridianM / (Math.PI / 180)
    const dLon = 100 / parallelM / (Math.PI / 180)
    const corner = (a: number, b: number) => {
      astana.toLocal(lat + (a - 0.5) * dLat, 71.43 + 0.08 + (b - 0.5) * dLon, out)
      return [out[0]!, out[1]!] as const
    }
    const ring = [corner(0, 0), corner(0, 1), corner(1, 1), corner(1, 0)]
    let twice = 0
    for (const [i, [x, y]] of ring.entries()) {
      const [nx, ny] = ring[(i + 1) % 4]!
      twice += x * ny - nx * y
    }
    expect(Math.abs(twice / 2 / 10_000 - 1)).toBeLessThan(1e-5)
  })
})

describe('tiles', () => {
  test('default: Astana’s tile as published, and back', () => {
    expect(Math.floor(lonDegToTile(71.43, 12))).toBe(2860)
    expect(Math.floor(latDegToTile(51.128, 12))).toBe(1368)
    fc.assert(
      fc.property(
        fc.double({ min: -85, max: 85, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        (lat, lon) => {
          expect(tileToLatDeg(latDegToTile(lat, 14), 14)).toBeCloseTo(lat, 9)
          expect(tileToLonDeg(lonDegToTile(lon, 14), 14)).toBeCloseTo(lon, 9)
        },
      ),
    )
  })
})
