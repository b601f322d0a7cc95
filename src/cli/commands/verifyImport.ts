import { TwinError } from '../../base/errors.ts'
import { askContractAccount } from '../../chain/contractAccount.ts'
import { createHttpRpc } from '../../chain/rpc.ts'
import { TRUST_WORDS } from '../../model/trustClass.ts'
import type { ImportTools } from '../../proofs/imports/importer.ts'
import { readKnownSigner } from '../../proofs/imports/knownSigner.ts'
import { type ImportReport, readImport } from '../../proofs/imports/readImport.ts'
import type { ProofTools } from '../../proofs/verifyBundle.ts'
import type { CliArgs, CliIo, ExitCode } from '../command.ts'

const TIMEOUT_MS = 20_000

/** Judges a file of another system; --rpc asks contract accounts. Exit 0 when every message is by a signer that was named with --signer, else 1. */
export async function verifyImport(
  path: string,
  bytes: Uint8Array,
  args: CliArgs,
  io: CliIo,
  tools: ProofTools,
): Promise<ExitCode> {
  const names = ((args.values.signer as string[] | undefined) ?? []).flatMap((list) => list.split(','))
  const signers = names.map((name) => {
    const signer = readKnownSigner(tools.crypto, name)
    if (!signer)
      throw new TwinError(
        'BAD_USAGE',
        `--signer ${name} is neither an address (20 bytes) nor an uncompressed key (65).`,
      )
    return signer
  })
  const [url] = ((args.values.rpc as string[] | undefined) ?? []).flatMap((list) => list.split(','))
  const rpc = url === undefined ? null : createHttpRpc(url, (input, init) => fetch(input, init), TIMEOUT_MS)
  const askAccount: ImportTools['askAccount'] = rpc
    ? (account, digest, signature) => askContractAccount(rpc, account, digest, signature)
    : undefined
  const report = await readImport(bytes, { ...tools, signers, ...(askAccount && { askAccount }) })
  io.out(args.values.json ? JSON.stringify(report) : humanText(path, report))
  return report.rejected > 0 ? 1 : 0
}

function humanText(path: string, { title, messages, verdicts, trust, weakness }: ImportReport): string {
  const counts = Object.entries(verdicts).map(([name, n]) => `${name} ${n}`)
  return [
    `${path}: ${title}, ${messages.length} message${messages.length === 1 ? '' : 's'}`,
    `verdicts: ${counts.join(', ') || 'none'}`,
    `trust: ${TRUST_WORDS[trust].title.toLowerCase()}. ${TRUST_WORDS[trust].sentence}`,
    `what its signature leaves open: ${weakness}`,
    ...messages.flatMap(({ verdict, checks, readings, claimed, timeMs }, i) => [
      `${i + 1}. ${verdict}${claimed ? ` by ${claimed}` : ''}${timeMs === null ? '' : ` at ${new Date(timeMs).toISOString()}`}`,
      ...checks.map(({ result, title: question, detail }) => `   ${result}: ${question} ${detail}`),
      ...readings.map(({ name, value, unit }) => `   ${name}: ${value}${unit && ` ${unit}`}`),
    ]),
  ].join('\n')
}
