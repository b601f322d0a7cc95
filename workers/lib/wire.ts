import { type TransferHandler, transferHandlers } from 'comlink'
import { type ErrorCode, type ErrorDetails, TwinError } from '../../src/base/errors.ts'

interface Thrown {
  readonly value: unknown
}
interface TwinOnWire {
  readonly code: ErrorCode
  readonly message: string
  readonly details: ErrorDetails
}
interface OnWire {
  readonly twin?: TwinOnWire
  readonly other?: unknown
}

let installed = false

/**
 * Lets a {@link TwinError} cross threads whole. Comlink's own handler keeps name, message and stack only,
 * so the code that callers branch on would be lost. Both sides call this; a second call does nothing.
 */
export function installErrorWire(): void {
  if (installed) return
  installed = true
  const builtIn = transferHandlers.get('throw') as TransferHandler<Thrown, unknown>
  const handler: TransferHandler<Thrown, OnWire> = {
    canHandle: builtIn.canHandle,
    serialize(thrown) {
      const { value } = thrown
      if (value instanceof TwinError) {
        return [
          {
            twin: {
              code: value.code,
              message: value.message,
              details: value.details,
            },
          },
          [],
        ]
      }
      return [{ other: builtIn.serialize(thrown)[0] }, []]
    },
    deserialize({ twin, other }) {
      if (twin) throw new TwinError(twin.code, twin.message, twin.details)
      return builtIn.deserialize(other)
    },
  }
  transferHandlers.set('throw', handler as TransferHandler<unknown, unknown>)
}
