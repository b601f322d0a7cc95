import { toHex } from '../base/hex.ts'
import type { Check, CheckResult, FrameExplanation } from '../model/trust.ts'
import type { ProofCrypto } from './crypto.ts'
import { decodeFrame, decodeReadings } from './decodeFrame.ts'
import { isRegisteredAt, isRevokedAt } from './directory.ts'
import { createFrameView, type FrameDomain, MAX_READINGS } from './frame.ts'
import { CLOCK_AHEAD_MS, CLOCK_BEHIND_MS, clockOffsetMs, type FrameRecord, isClockOff } from './frameRecord.ts'
import { frameRow } from './frameRow.ts'
import { isPinned } from './header/headerProof.ts'

interface Ground {
  readonly record: FrameRecord
  readonly domain: FrameDomain
}
type Finding = Omit<Check, 'id' | 'title'>

const answer = (result: CheckResult, detail: string, got?: string, expected?: string): Finding => ({
  result,
  detail,
  ...(got === undefined ? {} : { got }),
  ...(expected === undefined ? {} : { expected }),
})
const skipped = (why: string): Finding => answer('skipped', why)
const seconds = (ms: number): string => `${(ms / 1000).toFixed(0)} s`

/** The checks in the order in which they decide. Each looks at the same facts as the verdict does. */
const CHECKS: readonly { id: string; title: string; look(ground: Ground): Finding }[] = [
  {
    id: 'decode',
    title: 'Is it a message at all?',
    look: ({ record: { fault, bytes, count } }) =>
      fault === null
        ? answer('passed', `${bytes.length} bytes follow the frame format and hold ${count} readings.`)
        : answer('failed', fault),
  },
  {
    id: 'domain',
    title: 'Was it meant for here?',
    look: ({ record, domain }) => {
      if (record.fault !== null) return skipped('The bytes are no message.')
      const view = createFrameView()
      decodeFrame(record.bytes, view)
      const got = `chain ${view.chainId}, registry ${toHex(view.registry)}`
      const expected = `chain ${domain.chainId}, registry ${toHex(domain.registry)}`
      return record.inDomain
        ? answer('passed', 'Chain and registry are the ones this page trusts.', got, expected)
        : answer('failed', 'It was signed for another chain or registry.', got, expected)
    },
  },
  {
    id: 'directory',
    title: 'Is the device registered?',
    look: ({ record: { fault, device, batch, claimedDevice } }) => {
      if (fault !== null) return skipped('The bytes name no device.')
      const address = toHex(claimedDevice)
      if (!device) return answer('failed', 'The directory knows no device of this address.', address)
      return isRegisteredAt(device, batch.anchor)
        ? answer('passed', `Registered in block ${device.registration?.blockNumber}.`, address)
        : answer('failed', 'It was not registered, or its record not yet valid, when the batch was anchored.', address)
    },
  },
  {
    id: 'signature',
    title: 'Did this device sign these bytes?',
    look: ({ record: { signature, curve } }) => {
      const name = curve === 'p256' ? 'P-256' : 'secp256k1'
      if (signature === 'valid') return answer('passed', `The ${name} signature covers every byte of the message.`)
      if (signature === 'invalid')
        return answer('failed', `The ${name} signature does not belong to these bytes and this device’s key.`)
      if (signature === 'unavailable') {
        return answer(
          'pending',
          'This browser withholds WebCrypto from pages without https, so P-256 cannot be checked.',
        )
      }
      return skipped('There is no key to check it with.')
    },
  },
  {
    id: 'inclusion',
    title: 'Is it in the batch?',
    look: ({ record: { inclusionFault, batch, place } }) =>
      batch.anchorState === 'awaited'
        ? answer('pending', 'It came ahead of its batch, over the live channel.')
        : inclusionFault === null
          ? answer(
              'passed',
              `Message ${place.index + 1} of ${batch.anchor.count} under the batch’s root.`,
              undefined,
              batch.anchor.batchRoot,
            )
          : answer('failed', inclusionFault, undefined, batch.anchor.batchRoot),
  },
  {
    id: 'anchor',
    title: 'Is the batch on the chain?',
    look: ({ record: { batch } }) => {
      const { anchor, witnessesAgreed, witnessesAsked, witnessNote } = batch
      const note = witnessNote ? ` ${witnessNote}` : ''
      const where = `block ${anchor.blockNumber}, transaction ${anchor.txHash}`
      const contradicted = isPinned(batch.headerProof) ? 'warned' : 'failed'
      switch (batch.anchorState) {
        case 'confirmed':
          return answer(
            'passed',
            `${witnessesAgreed} of ${witnessesAsked} endpoints confirm it in block ${anchor.blockNumber}.${note}`,
            where,
          )
        case 'awaited':
          return answer('pending', 'Its batch is not anchored yet.')
        case 'claimed':
          return witnessesAsked === 0
            ? answer('warned', 'Only the sender says so; no chain endpoint was asked.', where)
            : answer(
                'pending',
                `Only ${witnessesAgreed} of ${witnessesAsked} endpoints confirm it so far.${note}`,
                where,
              )
        case 'absent':
          return answer(contradicted, 'The chain does not know this anchor.', where)
        case 'split':
          return answer(
            contradicted,
            `Only ${witnessesAgreed} of ${witnessesAsked} endpoints know this anchor; they contradict each other.${note}`,
            where,
          )
        case 'withdrawn':
          return answer('failed', `The chain replaced block ${anchor.blockNumber}.`, where)
      }
    },
  },
  {
    id: 'header',
    title: 'Does it lead to a block header?',
    look: ({ record: { batch } }) => {
      const { headerProof: proof, anchor } = batch
      if (!proof) return skipped('No proof of its storage slot was given or asked for.')
      if (proof.state === 'failed') return answer('failed', proof.sentence, undefined, anchor.blockHash)
      if (proof.state === 'open') return skipped(proof.sentence)
      if (proof.by === 'delegates') {
        return answer(
          'passed',
          `Its event stands in a receipt under the receipt root of block ${proof.block}, which more than two thirds of the ` +
            'delegates of the pinned checkpoint made final. That is as good as the checkpoint.',
          `event ${proof.fieldsHash}`,
          `block ${proof.blockHash}`,
        )
      }
      const who = proof.by === 'pin' ? 'the viewer pinned' : 'the endpoints asked agree on'
      return answer(
        'passed',
        `The contract’s slot of batch ${anchor.seq} holds the hash of all its fields, proven by Merkle-Patricia nodes up ` +
          `to the state root of block ${proof.block}, whose header hashes to what ${who}.`,
        `slot ${proof.fieldsHash}`,
        `block ${proof.blockHash}`,
      )
    },
  },
  {
    id: 'log',
    title: 'Does the gateway’s log only grow?',
    look: ({ record: { batch } }) => {
      if (batch.log === 'extends')
        return answer('passed', `Log root ${batch.anchor.logSize} is what all batch roots add up to.`)
      if (batch.log === 'forked')
        return answer(
          'failed',
          'The gateway’s log root contradicts the batch roots it anchored before.',
          batch.anchor.logRoot,
        )
      return answer('pending', 'Earlier batch roots of this gateway are not known here.')
    },
  },
  {
    id: 'revocation',
    title: 'Was the key still good?',
    look: ({ record: { device, batch, toMs } }) => {
      if (!device) return skipped('The device is unknown.')
      const { revocation, compromisedSinceMs } = device
      if (isRevokedAt(device, batch.anchor))
        return answer('failed', `The project withdrew the key in block ${revocation?.blockNumber}.`)
      if (compromisedSinceMs !== null && toMs >= compromisedSinceMs) {
        return answer(
          'warned',
          `The project says the key was in wrong hands since ${new Date(compromisedSinceMs).toISOString()}.`,
        )
      }
      return answer('passed', 'No revocation before the block that anchors it.')
    },
  },
  {
    id: 'sequence',
    title: 'Is it new, and nothing missing?',
    look: ({ record }) => {
      if (record.signature !== 'valid') return skipped('Only signed messages are counted.')
      const numbers = `readings ${record.seqFirst} to ${record.seqFirst + record.count - 1}`
      switch (record.standing) {
        case 'duplicate':
          return answer('failed', 'These numbers were already delivered in an earlier batch.', numbers)
        case 'gap':
          return answer(
            'warned',
            record.missingBefore > 0
              ? `${record.missingBefore} readings before it were never delivered.`
              : 'It names a previous message that was never delivered.',
            numbers,
          )
        case 'open':
          return answer(record.settled ? 'skipped' : 'pending', 'The messages before it were not read here.', numbers)
        case 'first':
          return answer('passed', 'The first message of this device.', numbers)
        case 'follows':
          return answer('passed', 'It names the hash of the message right before it.', numbers)
      }
    },
  },
  {
    id: 'clock',
    title: 'Does its time fit the block?',
    look: ({ record }) => {
      if (record.fault !== null) return skipped('The bytes name no time.')
      const offset = clockOffsetMs(record)
      const words = offset < 0 ? `${seconds(-offset)} ahead of the block` : `${seconds(offset)} before the block`
      const window = `at most ${seconds(CLOCK_AHEAD_MS)} ahead, ${seconds(CLOCK_BEHIND_MS)} before`
      return answer(isClockOff(record) ? 'warned' : 'passed', `The last reading is ${words}.`, words, window)
    },
  },
  {
    id: 'plausibility',
    title: 'Does physics allow it?',
    look: ({ record: { fault, implausible, contradicted } }) => {
      if (fault !== null) return skipped('There are no readings.')
      const reason = implausible ?? contradicted
      return reason === null
        ? answer('passed', 'Value and change are within what the metric allows, and nothing around contradicts them.')
        : answer('failed', reason)
    },
  },
]

