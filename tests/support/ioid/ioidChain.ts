import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Abi, encodeAbiParameters, type Hex, keccak256, parseSignature, toHex } from 'viem'
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { type Anvil, startAnvil } from '../../../data/devnet/anvil.ts'
import { createDevChain, type DevChain, encodeCall, type Receipt } from '../../../data/devnet/devChain.ts'

interface Compiled {
  readonly abi: Abi
  readonly bytecode: Hex
}
type Name =
  | 'TransparentProxy'
  | 'IoIDRegistry'
  | 'IoIDRegistryReplaced'
  | 'IoID'
  | 'IoIDRegistryV2'
  | 'ContractAccount'
  | 'Batch'

function compile(): Readonly<Record<Name, Compiled>> {
  const solc = createRequire(import.meta.url)('solc') as { compile(input: string): string }
  const content = readFileSync(join(import.meta.dirname, 'Ioid.sol'), 'utf8')
  const input = {
    language: 'Solidity',
    sources: { 'Ioid.sol': { content } },
    settings: {
      evmVersion: 'paris',
      optimizer: { enabled: true, runs: 200 },
      viaIR: true,
      outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
    },
  }
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as {
    errors?: { severity: string; formattedMessage: string }[]
    contracts: Record<string, Record<Name, { abi: Abi; evm: { bytecode: { object: string } } }>>
  }
  const errors = (output.errors ?? []).filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join('\n'))
  const compiled = Object.entries(output.contracts['Ioid.sol']!).map(([name, { abi, evm }]) => [
    name,
    { abi, bytecode: `0x${evm.bytecode.object}` },
  ])
  return Object.fromEntries(compiled) as Record<Name, Compiled>
}

/** A device of the tests: its key is made of its number. */
export const deviceOf = (number: number): PrivateKeyAccount => privateKeyToAccount(keccak256(toHex(number)))
export const addressOf = (number: number): Hex => deviceOf(number).address.toLowerCase() as Hex

/** An anvil with ioID on it, both versions, each behind its proxy. The caller stops it. */
export async function startIoidChain(chainId = 4690) {
  const compiled = compile()
  const genesisTimeS = 1_750_000_000
  const anvil: Anvil = await startAnvil({ chainId, genesisTimeS })
  const chain: DevChain = createDevChain(anvil.rpc, chainId, genesisTimeS)
  const admin = await chain.createAccount()
  const user = await chain.createAccount()
  let timeS = genesisTimeS

  const mine = async (hashes: readonly Hex[]): Promise<Receipt[]> => {
    timeS = await chain.mineAt(timeS + 5)
    return Promise.all(
      hashes.map(async (hash) => {
        const receipt = (await chain.receipt(hash))!
        if (receipt.status !== 'success') throw new Error('The chain of the tests refused a transaction.')
        return receipt
      }),
    )
  }
  const deploy = async (name: Name, args: readonly Hex[] = []): Promise<Hex> => {
    const words = encodeAbiParameters(
      args.map(() => ({ type: 'address' })),
      args,
    ).slice(2)
    const [receipt] = await mine([await chain.send(admin, null, `${compiled[name].bytecode}${words}`)])
    return receipt!.contractAddress!.toLowerCase() as Hex
  }
  const act = async (from: PrivateKeyAccount, to: Hex, name: Name, method: string, args: readonly unknown[]) =>
    (await mine([await chain.send(from, to, encodeCall(compiled[name].abi, method, args))]))[0]!

  const proxyOf = async (name: Name): Promise<Hex> => deploy('TransparentProxy', [await deploy(name)])
  const registry = await proxyOf('IoIDRegistry')
  const ioID = await proxyOf('IoID')
  const registryV2 = await proxyOf('IoIDRegistryV2')
  const batch = await deploy('Batch')
  await act(user, registry, 'IoIDRegistry', 'initialize', [ioID])
  await act(user, ioID, 'IoID', 'initialize', [registry])
  await act(user, registryV2, 'IoIDRegistryV2', 'initialize', [user.address])

  const permit = async (device: number) => {
    const nonce = await chain.read(registry, compiled.IoIDRegistry.abi, 'nonces', [deviceOf(device).address])
    const signature = await deviceOf(device).signTypedData({
      domain: { name: 'ioIDRegistry', version: '1', chainId, verifyingContract: registry },
      types: {
        Permit: [
          { name: 'owner', type: 'address' },
          { name: 'nonce', type: 'uint256' },
        ],
      },
      primaryType: 'Permit',
      message: { owner: user.address, nonce: nonce as bigint },
    })
    const { r, s, v } = parseSignature(signature)
    return [Number(v), r, s] as const
  }
  const projectAddress = (project: number): Hex => toHex(project, { size: 20 })

  return {
    chain,
    rpc: anvil.rpc,
    chainId,
    contracts: { registry, ioID },
    registryV2,
    user,
    stop: () => anvil.stop(),
    /** Registers devices of a project in one block each group; each signs its own registration. */
    async register(project: number, devices: readonly number[]): Promise<void> {
      for (let at = 0; at < devices.length; at += 80) {
        const calls: Hex[] = []
        for (const device of devices.slice(at, at + 80)) {
          const address = deviceOf(device).address
          const args = [projectAddress(project), 0n, user.address, address, keccak256(address), `ipfs://doc/${device}`]
          calls.push(encodeCall(compiled.IoIDRegistry.abi, 'register', [...args, ...(await permit(device))]))
        }
        await act(user, batch, 'Batch', 'all', [registry, calls])
      }
    },
    remove: async (device: number) =>
      act(user, registry, 'IoIDRegistry', 'remove', [deviceOf(device).address, ...(await permit(device))]),
    /** The proxy's admin puts other code behind the registry. */
    async replaceRegistry(): Promise<void> {
      const data = encodeCall(
        [
          {
            type: 'function',
            name: 'upgradeTo',
            inputs: [{ type: 'address' }],
            outputs: [],
            stateMutability: 'nonpayable',
          },
        ],
        'upgradeTo',
        [await deploy('IoIDRegistryReplaced')],
      )
      await mine([await chain.send(admin, registry, data)])
    },
    writeV2: async (id: Hex, token: bigint, uri = '') =>
      act(user, registryV2, 'IoIDRegistryV2', 'registerDeviceNFTWithDIDDoc', [
        ...[id, 137n, `0x${'ba'.repeat(20)}`, token],
        ...[uri, uri === '' ? `0x${'00'.repeat(32)}` : keccak256(toHex(uri))],
      ]),
    deleteV2: async (id: Hex) => act(user, registryV2, 'IoIDRegistryV2', 'deleteDeviceNFT', [id]),
    createAccountContract: (owner: Hex) => deploy('ContractAccount', [owner]),
    refuses: async (from: PrivateKeyAccount, method: string, args: readonly unknown[]): Promise<string | null> =>
      chain.revertOf(
        from.address,
        registry,
        compiled.IoIDRegistry.abi,
        encodeCall(compiled.IoIDRegistry.abi, method, args),
      ),
  }
}
export type IoidChain = Awaited<ReturnType<typeof startIoidChain>>
