import { fromHex, toHex } from '../../base/hex.ts'
import { metricById } from '../../model/device.ts'
import type { Check } from '../../model/trust.ts'
import { decodeFrame, decodeReadings, type ReadingSlots } from '../decodeFrame.ts'
import { createDigester, frameHash } from '../digest.ts'
import {
  createFrameView,
  type FrameView,
  HEADER_BYTES,
  MAGIC,
  MAX_READINGS,
  READING_BYTES,
  SIGNATURE_BYTES,
} from '../frame.ts'
import { implausibility } from '../plausibility/implausibility.ts'
import { defineImporter, type ImportedMessage, type ImportTools } from './importer.ts'
import { importText, MAX_IMPORT_BYTES } from './importText.ts'
import { judgeMessage, malformed, remark } from './judgeMessage.ts'
import { findAmongKeys, findRecovered } from './signatureFinding.ts'

const HEX_FRAME = /^(?:0x)?43544631[0-9a-f]*$/i

const startsWithMagic = (bytes: Uint8Array): boolean => MAGIC.every((byte, i) => bytes[i] === byte)

const linesOf = (text: string): readonly string[] => text.split(/\s+/).filter((line) => line !== '')

/** Frames one after the other, as bytes or as lines of hexadecimal. What follows a broken count is one broken frame. */
function split(bytes: Uint8Array): readonly Uint8Array[] {
  const text = startsWithMagic(bytes) ? null : importText(bytes)
  if (text !== null) return linesOf(text).map((line) => fromHex(`0x${line.replace(/^0x/i, '')}`) ?? new Uint8Array(0))
  const frames: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const count = ((bytes[at + HEADER_BYTES - 2] ?? 0) << 8) | (bytes[at + HEADER_BYTES - 1] ?? 0)
    const length = HEADER_BYTES + count * READING_BYTES + SIGNATURE_BYTES
    const end = count >= 1 && count <= MAX_READINGS ? at + length : bytes.length
    frames.push(bytes.subarray(at, end))
    at = end
  }
  return frames
}

/** The last frame of a device, as the next one should name it. */
interface Before {
  readonly epoch: number
  readonly nextSeq: number
  readonly hash: string
}

function orderRemark(view: FrameView, before: Before | undefined): Check {
  const say = (result: 'passed' | 'warned', detail: string): Check =>
    remark('sequence', 'Does it follow?', result, detail)
  if (!before || before.epoch !== view.epoch)
    return view.seqFirst === 0
      ? say('passed', 'The first frame of its epoch.')
      : say('warned', `It begins at reading ${view.seqFirst}; the frames before it are not in this file.`)
  if (view.seqFirst !== before.nextSeq)
    return say('warned', `It begins at reading ${view.seqFirst}, expected ${before.nextSeq}.`)
  return toHex(view.prev) === before.hash
    ? say('passed', 'It names the frame before it.')
    : say('warned', 'Its prevFrameHash is not the hash of the frame before it.')
}

/** Frames without batch, anchor or directory: what somebody who writes a device wants to check first. */
export const frames = defineImporter({
  id: 'frames',
  title: 'Frames without a batch',
  weakness: 'No chain anchors them and no directory was read: when they were made, and by whose device, is not proven.',
  sniff(bytes) {
    if (startsWithMagic(bytes)) return bytes.length <= MAX_IMPORT_BYTES
    const lines = linesOf(importText(bytes) ?? '')
    return lines.length > 0 && lines.every((line) => HEX_FRAME.test(line))
  },
  async read(bytes, tools) {
    const digester = createDigester(tools.crypto)
    const last = new Map<string, Before>()
    const messages: ImportedMessage[] = []
    for (const frame of split(bytes)) messages.push(await readFrame(frame, tools, digester, last))
    return messages
  },
})

async function readFrame(
  bytes: Uint8Array,
  tools: ImportTools,
  digester: ReturnType<typeof createDigester>,
  last: Map<string, Before>,
): Promise<ImportedMessage> {
  const view = createFrameView()
  const fault = decodeFrame(bytes, view)
  if (fault !== null) return malformed(fault)
  const slots: ReadingSlots = {
    metric: new Uint16Array(view.count),
    timeMs: new Float64Array(view.count),
    value: new Float64Array(view.count),
  }
  decodeReadings(view, slots, 0)
  const device = toHex(view.device)
  const order = orderRemark(view, last.get(device))
  last.set(device, {
    epoch: view.epoch,
    nextSeq: view.seqFirst + view.count,
    hash: toHex(frameHash(tools.crypto, view)),
  })
  const { signature } = view
  const found =
    view.curve === 'secp256k1'
      ? findRecovered(tools, { signature, digest: digester.digest(view), claimed: view.device })
      : await findAmongKeys({ ...tools, signers: tools.signers.filter(({ address }) => address === device) }, 'p256', {
          signature,
          message: digester.preimage(view).slice(),
        })
  return judgeMessage({
    claimed: device,
    timeMs: view.toMs,
    signature: found,
    implausible: implausibility(slots, 0, view.count),
    simulated: view.simulated,
    readings: Array.from({ length: view.count }, (_, i) => {
      const metric = metricById.get(slots.metric[i]!)
      return {
        name: metric?.title ?? `metric ${slots.metric[i]}`,
        value: slots.value[i]!,
        unit: metric?.unit ?? '',
        timeMs: slots.timeMs[i]!,
      }
    }),
    remarks: [
      remark('domain', 'Where is it meant for?', 'skipped', `Chain ${view.chainId}, registry ${toHex(view.registry)}.`),
      order,
    ],
  })
}
