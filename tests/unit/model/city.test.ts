import { expect, test } from 'vitest'
import { finish } from '../../../src/base/steps.ts'
import { readCity } from '../../../src/formats/readCity.ts'
import { heightWords, isOpenStreetMap, snapshotWords } from '../../../src/model/city.ts'
import { asCityJson } from '../../support/cityJsonFiles.ts'
import { asXml, sampleOsm } from '../../support/osmFiles.ts'

test('behavior: only data of OpenStreetMap are called so, and only a date that is known is told', () => {
  const osm = finish(readCity([asXml(sampleOsm())])).city.meta
  const other = finish(readCity([asCityJson()])).city.meta
  expect([isOpenStreetMap(osm), isOpenStreetMap(other)]).toEqual([true, false])
  expect(snapshotWords(osm)).toBe('A snapshot of OpenStreetMap, 2020')
  expect(snapshotWords({ ...osm, dataDate: '' })).toBe('A snapshot of OpenStreetMap')
  expect(snapshotWords(other)).toBe('From made.city.json, 2024')
  expect(heightWords('tagged', osm)).toBe('height tag in OpenStreetMap')
  expect(heightWords('tagged', other)).toBe('what made.city.json states')
  expect(heightWords('levels', other)).toBe('mapped levels × storey height')
})
