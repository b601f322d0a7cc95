import { TwinError } from '../../base/errors.ts'
import type { Hex } from '../../base/hex.ts'
import { ORIGINS } from '../../base/honesty.ts'
import { directories } from '../../chain/directories/index.ts'
import type { DirectoryDefinition, DirectoryListing } from '../../chain/directory.ts'
import type { CodePin } from '../../chain/proxyCode.ts'
import { createHttpRpc } from '../../chain/rpc.ts'
import { DEVICE_KINDS } from '../../model/device.ts'
import { TRUST_WORDS } from '../../model/trustClass.ts'
import { type CliArgs, type CliIo, defineCommand, type ExitCode } from '../command.ts'
import { jsonText, numberOption, textOption } from '../options.ts'

const TIMEOUT_MS = 600_000

export const deviceList = defineCommand({
  name: 'device list',
  usage: '--directory own|ioid-v1|ioid-v2 --rpc URL [--project N] [--chain N]',
  summary: 'the devices of an on-chain directory, and who vouches for them',
  options: {
    directory: { type: 'string' },
    rpc: { type: 'string' },
    chain: { type: 'string' },
    project: { type: 'string' },
    contract: { type: 'string', multiple: true },
    pin: { type: 'string', multiple: true },
    'from-block': { type: 'string' },
    kind: { type: 'string' },
    origin: { type: 'string' },
    max: { type: 'string' },
  },
  help: [
    'ioid-v1 lists the devices of one --project; its published addresses on IoTeX (--chain 4689, or 4690 for the testnet)',
    'are known. Other addresses: --contract NAME=ADDRESS, of directory and status (own), registry and ioID (ioid-v1),',
    'registry (ioid-v2). --pin NAME=HASH says which code a contract must run, by its hash as an earlier listing gave it.',
    '--from-block reads events from there on: when devices were registered, and whether the endpoint withholds any.',
    'ioID says neither kind nor origin of a device: --kind and --origin do (smart-meter, real-device).',
    'Exit: 0 listed, 1 listed with something alarming, such as replaced code, 2 unreachable or broken.',
  ].join('\n'),
  run: runDeviceList,
})

async function runDeviceList(args: CliArgs, io: CliIo): Promise<ExitCode> {
  const directory = oneOf(
    args,
    'directory',
    directories.map(({ id }) => id),
  )
  const definition = directories.find(({ id }) => id === directory)!
  const url = textOption(args, 'rpc')
  if (!url) throw new TwinError('BAD_USAGE', 'Got no --rpc, expected the URL of a chain endpoint.')
  if (!URL.canParse(url)) throw new TwinError('BAD_USAGE', `--rpc is "${url}", expected a URL.`)
  const fallback = definition.deployments[0]?.chainId ?? 31337
  const chainId = numberOption(args, 'chain', fallback, { min: 1, max: Number.MAX_SAFE_INTEGER })
  const { contracts, pins } = placesOf(definition, args, chainId)
  const project = numberOption(args, 'project', -1, { min: 1, max: Number.MAX_SAFE_INTEGER })
  if (definition.needsProject && project < 0)
    throw new TwinError('BAD_USAGE', `${definition.title} lists the devices of one project: name it with --project N.`)
  const fromBlock = numberOption(args, 'from-block', -1, { min: 0, max: Number.MAX_SAFE_INTEGER })
  io.err(`asking ${new URL(url).host} …`)
  const listing = await definition.list({
    rpc: createHttpRpc(url, (input, init) => fetch(input, init)),
    chainId,
    contracts,
    pins,
    project: project < 0 ? null : project,
    // the own registry and ioID 2 keep no list: without events there would be nothing to read
    fromBlock: fromBlock >= 0 ? fromBlock : definition.id === 'ioid-v1' ? null : 0,
    kind: oneOf(args, 'kind', DEVICE_KINDS, 'smart-meter'),
    origin: oneOf(args, 'origin', ORIGINS, 'real-device'),
    maxDevices: numberOption(args, 'max', 100_000, { min: 1, max: 1_000_000 }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  for (const alarm of listing.alarms) io.err(`ALARM: ${alarm}`)
  io.out(args.values.json ? jsonText(resultOf(definition, listing)) : humanText(definition, listing))
  return listing.alarms.length > 0 ? 1 : 0
}

function oneOf<Name extends string>(args: CliArgs, option: string, names: readonly Name[], initial?: Name): Name {
  const text = textOption(args, option) ?? initial
  const name = names.find((one) => one === text)
  if (name) return name
  throw new TwinError('BAD_USAGE', `--${option} is ${text ?? 'missing'}, expected one of ${names.join(', ')}.`)
}

/** `NAME=HEX` of an option that may be repeated, for names the directory has. */
function named(definition: DirectoryDefinition, args: CliArgs, option: string, bytes: number): Map<string, Hex> {
  const found = new Map<string, Hex>()
  for (const text of (args.values[option] as string[] | undefined) ?? []) {
    const [, name, hex] = new RegExp(`^(\\w+)=(0x[0-9a-fA-F]{${2 * bytes}})$`).exec(text) ?? []
    if (!name || !hex || !definition.contracts.includes(name)) {
      const names = definition.contracts.map((one) => `${one}=0x…`).join(' or ')
      throw new TwinError('BAD_USAGE', `--${option} is "${text}", expected ${names} with ${bytes} bytes.`)
    }
    found.set(name, hex.toLowerCase() as Hex)
  }
  return found
}

/** Where the contracts stand and what they must run: as told, else as published for the chain. */
function placesOf(definition: DirectoryDefinition, args: CliArgs, chainId: number) {
  const told = named(definition, args, 'contract', 20)
  const hashes = named(definition, args, 'pin', 32)
  const deployment = definition.deployments.find((one) => one.chainId === chainId)
  const contracts: Record<string, Hex> = {}
  const pins: Record<string, CodePin> = {}
  for (const name of definition.contracts) {
    const address = told.get(name) ?? deployment?.contracts[name]
    if (!address)
      throw new TwinError(
        'BAD_USAGE',
        `No address of "${name}" is known on chain ${chainId}: give --contract ${name}=0x….`,
      )
    contracts[name] = address
    const published = told.has(name) ? undefined : deployment?.implementations[name]
    pins[name] = { implementation: published, codeHash: hashes.get(name) }
  }
  return { contracts, pins }
}

const resultOf = ({ title }: DirectoryDefinition, listing: DirectoryListing) => ({
  ...listing,
  title,
  statement: TRUST_WORDS[listing.trust].sentence,
  devices: listing.devices.map(({ registration, document, revocation }) => ({
    ...document,
    registeredBlock: registration.blockNumber,
    revokedBlock: revocation?.blockNumber ?? null,
  })),
})

function humanText({ title }: DirectoryDefinition, listing: DirectoryListing): string {
  const { trust, chainId, blockNumber, devices, removed, code, remarks } = listing
  return [
    `${title}, chain ${chainId}, block ${blockNumber}: ${devices.length} devices, ${removed.length} removed`,
    `trust: ${TRUST_WORDS[trust].title.toLowerCase()}. ${TRUST_WORDS[trust].sentence}`,
    ...code.map(({ name, contract, codeHash, sentence }) => `${name} ${contract}: ${sentence} (${codeHash})`),
    ...remarks,
    ...devices.map(({ document, revocation }) => {
      const { address, kind, origin, title: name } = document
      return `${address} ${kind}, ${origin}${name.includes(address) ? '' : `, ${name}`}${revocation ? ', revoked' : ''}`
    }),
    ...removed.map((device) => `${device} removed`),
  ].join('\n')
}
