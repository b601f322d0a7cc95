import { readFileSync } from 'node:fs'
import { TwinError } from '../../base/errors.ts'
import { fromHex, type Hex, toHex } from '../../base/hex.ts'
import { createHttpRpc } from '../../chain/rpc.ts'
import { createBundleWitness } from '../../chain/witness.ts'
import { VERDICT_WORDS, type Verdict } from '../../model/trust.ts'
import type { BundleHeader } from '../../proofs/bundle.ts'
import { createProofCrypto } from '../../proofs/crypto.ts'
import { decodeBundle, looksLikeBundle } from '../../proofs/decodeBundle.ts'
import { readEvidence, verifyEvidence } from '../../proofs/evidence.ts'
import { importerOf } from '../../proofs/imports/readImport.ts'
import { type IotexCheckpoint, readCheckpoint } from '../../proofs/iotex/checkpoint.ts'
import { createP256Verifier } from '../../proofs/p256.ts'
import { explainRejected, reportOf } from '../../proofs/report.ts'
import { type BundleOptions, type CheckedBundle, type ProofTools, verifyBundle } from '../../proofs/verifyBundle.ts'
import { type CliArgs, type CliIo, defineCommand, type ExitCode } from '../command.ts'
import { numberOption } from '../numberOption.ts'
import { verifyImport } from './verifyImport.ts'

const MAX_EVIDENCE = 200
const TIMEOUT_MS = 60_000

export const verify = defineCommand({
  name: 'verify',
  usage: 'FILE [--rpc URL … [--agree K]] [--pin HASH …] [--signer ADDRESS|KEY …]',
  summary: 'check a bundle or evidence file, or signed data of another system, message by message',
  options: {
    rpc: { type: 'string', multiple: true },
    pin: { type: 'string', multiple: true },
    agree: { type: 'string' },
    checkpoint: { type: 'string', multiple: true },
    signer: { type: 'string', multiple: true },
  },
  help: [
    'FILE is a recorded bundle (.vbundle), an evidence file (.json) that the page exported, or one of: frames without a',
    'batch (bytes or hexadecimal), a Pebble tracker packet, a JWS with ES256 or ES256K, an EAS off-chain attestation,',
    'a DIMO CloudEvent. Those five are imports: a signature is all they can prove, and only of a signer named with',
    '--signer, as an address or as an uncompressed public key (needed for P-256).',
    'Without --rpc the highest level is 3: the anchors are the sender’s claim. With --rpc every endpoint given must',
    'confirm each anchor, and the directory and revocations are read from the first one that answers. With --agree K',
    'the others may be behind or away; one that contradicts is never outvoted.',
    'With --pin, a block hash you know to be right, anchors are proven up to that block by the headers and storage',
    'proofs in the file, whatever endpoints say: level 5. Several hashes may be pinned.',
    'On IoTeX, --checkpoint names a file with the 24 delegates of an epoch: enclosed blocks are then proven by the',
    'endorsements of at least 17 of them, which is as good as the file, for three days.',
    'Exit: 0 nothing rejected, 1 rejected frames, evidence that contradicts its own bytes, or a pin that nothing in',
    'the file leads to, 2 unreadable.',
  ].join('\n'),
  run: runVerify,
})

async function runVerify(args: CliArgs, io: CliIo): Promise<ExitCode> {
  const [path, ...more] = args.positionals
  if (!path || more.length > 0) {
    throw new TwinError('BAD_USAGE', `Expected one file, got ${args.positionals.length}.`)
  }
  const bytes = readBytes(path)
  const crypto = await createProofCrypto()
  const tools: ProofTools = { crypto, p256: createP256Verifier(globalThis.crypto.subtle) }
  const urls = ((args.values.rpc as string[] | undefined) ?? []).flatMap((list) => list.split(','))
  const started = performance.now()

  const isBundle = looksLikeBundle(bytes)
  if (!isBundle && importerOf(bytes)) return verifyImport(path, bytes, args, io, tools)
  const text = isBundle ? '' : new TextDecoder().decode(bytes)
  if (!isBundle && !text.trimStart().startsWith('{')) {
    throw new TwinError(
      'FORMAT_UNKNOWN',
      `${path} is neither a bundle nor an evidence file, nor signed data that can be imported.`,
    )
  }
  const bundle = isBundle ? decodeBundle(crypto, bytes) : readEvidence(text, crypto).bundle
  const pins = readPins(args)
  const checkpoints = ((args.values.checkpoint as string[] | undefined) ?? []).map(readCheckpointFile)
  const options: BundleOptions = { pins, iotex: { checkpoints, nowMs: Date.now() } }
  if (urls.length > 0) {
    io.err(`asking ${urls.length} chain endpoint${urls.length > 1 ? 's' : ''} …`)
    const rpcs = urls.map((url) => createHttpRpc(url, (input, init) => fetch(input, init)))
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const needed = numberOption(args, 'agree', 1, urls.length) ?? urls.length
    const witness = await createBundleWitness(rpcs, bundle.chainId, bundle.contracts, signal, needed)
    Object.assign(options, { witness })
  }
  const evidence = isBundle ? null : await verifyEvidence(text, tools, options)
  const checked = evidence?.checked ?? (await verifyBundle(bundle, tools, options))
  const result = resultOf(checked, tools, urls.length, pins, performance.now() - started)
  const stated = evidence
    ? { stated: evidence.stated, found: evidence.explanation.frame.verdict, contradictions: evidence.contradictions }
    : null
  io.out(args.values.json ? JSON.stringify({ ...result, ...stated }) : humanText(path, result, stated))
  const astray = pins.length + checkpoints.length > 0 && result.anchorsProven === 0
  const negative = result.rejected > 0 || (evidence?.contradictions.length ?? 0) > 0 || astray
  return negative ? 1 : 0
}

