import { type Hex, hashTypedData, recoverTypedDataAddress } from 'viem'
import { toHex } from '../../src/base/hex.ts'
import { decodeFrame } from '../../src/proofs/decodeFrame.ts'
import { createFrameView, type FrameView, HEADER_BYTES } from '../../src/proofs/frame.ts'

// What a wallet sees of a frame, written down from public/spec/frame.md and not from our digest: viem is the judge.

const types = {
  Frame: [
    { name: 'version', type: 'uint8' },
    { name: 'curve', type: 'uint8' },
    { name: 'device', type: 'address' },
    { name: 'epoch', type: 'uint32' },
    { name: 'seqFirst', type: 'uint64' },
    { name: 'prevFrameHash', type: 'bytes32' },
    { name: 't0', type: 'uint64' },
    { name: 'count', type: 'uint16' },
    { name: 'readings', type: 'bytes' },
  ],
} as const

/** A frame as EIP-712 typed data. */
export const typedFrame = (view: FrameView) => ({
  domain: { name: 'Veracity Frame', version: '1', chainId: view.chainId, verifyingContract: toHex(view.registry) },
  types,
  primaryType: 'Frame' as const,
  message: {
    version: 1,
    curve: view.curve === 'secp256k1' ? 1 : 2,
    device: toHex(view.device),
    epoch: view.epoch,
    seqFirst: BigInt(view.seqFirst),
    prevFrameHash: toHex(view.prev),
    t0: BigInt(view.t0Ms),
    count: view.count,
    readings: toHex(view.signed.subarray(HEADER_BYTES)),
  },
})

/** A frame as viem's recoverTypedDataAddress takes it, its recovery bit found beforehand so that viem recovers once. */
export async function forViem(frame: Uint8Array) {
  const view = createFrameView()
  decodeFrame(frame, view)
  const data = typedFrame(view)
  for (const v of ['1b', '1c']) {
    const signature: Hex = `${toHex(view.signature)}${v}`
    if ((await recoverTypedDataAddress({ ...data, signature })).toLowerCase() === data.message.device)
      return { ...data, signature }
  }
  throw new Error(`viem does not know ${hashTypedData(data)}`)
}
