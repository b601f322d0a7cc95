import { describe, expect, test } from 'vitest'
import { gridFormatOf, gridFormats } from '../../src/formats/grids/index.ts'
import { A_DSS_SCRIPT } from '../support/dssScript.ts'
import { aPandapowerNet } from '../support/pandapowerNet.ts'
import { aPgmInput, jsonBytes } from '../support/pgmInput.ts'

const text = (value: string) => new TextEncoder().encode(value)

/** A smallest file of each format. */
const samples: Record<string, Uint8Array> = {
  'pgm-json': jsonBytes(aPgmInput()),
  pandapower: jsonBytes(aPandapowerNet()),
  opendss: text(A_DSS_SCRIPT),
  matpower: text(`function mpc = two
mpc.baseMVA = 1;
mpc.bus = [1 3 0 0 0 0 1 1 0 10 1 1 1; 2 1 0.1 0.02 0 0 1 1 0 10 1 1.1 0.9];
mpc.gen = [1 0 0 1 -1 1 1 1 1 0];
mpc.branch = [1 2 0.01 0.01 0 0 0 0 0 0 1];
`),
}

const folders = Object.keys(import.meta.glob('/src/formats/grids/*/index.ts')).map((path) => path.split('/').at(-2))

test('the list has every folder, and every entry has a sample', () => {
  expect(gridFormats).toHaveLength(folders.length)
  expect(gridFormats.map(({ id }) => id).sort()).toEqual(Object.keys(samples).sort())
})

describe.each(gridFormats)('$id', (format) => {
  test('sniffs its own sample and no other', () => {
    for (const [id, bytes] of Object.entries(samples)) expect(format.sniff(bytes)).toBe(id === format.id)
    expect(gridFormatOf(samples[format.id]!)).toBe(format)
  })
  test('never throws while sniffing, whatever it is given', () => {
    for (const junk of [new Uint8Array(), new Uint8Array(100).fill(255), text('{'), text('function')]) {
      expect(() => format.sniff(junk)).not.toThrow()
    }
  })
  test('reads its sample into a case whose references all stand', () => {
    const { cases, phaseCases = [], findings } = format.read(samples[format.id]!)
    expect(findings).toEqual([])
    expect(cases.length + phaseCases.length).toBe(1)
    for (const { buses, lines, transformers, loads, sources } of phaseCases) {
      expect(sources).toHaveLength(1)
      const named = [
        ...lines.flatMap(({ from, to }) => [from, to]),
        ...transformers.flatMap(({ windings }) => windings),
        ...loads,
      ]
      for (const { bus } of named) expect(buses[bus]).toBeDefined()
    }
    for (const { nodes, lines, pis, loads, sources } of cases) {
      expect(nodes.length).toBeGreaterThan(1)
      expect(sources).toHaveLength(1)
      for (const { from, to } of [...lines, ...pis]) for (const node of [from, to]) expect(nodes[node]).toBeDefined()
      for (const { node } of loads) expect(nodes[node]).toBeDefined()
    }
  })
  test('error: FORMAT_UNKNOWN names what it could have been', () => {
    expect(() => gridFormatOf(text('hello'))).toThrow(
      expect.objectContaining({ code: 'FORMAT_UNKNOWN', message: expect.stringContaining(format.title) }),
    )
  })
})
