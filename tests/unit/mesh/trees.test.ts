import { describe, expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import { readCity } from '../../../src/formats/readCity.ts'
import { areaKindAt, buildingAt, createPickIndex } from '../../../src/mesh/pick.ts'
import { runTrees } from '../../../src/mesh/trees.ts'
import { readAstana } from '../../support/cityFiles.ts'
import { boxRing, building, collection, feature, near } from '../../support/featureCollection.ts'

describe('runTrees on Astana', () => {
  const { city } = readAstana()
  const index = createPickIndex(city)
  const trees = finish(runTrees(city, index, { maxTrees: 5000 }))

  test('default: mapped rows first, then woods and parks up to the number asked for', () => {
    expect(trees.count).toBe(5000)
    const mapped = trees.isMapped.reduce((a, b) => a + b, 0)
    expect(mapped).toBeGreaterThan(400)
    expect([...trees.isMapped]).toEqual([...trees.isMapped].sort((a, b) => b - a))
  })
  test('behavior: none in a building, none on a road, decoration only in woods and parks', () => {
    const { lines, widthM, count } = city.roads
    for (let i = 0; i < trees.count; i += 53) {
      const x = trees.position[2 * i]!
      const y = -trees.position[2 * i + 1]!
      expect(buildingAt(index, city, x, y)).toBe(-1)
      if (!trees.isMapped[i]) expect(['wood', 'park']).toContain(areaKindAt(index, city, x, y))
      for (let r = 0; r < count; r++) {
        for (let v = lines.start[r]! + 1; v < lines.start[r + 1]!; v++) {
          const ax = lines.xM[v - 1]!
          const ay = lines.yM[v - 1]!
          if (Math.abs(ax - x) > 400 || Math.abs(ay - y) > 400) continue
          const dx = lines.xM[v]! - ax
          const dy = lines.yM[v]! - ay
          const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)))
          if (Math.hypot(x - ax - t * dx, y - ay - t * dy) < widthM[r]! / 2)
            expect.fail(`tree ${i} stands on road ${r}`)
        }
      }
    }
  })
  test('behavior: the same seed gives the same trees, another seed others', () => {
    const again = finish(runTrees(city, index, { maxTrees: 5000 }))
    expect(Buffer.compare(Buffer.from(again.position.buffer), Buffer.from(trees.position.buffer))).toBe(0)
    const other = finish(runTrees(city, index, { maxTrees: 5000, seed: 'other' }))
    expect(Buffer.compare(Buffer.from(other.position.buffer), Buffer.from(trees.position.buffer))).not.toBe(0)
  })
})

test('default: a tree, a row of trees 8 m apart, and one in a house that is not drawn', () => {
  const { city } = finish(
    readCity(
      [
        collection(
          building('way/1', {}, boxRing(100, 100, 20, 20)),
          feature('node/1', { natural: 'tree', leaf_type: 'needleleaved' }, { type: 'Point', coordinates: near(0, 0) }),
          feature('node/2', { natural: 'tree' }, { type: 'Point', coordinates: near(110, 110) }),
          feature('way/3', { natural: 'tree_row' }, { type: 'LineString', coordinates: [near(0, 50), near(40.1, 50)] }),
        ),
      ],
      { meta: { originLatDeg: 51.128, originLonDeg: 71.43 } },
    ),
  )
  const trees = finish(runTrees(city, createPickIndex(city)))
  expect(trees.count).toBe(6)
  expect([...trees.isNeedle]).toEqual([1, 0, 0, 0, 0, 0])
  const xs = [...trees.position].filter((_, i) => i % 2 === 0).slice(1)
  for (const [i, x] of xs.entries()) expect(x).toBeCloseTo(4 + 8 * i, 0)
})
