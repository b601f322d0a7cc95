import { TwinError } from '../../src/base/errors.ts'
import { createBackoff } from '../../src/chain/clock.ts'
import type { GatewayClient } from '../../src/chain/gatewayClient.ts'
import type { Clock } from '../../src/chain/source.ts'
import type { Directory } from '../../src/proofs/directory.ts'

export interface DocumentKeeperParts {
  readonly gateway: GatewayClient
  readonly directory: Directory
  readonly clock: Clock
  onGateway(state: 'ok' | 'unreachable'): void
  onDocuments(): void
}

/** Fetches device documents whenever somebody says that there may be new ones. */
export interface DocumentKeeper {
  want(): void
  run(signal: AbortSignal): Promise<void>
}

const LOOK_EVERY_MS = 50

export function createDocumentKeeper(parts: DocumentKeeperParts): DocumentKeeper {
  const { gateway, directory, clock } = parts
  let wanted = true
  return {
    want() {
      wanted = true
    },
    async run(signal) {
      const backoff = createBackoff()
      while (!signal.aborted) {
        if (!wanted || directory.size === 0) {
          await clock.sleep(LOOK_EVERY_MS, signal)
          continue
        }
        try {
          const documents = await gateway.documents(signal)
          wanted = false
          directory.addDocuments(documents)
          backoff.reset()
          parts.onGateway('ok')
          parts.onDocuments()
        } catch (error) {
          if (signal.aborted) return
          if (!(error instanceof TwinError)) throw error
          parts.onGateway('unreachable')
          await clock.sleep(backoff.nextMs(), signal)
        }
      }
    },
  }
}
