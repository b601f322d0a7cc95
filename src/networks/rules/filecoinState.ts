import { fact } from '../network.ts'

const SNAPSHOT = 'mechafil-server state of 2025-09-09'
const DATE = '2025-09-09'

/** The network on the day of the snapshot: where every projection starts. */
export const STATE = {
  date: DATE,
  dayReward: fact(78_712, 'FIL/d', SNAPSHOT, DATE, 'doc'),
  rawPowerEib: fact(3.071, 'EiB', SNAPSHOT, DATE, 'doc'),
  qualityPowerEib: fact(23.52, 'EiB', SNAPSHOT, DATE, 'doc'),
  baselineEib: fact(82.8, 'EiB', SNAPSHOT, DATE, 'doc'),
  circulating: fact(781_950_000, 'FIL', SNAPSHOT, DATE, 'doc'),
  pledgePerSector: fact(0.1374, 'FIL per 32 GiB of quality-adjusted power', SNAPSHOT, DATE, 'doc'),
  dailyFeePerFilByte: fact(1.61817e-25, 'FIL/d per FIL and byte', 'FIP-0100', '2025-04-14', 'doc'),
} as const
