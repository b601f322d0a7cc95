import { TwinError } from '../../base/errors.ts'
import { SHOWN_VERDICTS, type Verdict } from '../../model/trust.ts'
import type { TrustClass } from '../../model/trustClass.ts'
import type { ImportedMessage, Importer, ImportTools } from './importer.ts'
import { importers } from './index.ts'

/** A file of another system, judged message by message. */
export interface ImportReport {
  readonly format: Importer['id']
  readonly title: string
  readonly trust: TrustClass // what any signer of such a file is worth at most
  readonly weakness: string
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>
  readonly rejected: number
  readonly messages: readonly ImportedMessage[]
}

/** The importer whose format the bytes claim to have; null when there is none. */
export const importerOf = (bytes: Uint8Array): Importer | null => importers.find(({ sniff }) => sniff(bytes)) ?? null

/** Judges a file that an importer recognises. Throws FORMAT_UNKNOWN when none does. */
export async function readImport(bytes: Uint8Array, tools: ImportTools): Promise<ImportReport> {
  const importer = importerOf(bytes)
  if (!importer)
    throw new TwinError('FORMAT_UNKNOWN', 'The file is in none of the signed formats that can be imported.')
  const messages = await importer.read(bytes, tools)
  const verdicts: Partial<Record<Verdict, number>> = {}
  for (const { verdict } of messages) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1
  return {
    format: importer.id,
    title: importer.title,
    trust: 'imported',
    weakness: importer.weakness,
    verdicts,
    rejected: messages.filter(({ verdict }) => !SHOWN_VERDICTS.includes(verdict)).length,
    messages,
  }
}
