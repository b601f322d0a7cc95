import type { Json } from '../../base/canonicalJson.ts'
import { fromHex } from '../../base/hex.ts'
import { isObject } from './importText.ts'
import type { TypedField, TypedValue } from './typedData.ts'

const CORE: readonly TypedField[] = [
  { name: 'schema', type: 'bytes32' },
  { name: 'recipient', type: 'address' },
  { name: 'time', type: 'uint64' },
  { name: 'expirationTime', type: 'uint64' },
  { name: 'revocable', type: 'bool' },
  { name: 'refUID', type: 'bytes32' },
  { name: 'data', type: 'bytes' },
]
const VERSION: TypedField = { name: 'version', type: 'uint16' }
const SALT: TypedField = { name: 'salt', type: 'bytes32' }

/** One of the forms an off-chain attestation may have. */
export interface EasForm {
  readonly version: 0 | 1 | 2
  readonly primaryType: 'Attest' | 'Attestation' // what the file says
  readonly struct: 'Attest' | 'Attestation' // what was hashed: early versions of the SDK let the two differ
  readonly fields: readonly TypedField[]
}

/** Every form, as the SDK verifies them. Source: eas-sdk src/offchain/offchain.ts (MIT), OFFCHAIN_ATTESTATION_TYPES. */
export const EAS_FORMS: readonly EasForm[] = [
  { version: 0, primaryType: 'Attestation', struct: 'Attestation', fields: CORE },
  { version: 0, primaryType: 'Attestation', struct: 'Attest', fields: CORE },
  { version: 0, primaryType: 'Attest', struct: 'Attest', fields: CORE },
  { version: 1, primaryType: 'Attest', struct: 'Attest', fields: [VERSION, ...CORE] },
  { version: 2, primaryType: 'Attest', struct: 'Attest', fields: [VERSION, ...CORE, SALT] },
]

export const DOMAIN_FIELDS: readonly TypedField[] = [
  { name: 'name', type: 'string' },
  { name: 'version', type: 'string' },
  { name: 'chainId', type: 'uint256' },
  { name: 'verifyingContract', type: 'address' },
]

/** The form whose primary type and field list are exactly these; null when the SDK knows none. */
export function easFormOf(primaryType: Json | undefined, types: Json | undefined): EasForm | null {
  if (!isObject(types)) return null
  const structs = Object.keys(types).filter((name) => name !== 'EIP712Domain')
  const [struct] = structs
  const domainFits = types.EIP712Domain === undefined || sameFields(types.EIP712Domain, DOMAIN_FIELDS)
  if (structs.length !== 1 || !domainFits) return null
  const fits = (form: EasForm): boolean =>
    form.primaryType === primaryType && form.struct === struct && sameFields(types[struct], form.fields)
  return EAS_FORMS.find(fits) ?? null
}

function sameFields(value: Json | undefined, fields: readonly TypedField[]): boolean {
  if (!Array.isArray(value) || value.length !== fields.length) return false
  return fields.every(({ name, type }, i) => {
    const field = (value as readonly Json[])[i]
    return isObject(field) && Object.keys(field).length === 2 && field.name === name && field.type === type
  })
}

const LENGTHS: Partial<Record<TypedField['type'], number>> = { bytes32: 32, address: 20 }
const BITS: Partial<Record<TypedField['type'], bigint>> = { uint16: 16n, uint64: 64n, uint256: 256n }

/** A JSON value as the type hashes it; null when it is none. Numbers may be digits, as big ones must be. */
export function typedValue(value: Json | undefined, type: TypedField['type']): TypedValue | null {
  if (type === 'bool') return typeof value === 'boolean' ? BigInt(value) : null
  if (type === 'string') return typeof value === 'string' ? new TextEncoder().encode(value) : null
  const bits = BITS[type]
  if (bits !== undefined) {
    const digits = typeof value === 'number' && value >= 0 && Number.isSafeInteger(value) ? String(value) : value
    if (typeof digits !== 'string' || !/^(?:0|[1-9]\d{0,77})$/.test(digits)) return null
    const number = BigInt(digits)
    return number >> bits === 0n ? number : null
  }
  const bytes = typeof value === 'string' ? fromHex(value) : null
  const length = LENGTHS[type]
  return bytes && (length === undefined || bytes.length === length) ? bytes : null
}
