/**
 * Who vouches for a device, the strongest first. It says what its registration is worth, not how far a message of it
 * is proven; a message never counts for more than its device's class allows.
 */
export const TRUST_CLASSES = ['device-proved', 'project-registered', 'operator-asserted', 'imported'] as const
export type TrustClass = (typeof TRUST_CLASSES)[number]

/** The directories that can say which devices there are. */
export const DIRECTORY_IDS = ['own', 'ioid-v1', 'ioid-v2'] as const
export type DirectoryId = (typeof DIRECTORY_IDS)[number]

export const TRUST_WORDS: Readonly<Record<TrustClass, { readonly title: string; readonly sentence: string }>> = {
  'device-proved': {
    title: 'Proved by the device',
    sentence: 'The device signed its own registration, so whoever registered it held its key.',
  },
  'project-registered': {
    title: 'Registered by the project',
    sentence: 'The project wrote its key into a contract that binds key and address; the device itself did not sign.',
  },
  'operator-asserted': {
    title: 'Asserted by an operator',
    sentence: 'An operator says that it exists. No key of it is on chain, so no message can be checked against it.',
  },
  imported: {
    title: 'Imported',
    sentence: 'A signature of another system. No sequence, no anchor and no registration read here stand behind it.',
  },
}
