import { sameBytes } from '../base/hex.ts'
import { utf8 } from '../model/hash.ts'
import type { ProofCrypto } from './crypto.ts'
import { AT, type FrameDomain, type FrameView, HEADER_BYTES } from './frame.ts'

// EIP-712: digest = keccak256(0x1901 ‖ domainSeparator ‖ structHash). Every byte of the signed part goes in:
// magic by the type's name, chain id and registry by the domain, all other fields and the readings by the struct.

export const DOMAIN_TYPE = 'EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)'
export const FRAME_TYPE =
  'Frame(uint8 version,uint8 curve,address device,uint32 epoch,uint64 seqFirst,bytes32 prevFrameHash,uint64 t0,uint16 count,bytes readings)'
const DOMAIN_NAME = 'Veracity Frame'
const DOMAIN_VERSION = '1'

/** Digests of frames. The returned arrays are scratch memory, valid until the next call. */
export interface Digester {
  /** The 66 bytes 0x1901 ‖ domain ‖ struct. P-256 devices sign SHA-256 of these. */
  preimage(frame: FrameView): Uint8Array
  /** keccak256 of the preimage: what secp256k1 devices sign. */
  digest(frame: FrameView): Uint8Array
}

const WORDS = 10

export function createDigester({ keccak256 }: ProofCrypto): Digester {
  const preimage = new Uint8Array(66)
  preimage[0] = 0x19
  preimage[1] = 0x01
  const words = new Uint8Array(32 * WORDS)
  words.set(keccak256(utf8(FRAME_TYPE)))
  const domainWords = new Uint8Array(32 * 5)
  domainWords.set(keccak256(utf8(DOMAIN_TYPE)))
  domainWords.set(keccak256(utf8(DOMAIN_NAME)), 32)
  domainWords.set(keccak256(utf8(DOMAIN_VERSION)), 64)
  let domainOf = new Uint8Array(0) // chain id and registry that the separator in `preimage` belongs to

  /** Copies header bytes [from, to) to the end of word `word`, as Solidity left-pads numbers and addresses. */
  const put = (word: number, header: Uint8Array, from: number, to: number): void => {
    for (let i = from, at = 32 * (word + 1) - (to - from); i < to; i++, at++) words[at] = header[i]!
  }

  const fillPreimage = (frame: FrameView): void => {
    const { signed } = frame
    const domain = signed.subarray(AT.chainId, AT.device)
    if (!sameBytes(domain, domainOf)) {
      domainOf = domain.slice()
      domainWords.set(domain.subarray(0, 8), 32 * 4 - 8)
      domainWords.set(domain.subarray(8), 32 * 5 - 20)
      preimage.set(keccak256(domainWords), 2)
    }
    put(1, signed, AT.version, AT.curve)
    put(2, signed, AT.curve, AT.chainId)
    put(3, signed, AT.device, AT.epoch)
    put(4, signed, AT.epoch, AT.seqFirst)
    put(5, signed, AT.seqFirst, AT.prev)
    put(6, signed, AT.prev, AT.t0)
    put(7, signed, AT.t0, AT.count)
    put(8, signed, AT.count, HEADER_BYTES)
    words.set(keccak256(signed.subarray(HEADER_BYTES)), 32 * 9)
    preimage.set(keccak256(words), 34)
  }

  return {
    preimage(frame) {
      fillPreimage(frame)
      return preimage
    },
    digest(frame) {
      fillPreimage(frame)
      return keccak256(preimage)
    },
  }
}

/** The hash that the next frame names as its previous one: of the signed bytes, without the signature. */
export const frameHash = ({ keccak256 }: ProofCrypto, frame: FrameView): Uint8Array => keccak256(frame.signed)

/** Whether the frame was signed for this chain and registry. */
export const inDomain = (frame: FrameView, domain: FrameDomain): boolean =>
  frame.chainId === domain.chainId && sameBytes(frame.registry, domain.registry)
