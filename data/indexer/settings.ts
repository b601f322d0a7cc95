/** What the indexer is told by its environment. */
export interface IndexerSettings {
  readonly rpcUrl: string
  readonly chainId: number
  readonly startBlock: number
  readonly contracts: {
    readonly anchorLog: `0x${string}`
    readonly directory: `0x${string}`
    readonly status: `0x${string}`
  }
  readonly pgliteFolder: string
  readonly pollMs: number
}

/** The names under which {@link IndexerSettings} travel. */
export const settingsToEnv = (settings: IndexerSettings): Record<string, string> => ({
  VERACITY_RPC: settings.rpcUrl,
  VERACITY_CHAIN_ID: String(settings.chainId),
  VERACITY_START_BLOCK: String(settings.startBlock),
  VERACITY_ANCHOR_LOG: settings.contracts.anchorLog,
  VERACITY_DIRECTORY: settings.contracts.directory,
  VERACITY_STATUS: settings.contracts.status,
  VERACITY_PGLITE: settings.pgliteFolder,
  VERACITY_POLL_MS: String(settings.pollMs),
})

/** Reads the settings back. Throws an Error that names the first one missing or malformed. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): IndexerSettings {
  const text = (name: string): string => {
    const value = env[name]
    if (!value) throw new Error(`The indexer needs ${name} in its environment.`)
    return value
  }
  const whole = (name: string): number => {
    const value = Number(text(name))
    if (!Number.isSafeInteger(value) || value < 0)
      throw new Error(`The indexer got ${name}=${text(name)}, expected a whole number.`)
    return value
  }
  const address = (name: string): `0x${string}` => {
    const value = text(name)
    if (!/^0x[0-9a-fA-F]{40}$/.test(value)) throw new Error(`The indexer got ${name}=${value}, expected an address.`)
    return value as `0x${string}`
  }
  return {
    rpcUrl: text('VERACITY_RPC'),
    chainId: whole('VERACITY_CHAIN_ID'),
    startBlock: whole('VERACITY_START_BLOCK'),
    contracts: {
      anchorLog: address('VERACITY_ANCHOR_LOG'),
      directory: address('VERACITY_DIRECTORY'),
      status: address('VERACITY_STATUS'),
    },
    pgliteFolder: text('VERACITY_PGLITE'),
    pollMs: whole('VERACITY_POLL_MS'),
  }
}
