import { index, onchainTable, primaryKey } from 'ponder'

/** Every row says which log made it, so that a reader can ask the chain for exactly that log. */
type Columns = Parameters<Extract<Parameters<typeof onchainTable>[1], (t: never) => unknown>>[0]
const provenance = (t: Columns) => ({
  blockNumber: t.bigint().notNull(),
  blockHash: t.hex().notNull(),
  txHash: t.hex().notNull(),
  logIndex: t.integer().notNull(),
})

/** Devices as the directory's events carried them. */
export const device = onchainTable('device', (t) => ({
  address: t.hex().primaryKey(),
  curve: t.integer().notNull(),
  keyX: t.hex().notNull(),
  keyY: t.hex().notNull(),
  kind: t.integer().notNull(),
  origin: t.integer().notNull(),
  validFrom: t.bigint().notNull(),
  docHash: t.hex().notNull(),
  ...provenance(t),
}))

export const revocation = onchainTable('revocation', (t) => ({
  device: t.hex().primaryKey(),
  revokedAt: t.bigint().notNull(),
  ...provenance(t),
}))

/** Marks that reach back in time. Each event is a row: later marks do not erase earlier ones. */
export const compromise = onchainTable(
  'compromise',
  (t) => ({ device: t.hex().notNull(), since: t.bigint().notNull(), ...provenance(t) }),
  (table) => ({ pk: primaryKey({ columns: [table.device, table.since] }) }),
)

export const gateway = onchainTable('gateway', (t) => ({ address: t.hex().primaryKey(), ...provenance(t) }))

export const anchor = onchainTable(
  'anchor',
  (t) => ({
    gateway: t.hex().notNull(),
    seq: t.bigint().notNull(),
    batchRoot: t.hex().notNull(),
    logRoot: t.hex().notNull(),
    logSize: t.bigint().notNull(),
    count: t.integer().notNull(),
    tMin: t.bigint().notNull(),
    tMax: t.bigint().notNull(),
    dataHash: t.hex().notNull(),
    anchoredAt: t.bigint().notNull(),
    ...provenance(t),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.gateway, table.seq] }),
    byBlock: index().on(table.blockNumber),
  }),
)

/**
 * One row, rewritten with every block: how far this index has come, and on which fork.
 * Its readers compare the hash with their own chain endpoint, since an index behind a deep reorganisation does not notice.
 */
export const head = onchainTable('head', (t) => ({
  id: t.integer().primaryKey(),
  blockNumber: t.bigint().notNull(),
  blockHash: t.hex().notNull(),
  timestamp: t.bigint().notNull(),
}))
