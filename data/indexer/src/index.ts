import { ponder } from 'ponder:registry'
import { anchor, compromise, device, gateway, head, revocation } from 'ponder:schema'

interface LogEvent {
  readonly block: { readonly number: bigint; readonly hash: `0x${string}` }
  readonly transaction: { readonly hash: `0x${string}` }
  readonly log: { readonly logIndex: number }
}

const provenance = ({ block, transaction, log }: LogEvent) => ({
  blockNumber: block.number,
  blockHash: block.hash,
  txHash: transaction.hash,
  logIndex: log.logIndex,
})

ponder.on('DeviceDirectory:DeviceRegistered', async ({ event, context }) => {
  const { device: address, ...record } = event.args
  await context.db.insert(device).values({ address, ...record, ...provenance(event) })
})

ponder.on('DeviceStatus:DeviceRevoked', async ({ event, context }) => {
  await context.db.insert(revocation).values({ ...event.args, ...provenance(event) })
})

ponder.on('DeviceStatus:DeviceCompromised', async ({ event, context }) => {
  await context.db.insert(compromise).values({ ...event.args, ...provenance(event) })
})

ponder.on('AnchorLog:GatewayRegistered', async ({ event, context }) => {
  await context.db.insert(gateway).values({ address: event.args.gateway, ...provenance(event) })
})

ponder.on('AnchorLog:BatchAnchored', async ({ event, context }) => {
  await context.db.insert(anchor).values({ ...event.args, ...provenance(event) })
})

ponder.on('Heartbeat:block', async ({ event, context }) => {
  const row = { blockNumber: event.block.number, blockHash: event.block.hash, timestamp: event.block.timestamp }
  await context.db
    .insert(head)
    .values({ id: 0, ...row })
    .onConflictDoUpdate(row)
})
