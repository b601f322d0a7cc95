import { createConfig } from 'ponder'
import { anchorLogAbi, deviceDirectoryAbi, deviceStatusAbi } from '../../src/chain/abis.ts'
import { readSettings } from './settings.ts'

/**
 * Ponder starts every endpoint at 20 requests a second and lets it grow slowly, out of regard for public services.
 * A chain on this machine needs none: named 16 times, the same endpoint fills a day of blocks in 2 s instead of 14 s.
 */
const LOCAL_LANES = 16
const isLocal = (url: string): boolean => ['127.0.0.1', 'localhost'].includes(new URL(url).hostname)

const { rpcUrl, chainId, startBlock, contracts, pgliteFolder, pollMs } = readSettings(process.env)

export default createConfig({
  database: { kind: 'pglite', directory: pgliteFolder },
  chains: {
    city: {
      id: chainId,
      rpc: isLocal(rpcUrl) ? Array<string>(LOCAL_LANES).fill(rpcUrl) : rpcUrl,
      pollingInterval: pollMs,
      ethGetLogsBlockRange: 2_000, // what IoTeX nodes allow; a local chain does not mind
    },
  },
  contracts: {
    DeviceDirectory: { abi: deviceDirectoryAbi, chain: 'city', address: contracts.directory, startBlock },
    DeviceStatus: { abi: deviceStatusAbi, chain: 'city', address: contracts.status, startBlock },
    AnchorLog: { abi: anchorLogAbi, chain: 'city', address: contracts.anchorLog, startBlock },
  },
  blocks: {
    Heartbeat: { chain: 'city', startBlock, interval: 1 },
  },
})
