import type { Hex } from '../../base/hex.ts'
import type { Check, ProofLevel, Verdict } from '../../model/trust.ts'
import type { ProofCrypto } from '../crypto.ts'
import type { P256Verifier } from '../p256.ts'
import type { KnownSigner } from './knownSigner.ts'

/** What an importer may ask of its surroundings. */
export interface ImportTools {
  readonly crypto: ProofCrypto
  readonly p256: P256Verifier | null
  /** Whom the reader of the file trusts to sign. Empty: nobody, so no message can be more than claimed. */
  readonly signers: readonly KnownSigner[]
  /** Asks a contract account whether it signed (ERC-1271); null when no endpoint of that chain is known. */
  readonly askAccount?: (account: Hex, digest: Uint8Array, signature: Uint8Array) => Promise<boolean | null>
}

/** A number that a message states. */
export interface ImportedReading {
  readonly name: string
  readonly value: number
  readonly unit: string // empty: the format does not say
  readonly timeMs: number | null
}

/** One signed statement of a file, judged. */
export interface ImportedMessage {
  readonly verdict: Verdict
  readonly level: Extract<ProofLevel, 0 | 1 | 2> // no importer proves more than a signature
  readonly signer: Hex | null // whose key signed, as far as it can be told
  readonly claimed: string | null // whom the message names as its author
  readonly timeMs: number | null
  readonly simulated: boolean // it says so itself
  readonly checks: readonly Check[]
  readonly readings: readonly ImportedReading[]
}

/** A signed format of another system. `weakness` says in one sentence what its signature leaves open. */
export interface Importer {
  readonly id: 'frames' | 'pebble' | 'jws' | 'eas' | 'dimo'
  readonly title: string
  readonly weakness: string
  /** Whether bytes claim to be of this format, whatever they are worth. Never throws. */
  sniff(bytes: Uint8Array): boolean
  /** Judges every message in the bytes. What cannot be read is one message of verdict MALFORMED. */
  read(bytes: Uint8Array, tools: ImportTools): Promise<readonly ImportedMessage[]>
}

/** Types an importer where it is written, so that a mistake shows there and not at its use. */
export const defineImporter = (importer: Importer): Importer => importer
