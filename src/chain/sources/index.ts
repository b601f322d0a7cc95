import type { SourceDefinition } from '../source.ts'
import { chainLogs } from './chainLogs.ts'
import { ponder } from './ponder.ts'
import { recorded } from './recorded.ts'

/** Every source of anchors, the one to prefer first. To add one: write its file here, and its line. */
export const sources: readonly SourceDefinition[] = [recorded, ponder, chainLogs]
