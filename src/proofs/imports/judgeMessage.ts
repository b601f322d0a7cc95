import type { Check, CheckResult, Verdict } from '../../model/trust.ts'
import type { ImportedMessage } from './importer.ts'
import type { SignatureFinding } from './signatureFinding.ts'

/** What an importer found out about one message; the verdict follows from it. */
export interface MessageFacts extends Pick<ImportedMessage, 'claimed' | 'timeMs' | 'readings'> {
  readonly signature: SignatureFinding
  readonly implausible: string | null
  readonly simulated?: boolean
  /** What else is worth a line: passed, warned or skipped, never failed. */
  readonly remarks?: readonly Check[]
}

const check = (id: string, title: string, result: CheckResult, detail: string): Check => ({ id, title, result, detail })

/** A remark of an importer on one of its messages. */
export const remark = (id: string, title: string, result: 'passed' | 'warned' | 'skipped', detail: string): Check =>
  check(id, title, result, detail)

/** A message that cannot be read, and why. */
export const malformed = (fault: string): ImportedMessage => ({
  verdict: 'MALFORMED',
  level: 0,
  signer: null,
  claimed: null,
  timeMs: null,
  simulated: false,
  checks: [check('decode', 'Is it a message at all?', 'failed', fault)],
  readings: [],
})

/**
 * The one verdict of an imported message: the first check that fails.
 * Only a valid signature of somebody the reader trusts makes it signed; all else stays a claim.
 */
export function judgeMessage(facts: MessageFacts): ImportedMessage {
  const { signature, implausible, claimed, timeMs, readings, simulated = false, remarks = [] } = facts
  const { state, signer, known, detail } = signature
  const signed = state === 'valid' && known
  return {
    verdict: verdictOf(facts),
    level: signed ? 2 : 1,
    signer,
    claimed,
    timeMs,
    simulated,
    checks: [
      check('decode', 'Is it a message at all?', 'passed', 'Every byte follows the format.'),
      check('signature', 'Who signed these bytes?', SIGNATURE_RESULTS[state], detail),
      check(
        'directory',
        'Is the signer known?',
        state !== 'valid' ? 'skipped' : known ? 'passed' : 'failed',
        state !== 'valid'
          ? 'There is no valid signature whose owner could be known.'
          : known
            ? 'It is one of the signers named as trusted.'
            : 'Nobody named this signer as trusted, and anybody can make a key.',
      ),
      ...(readings.length > 0 || implausible
        ? [
            check(
              'plausibility',
              'Does physics allow it?',
              implausible ? 'failed' : 'passed',
              implausible ?? 'No value is beyond what its sensor can measure, as far as ranges are known.',
            ),
          ]
        : []),
      ...remarks,
    ],
    readings,
  }
}

const SIGNATURE_RESULTS: Readonly<Record<SignatureFinding['state'], CheckResult>> = {
  valid: 'passed',
  invalid: 'failed',
  'no-key': 'skipped',
  unavailable: 'pending',
}

function verdictOf({ signature: { state, known }, implausible }: MessageFacts): Verdict {
  if (state === 'unavailable') return 'UNREACHABLE'
  if (state === 'invalid') return 'BAD_SIGNATURE'
  if (state === 'no-key' || !known) return 'UNKNOWN_DEVICE'
  return implausible ? 'IMPLAUSIBLE' : 'OK'
}
