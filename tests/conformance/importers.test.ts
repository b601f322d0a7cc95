import { describe, expect, test } from 'vitest'
import { VERDICTS } from '../../src/model/trust.ts'
import type { Importer } from '../../src/proofs/imports/importer.ts'
import { importers } from '../../src/proofs/imports/index.ts'
import { importerOf, readImport } from '../../src/proofs/imports/readImport.ts'
import { importSamples, toolsFor } from '../support/importSamples.ts'

const modules = import.meta.glob<Record<string, unknown>>('/src/proofs/imports/*.ts', { eager: true })
const stranger = `0x${'99'.repeat(20)}`

/** Values of a module that look like an importer. */
const importersIn = (module: Record<string, unknown>): unknown[] =>
  Object.values(module).filter((value) => typeof value === 'object' && value !== null && 'sniff' in value)

describe('importers', () => {
  test('behavior: the list names every importer in the folder, and each has a sample', () => {
    const found = Object.entries(modules).flatMap(([file, module]) =>
      file.endsWith('/index.ts') ? [] : importersIn(module),
    )
    expect(new Set(found)).toEqual(new Set(importers))
    expect(Object.keys(importSamples).sort()).toEqual(importers.map(({ id }) => id).sort())
  })
  test('error: FORMAT_UNKNOWN for what none of them claims', async () => {
    for (const text of [
      '',
      'hello',
      '{}',
      '[]',
      'null',
      '{"format":"veracity-evidence"}',
      '{"type":"FeatureCollection"}',
    ]) {
      const bytes = new TextEncoder().encode(text)
      expect(importerOf(bytes)).toBeNull()
      await expect(readImport(bytes, toolsFor())).rejects.toMatchObject({ code: 'FORMAT_UNKNOWN' })
    }
    expect(importerOf(new Uint8Array(2_000_000).fill(0x61))).toBeNull()
  })
})

describe.each(importers.map((importer) => [importer.id, importer] as [Importer['id'], Importer]))(
  '%s',
  (id, importer) => {
    const { bytes, signer, unsigned } = importSamples[id]

    test('behavior: says in a sentence what its signature leaves open', () => {
      expect(importer.title).not.toBe('')
      expect(importer.weakness).toMatch(/^[A-Z].*\.$/)
    })
    test('behavior: recognises its own sample and no other’s', () => {
      for (const [other, sample] of Object.entries(importSamples)) {
        expect(importer.sniff(sample.bytes)).toBe(other === id)
        expect(importerOf(sample.bytes)?.id).toBe(other)
      }
      expect(importer.sniff(new Uint8Array(0))).toBe(false)
    })
    test('default: a message of a signer that was named is OK, and no more than signed', async () => {
      const report = await readImport(bytes, toolsFor(signer))
      expect(report).toMatchObject({ format: id, trust: 'imported', verdicts: { OK: 1 }, rejected: 0 })
      expect(report.messages.map(({ level }) => level)).toEqual([2])
      for (const { checks } of report.messages) {
        expect(checks.every(({ detail, title }) => /[.?!]$/.test(detail) && title.endsWith('?'))).toBe(true)
        expect(checks.some(({ result }) => result === 'failed')).toBe(false)
      }
    })
    test('behavior: the same message of nobody in particular stays a claim', async () => {
      const report = await readImport(bytes, toolsFor())
      expect(report).toMatchObject({ verdicts: { UNKNOWN_DEVICE: 1 }, rejected: 1 })
      expect(report.messages[0]!.level).toBe(1)
    })
    test('error: of somebody else it is never OK', async () => {
      const [message] = await importer.read(bytes, toolsFor(stranger))
      expect(['UNKNOWN_DEVICE', 'BAD_SIGNATURE']).toContain(message!.verdict)
      expect(message!.level).toBe(1)
    })
    test('error: cut anywhere it is not OK', async () => {
      const steps = Math.max(1, Math.floor(bytes.length / 120))
      for (let length = 0; length < bytes.length; length += steps) {
        const cut = bytes.slice(0, length)
        // the line break after a text is not part of it
        if (new TextDecoder('latin1').decode(bytes.slice(length)).trim() === '') continue
        for (const { verdict } of await importer.read(cut, toolsFor(signer)))
          expect([length, verdict]).not.toEqual([length, 'OK'])
      }
    })
    test('error: every single bit flipped: none of them is OK, but for the case of a hexadecimal digit', async () => {
      const text = new TextDecoder('latin1').decode(bytes)
      const free = new Set<number>()
      if (unsigned)
        for (const { index, 0: found } of text.matchAll(unsigned))
          for (let i = 0; i < found.length; i++) free.add(index + i)
      const accepted: string[] = []
      for (let at = 0; at < bytes.length; at++) {
        if (free.has(at)) continue
        for (let bit = 0; bit < 8; bit++) {
          const altered = bytes.slice()
          altered[at]! ^= 1 << bit
          const onlyCase = bit === 5 && /[a-fA-FxX]/.test(text[at]!)
          const messages = await importer.read(altered, toolsFor(signer))
          for (const { verdict, level } of messages) {
            expect(VERDICTS).toContain(verdict)
            expect(level).toBeLessThanOrEqual(2)
            if (verdict === 'OK' && !onlyCase && !isSpace(text[at]!, altered[at]!))
              accepted.push(`byte ${at} bit ${bit}`)
          }
        }
      }
      expect(accepted).toEqual([])
    }, 120_000)
  },
)

/** Between two tokens one kind of white space is as good as another. */
const isSpace = (was: string, is: number): boolean => /\s/.test(was) && [9, 10, 13, 32].includes(is)
