import type { LiveStatus, PipelineStatus } from '../../src/model/trust.ts'

export interface StatusFacts {
  readonly source: PipelineStatus['source']
  readonly rpc: PipelineStatus['rpc']
  readonly gateway: PipelineStatus['gateway']
  readonly indexer: PipelineStatus['indexer']
  readonly headAgeS: number
  readonly hint: string // what the source says of itself
  readonly live?: LiveStatus
  readonly alarm?: string | null // what must be said before all else, such as replaced code of a directory
}

/** One sentence for the status line: the worst thing first, then where the anchors come from. */
export function sourceWords({ source, rpc, gateway, indexer, headAgeS, hint, live, alarm }: StatusFacts): string {
  if (source === 'recorded') return hint
  if (alarm) return alarm
  if (rpc === 'wrong-chain') return 'The endpoint serves another chain; nothing of it is believed.'
  if (rpc === 'unreachable') return 'The chain endpoint does not answer; what was proven stays, with its age.'
  if (rpc === 'stale') return `The chain’s newest block is ${headAgeS.toFixed(0)} s old; this is not the present.`
  if (gateway === 'unreachable') return 'The gateway does not answer; anchors go on, their readings wait.'
  const own = 'reading the chain itself.'
  if (indexer === 'starting') return `The indexer is still starting: ${own}`
  if (indexer === 'unreachable') return `The indexer does not answer: ${own}`
  if (indexer === 'incomplete') return `The indexer withholds anchors that the chain has: ${own}`
  if (live && live.lost > 0)
    return `This page missed ${live.lost} live messages; they come with their anchored batches.`
  if (live?.way === 'polling') return 'Sockets are blocked here: live messages are asked for again and again.'
  if (source === 'ponder') return 'The indexer names anchors; each is confirmed on the chain.'
  return 'Reading the chain itself.'
}
