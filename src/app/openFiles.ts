import type { OpenedFile } from '../../workers/verify.client.ts'
import { TwinError } from '../base/errors.ts'
import { readWhereabouts } from '../chain/whereabouts/snapshotFile.ts'
import type { Scenario } from '../model/scenario.ts'
import { readScenarioFile } from '../model/scenarioFile.ts'
import type { Whereabouts } from '../model/whereabouts.ts'
import { MAX_IMPORT_BYTES } from '../proofs/imports/importText.ts'
import { importerOf } from '../proofs/imports/readImport.ts'
import { type IotexCheckpoint, readCheckpoint } from '../proofs/iotex/checkpoint.ts'
import type { OpenedEvidence } from '../stores/evidence.ts'

/** What a dropped file turned out to be. */
export type OpenedAs =
  | { readonly kind: 'scenario'; readonly scenario: Scenario }
  | { readonly kind: 'bundle'; readonly file: File }
  | { readonly kind: 'evidence'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: 'checkpoint'; readonly checkpoint: IotexCheckpoint }
  | { readonly kind: 'whereabouts'; readonly whereabouts: Whereabouts }
  | { readonly kind: 'import'; readonly bytes: Uint8Array }
  | { readonly kind: 'city'; readonly files: readonly File[] }

const BUNDLE_MAGIC = 'VBN1'
const SMALL_BYTES = 16_000_000

/** Tells a file apart by what is in it, not by its name. Several files at once can only be tiles of a city. */
export async function tellApart(files: readonly File[]): Promise<OpenedAs> {
  const [file] = files
  if (!file) throw new TwinError('FILE_UNREADABLE', 'No file was given.')
  if (files.length > 1) return { kind: 'city', files }
  if (file.size === 0) throw new TwinError('FILE_UNREADABLE', `"${file.name}" is empty.`)
  const head = new TextDecoder('latin1').decode(await file.slice(0, 64).arrayBuffer())
  if (head.startsWith(BUNDLE_MAGIC)) return { kind: 'bundle', file }
  if (/^\s*\{/.test(head) && file.size < SMALL_BYTES) {
    const text = await file.text()
    if (/"format"\s*:\s*"veracity-scenario"/.test(text))
      return { kind: 'scenario', scenario: readScenarioFile(text).scenario }
    if (/"format"\s*:\s*"veracity-(evidence|notice)"/.test(text))
      return { kind: 'evidence', name: file.name, bytes: new TextEncoder().encode(text) }
    if (/"format"\s*:\s*"veracity-iotex-checkpoint"/.test(text))
      return { kind: 'checkpoint', checkpoint: readCheckpoint(json(file.name, text)) }
    if (/"format"\s*:\s*"veracity-whereabouts"/.test(text))
      return { kind: 'whereabouts', whereabouts: readWhereabouts(json(file.name, text)) }
  }
  if (file.size <= MAX_IMPORT_BYTES) {
    const bytes = new Uint8Array(await file.arrayBuffer())
    if (importerOf(bytes)) return { kind: 'import', bytes }
  }
  return { kind: 'city', files }
}

function json(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new TwinError('FORMAT_BROKEN', `"${name}" is not JSON, or was cut.`)
  }
}

/** Evidence as the page shows it. A message of a device that the file does not register has none. */
export function shownEvidence(name: string, file: OpenedFile): OpenedEvidence {
  const [explanation] = file.explanations
  if (!explanation || !file.stated) throw new TwinError('BUNDLE_BROKEN', `"${name}" holds no message to explain.`)
  const { stated, contradictions, witnessed, report } = file
  const device = report.devices.find(({ address }) => address === explanation.frame.claimedDevice) ?? null
  return { name, explanation, stated, contradictions, witnessed, device }
}
