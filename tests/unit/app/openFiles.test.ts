import { describe, expect, test } from 'vitest'
import { importNotice } from '../../../src/app/importNotice.ts'
import { tellApart } from '../../../src/app/openFiles.ts'
import { importers } from '../../../src/proofs/imports/index.ts'
import { readImport } from '../../../src/proofs/imports/readImport.ts'
import { asCityJson, asCityJsonSeq } from '../../support/cityJsonFiles.ts'
import { importSamples, toolsFor } from '../../support/importSamples.ts'
import { asOverpass, asPbf, asXml, sampleOsm } from '../../support/osmFiles.ts'

const fileOf = (content: Uint8Array | string, name = 'dropped'): File => new File([content as BlobPart], name)

describe('tellApart', () => {
  test.each(Object.keys(importSamples))(
    'default: a file of format %s is an import, whatever its name',
    async (format) => {
      const { bytes } = importSamples[format as keyof typeof importSamples]
      expect(await tellApart([fileOf(bytes, 'city.geojson')])).toEqual({ kind: 'import', bytes })
    },
  )
  test('behavior: what was something before still is', async () => {
    expect((await tellApart([fileOf('VBN1 …')])).kind).toBe('bundle')
    expect((await tellApart([fileOf('{"format":"veracity-evidence"}')])).kind).toBe('evidence')
    expect((await tellApart([fileOf('{"type":"FeatureCollection","features":[]}')])).kind).toBe('city')
    expect((await tellApart([fileOf('hello')])).kind).toBe('city')
    const { bytes } = importSamples.frames
    expect((await tellApart([fileOf(bytes), fileOf(bytes)])).kind).toBe('city')
  })
  test.each([
    ['OpenStreetMap XML', asXml(sampleOsm())],
    ['OpenStreetMap PBF', asPbf(sampleOsm())],
    ['Overpass JSON', asOverpass(sampleOsm())],
    ['CityJSON', asCityJson()],
    ['CityJSONSeq', asCityJsonSeq()],
  ])('default: %s is a city', async (_, { bytes, name }) => {
    expect((await tellApart([fileOf(bytes, name)])).kind).toBe('city')
  })
  test('error: FILE_UNREADABLE for nothing', async () => {
    await expect(tellApart([])).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    await expect(tellApart([fileOf('')])).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  })
})

describe('importNotice', () => {
  test.each(importers)('behavior: says of $id the verdict, and what it is worth at most', async ({ id, weakness }) => {
    const { bytes, signer } = importSamples[id]
    const good = importNotice(await readImport(bytes, toolsFor(signer)))
    expect(good.tone).toBe('info')
    expect(good.text).toContain('one message: Signed')
    const unknown = importNotice(await readImport(bytes, toolsFor()))
    expect(unknown.tone).toBe('warning')
    expect(unknown.text).toContain('Unknown device')
    for (const { text } of [good, unknown]) expect(text.endsWith(`Imported: ${weakness}`)).toBe(true)
  })
})

describe('a checkpoint of IoTeX', () => {
  const file = {
    format: 'veracity-iotex-checkpoint',
    version: 1,
    chainId: 4689,
    epoch: 61_000,
    fromHeight: 100,
    toHeight: 1_539,
    delegates: Array.from({ length: 24 }, (_, i) => `0x${(i + 1).toString(16).padStart(40, '0')}`),
    takenAt: '2026-01-02T03:04:05Z',
  }
  test('default: is read whole, whatever the file is called', async () => {
    const opened = await tellApart([fileOf(JSON.stringify(file), 'city.json')])
    expect(opened).toMatchObject({ kind: 'checkpoint', checkpoint: { epoch: 61_000, takenAtMs: 1_767_323_045_000 } })
  })
  test.each([
    ['a delegate too few', { delegates: file.delegates.slice(1) }],
    ['a delegate named twice', { delegates: [...file.delegates.slice(1), file.delegates[5]] }],
    ['another chain', { chainId: 1 }],
    ['an epoch that ends before it begins', { toHeight: 99 }],
    ['no date', { takenAt: undefined }],
  ])('error: FORMAT_BROKEN for %s', async (_, change) => {
    const text = JSON.stringify({ ...file, ...change })
    await expect(tellApart([fileOf(text)])).rejects.toMatchObject({ code: 'FORMAT_BROKEN' })
  })
  test('error: FORMAT_BROKEN for a file that was cut', async () => {
    await expect(tellApart([fileOf(JSON.stringify(file).slice(0, 200))])).rejects.toMatchObject({
      code: 'FORMAT_BROKEN',
    })
  })
})