/** Every check of a frame with its result, and the readings themselves, for a person or an evidence file. */
export function explainFrame(crypto: ProofCrypto, domain: FrameDomain, record: FrameRecord): FrameExplanation {
  const ground: Ground = { record, domain }
  const { batch } = record
  return {
    frame: frameRow(crypto, record),
    checks: CHECKS.map(({ id, title, look }) => ({ id, title, ...look(ground) })),
    chainId: domain.chainId,
    witnesses:
      batch.witnessesAsked === 0
        ? 'no chain endpoint asked'
        : `${batch.witnessesAgreed} of ${batch.witnessesAsked} RPC`,
    readings: readingsOf(record),
  }
}

function readingsOf(record: FrameRecord): FrameExplanation['readings'] {
  const view = createFrameView()
  if (record.fault !== null || decodeFrame(record.bytes, view) !== null) return []
  const slots = {
    metric: new Uint16Array(MAX_READINGS),
    timeMs: new Float64Array(MAX_READINGS),
    value: new Float64Array(MAX_READINGS),
  }
  decodeReadings(view, slots, 0)
  return Array.from({ length: view.count }, (_, i) => ({
    metric: slots.metric[i]!,
    timeMs: slots.timeMs[i]!,
    value: slots.value[i]!,
  }))
}