function readPins(args: CliArgs): Hex[] {
  const texts = ((args.values.pin as string[] | undefined) ?? []).flatMap((list) => list.split(','))
  return texts.map((text) => {
    const bytes = fromHex(text)
    if (bytes?.length === 32) return toHex(bytes)
    throw new TwinError('BAD_USAGE', `--pin expects a block hash, 0x and 64 hexadecimal digits, got "${text}".`)
  })
}

function readCheckpointFile(path: string): IotexCheckpoint {
  const text = new TextDecoder().decode(readBytes(path))
  try {
    return readCheckpoint(JSON.parse(text))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new TwinError('FORMAT_BROKEN', `${path} is not JSON.`, { path })
  }
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new TwinError('FILE_UNREADABLE', `${path} cannot be read (${why}).`, { path })
  }
}

function resultOf(checked: CheckedBundle, { crypto }: ProofTools, witnesses: number, pins: readonly Hex[], ms: number) {
  const { devices, refusedBatches, ...report } = reportOf(checked)
  const origins: Record<string, number> = {}
  for (const { origin } of devices) origins[origin] = (origins[origin] ?? 0) + 1
  return {
    ...report,
    recordedAt: new Date(report.recordedAtMs).toISOString(),
    witnesses,
    headers: checked.bundle.headers.length,
    lastHeader: lastHeaderOf(checked.bundle.headers),
    pins: pins.length,
    anchorsProven: checked.batches.filter(({ headerProof }) => headerProof?.state === 'proven').length,
    devices: devices.length,
    origins,
    refusedBatches,
    evidence: explainRejected(crypto, checked, MAX_EVIDENCE).map(({ frame, checks }) => ({
      key: frame.key,
      device: frame.claimedDevice,
      verdict: frame.verdict,
      level: frame.level,
      batch: frame.batch,
      block: frame.blockNumber,
      sentence: checks.find(({ result }) => result === 'failed')?.detail ?? VERDICT_WORDS[frame.verdict].sentence,
    })),
    ms: Math.round(ms),
  }
}

/** The block whose hash is worth comparing with a source of one's own, and then pinning. */
function lastHeaderOf(headers: readonly BundleHeader[]): { number: number; hash: Hex } | null {
  const last = headers.at(-1)
  return last ? { number: last.number, hash: last.hash } : null
}

type Result = ReturnType<typeof resultOf>

function humanText(
  path: string,
  result: Result,
  stated: { stated: Verdict; found: Verdict; contradictions: readonly string[] } | null,
): string {
  const count = (record: object): string =>
    Object.entries(record)
      .map(([name, n]) => `${name} ${n}`)
      .join(', ')
  return [
    `${path}: ${result.frames} messages of ${result.devices} devices, ${result.readings} readings, chain ${result.chainId}, recorded ${result.recordedAt}`,
    `verdicts: ${count(result.verdicts) || 'none'}`,
    `levels: ${count(result.ladder) || 'none'} (${result.witnesses === 0 ? 'no chain endpoint asked' : `${result.witnesses} asked`})`,
    ...(result.lastHeader
      ? [`headers: ${result.headers}, the last of block ${result.lastHeader.number}, ${result.lastHeader.hash}`]
      : []),
    ...(result.pins > 0
      ? [`pinned block${result.pins > 1 ? 's' : ''}: ${result.anchorsProven} anchors proven up to there`]
      : []),
    `origin of the devices: ${count(result.origins)}`,
    ...(stated
      ? [
          `it states ${stated.stated}; its bytes say ${stated.found}`,
          ...stated.contradictions.map((line) => `contradiction: ${line}`),
        ]
      : []),
    ...result.refusedBatches.map(({ batch, verdict, sentence }) => `batch ${batch}: ${verdict}: ${sentence}`),
    ...result.evidence.map(
      ({ device, batch, verdict, sentence }) => `${device} in batch ${batch}: ${verdict}: ${sentence}`,
    ),
  ].join('\n')
}
