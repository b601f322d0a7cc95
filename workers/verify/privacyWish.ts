import { fromHex } from '../../src/base/hex.ts'
import type { WithheldBody } from '../../src/chain/gatewayClient.ts'
import type { Anchor } from '../../src/proofs/anchor.ts'
import type { Directory } from '../../src/proofs/directory.ts'

/**
 * Whether a gateway that keeps a body back does what the owners want: every device it names has a proven document that
 * asks for a delay, and the longest of these delays is not over. What a gateway says by itself excuses nothing.
 */
export function isWithheldByWish(
  directory: Directory,
  anchor: Anchor,
  { devices, withheldUntilMs }: WithheldBody,
): boolean {
  let longestS = 0
  for (const address of devices) {
    const privacy = directory.find(fromHex(address)!)?.document?.privacy
    if (privacy?.publish !== 'delayed') return false
    longestS = Math.max(longestS, privacy.delayS)
  }
  return withheldUntilMs <= anchor.anchoredAtMs + longestS * 1000
}
