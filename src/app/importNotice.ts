import { VERDICT_WORDS } from '../model/trust.ts'
import { TRUST_WORDS } from '../model/trustClass.ts'
import type { ImportReport } from '../proofs/imports/readImport.ts'
import type { Notice } from '../stores/view.ts'

/** What the page says of signed data of another system: the verdict first, then what it cannot be worth. */
export function importNotice(report: ImportReport): Omit<Notice, 'id'> {
  const { title, messages, rejected, trust, weakness } = report
  const first = messages.find(({ verdict }) => verdict !== 'OK') ?? messages[0]
  const said = first?.checks.find(({ result }) => result === 'failed' || result === 'pending')?.detail
  // "proven" would say more than a signature without sequence, anchor or registration is worth
  const verdict = !first ? 'No message' : first.verdict === 'OK' ? 'Signed' : VERDICT_WORDS[first.verdict].title
  const signer = first?.signer && rejected === 0 ? ` by ${first.signer}` : ''
  return {
    tone: rejected > 0 ? 'warning' : 'info',
    text: `${title}, ${messages.length === 1 ? 'one message' : `${messages.length} messages`}: ${verdict}${signer}.${said ? ` ${said}` : ''} ${TRUST_WORDS[trust].title}: ${weakness}`,
  }
}
