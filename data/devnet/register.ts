import type { Hex } from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import { TwinError } from '../../src/base/errors.ts'
import { toHex } from '../../src/base/hex.ts'
import { deviceDirectoryAbi } from '../../src/chain/abis.ts'
import { DEVICE_KINDS } from '../../src/model/device.ts'
import { codeOfCurve } from '../../src/proofs/curve.ts'
import { ORIGIN_CODES } from '../../src/proofs/directory.ts'
import { type DevChain, encodeCall } from './devChain.ts'
import type { SigningDevice } from './fleet.ts'

const PER_TRANSACTION = 100

/** Registers devices in bulk, as simulated, valid from the block before. */
export async function registerDevices(
  chain: DevChain,
  owner: PrivateKeyAccount,
  directory: Hex,
  devices: readonly SigningDevice[],
  timeS: number,
): Promise<void> {
  const hashes: Hex[] = []
  for (let from = 0; from < devices.length; from += PER_TRANSACTION) {
    const batch = devices.slice(from, from + PER_TRANSACTION).map(({ signer, document, documentHash }) => ({
      device: signer.address,
      curve: codeOfCurve(signer.curve),
      keyX: toHex(signer.publicKey.subarray(1, 33)),
      keyY: toHex(signer.publicKey.subarray(33)),
      kind: DEVICE_KINDS.indexOf(document.kind),
      origin: ORIGIN_CODES.indexOf('simulated'),
      validFrom: BigInt(timeS),
      docHash: documentHash,
    }))
    hashes.push(await chain.send(owner, directory, encodeCall(deviceDirectoryAbi, 'register', [batch])))
    await chain.mineAt(timeS + hashes.length)
  }
  for (const hash of hashes) {
    if ((await chain.receipt(hash))?.status !== 'success') {
      throw new TwinError('CHILD_DIED', 'The embedded chain refused to register the devices.')
    }
  }
}
