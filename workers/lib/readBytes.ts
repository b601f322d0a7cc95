import { TwinError } from '../../src/base/errors.ts'

/** Limits and reports of reading bytes from somewhere. */
export interface ReadBytesOptions {
  readonly maxBytes: number
  readonly signal: AbortSignal
  readonly onProgress: (fraction: number) => void
}

const tooLarge = (name: string, maxBytes: number): TwinError =>
  new TwinError('FORMAT_BROKEN', `"${name}" is too large: more than ${maxBytes} bytes once unpacked.`, { file: name })

const unreadable = (name: string, why: string): TwinError =>
  new TwinError('FILE_UNREADABLE', `"${name}" could not be read: ${why}.`, { file: name })

/** The last part of an address, without query: the file's name. */
export function nameOfUrl(url: string): string {
  const last = url.replace(/[?#].*$/, '').replace(/^.*\//, '')
  try {
    return decodeURIComponent(last) || url
  } catch {
    return last // a per cent sign that encodes nothing
  }
}

/**
 * Fetches a file.
 *
 * Throws   FILE_UNREADABLE when the server does not answer or says no, FORMAT_BROKEN when it is too large
 */
export async function fetchBytes(url: string, { maxBytes, signal, onProgress }: ReadBytesOptions): Promise<Uint8Array> {
  const name = nameOfUrl(url)
  let response: Response
  try {
    response = await fetch(url, { signal })
  } catch (error) {
    if (signal.aborted) throw cancelled()
    throw unreadable(name, error instanceof Error ? error.message : 'the server does not answer')
  }
  if (!response.ok) throw unreadable(name, `the server answers ${response.status} ${response.statusText}`.trim())
  const expected = Number(response.headers.get('content-length')) || 0
  if (!response.body) return new Uint8Array(await response.arrayBuffer())
  return collect(response.body, name, maxBytes, signal, (bytes) =>
    onProgress(expected > 0 ? Math.min(1, bytes / expected) : 0.5),
  )
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/**
 * Unpacks bytes when they are gzip, whatever the file is called; returns them as they are when not.
 *
 * Throws   FORMAT_BROKEN when the packing is damaged or what comes out is too large
 */
export async function gunzipIfPacked(
  bytes: Uint8Array,
  name: string,
  { maxBytes, signal, onProgress }: ReadBytesOptions,
): Promise<Uint8Array> {
  if (!isGzip(bytes)) return bytes
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('gzip'))
  try {
    return await collect(stream, name, maxBytes, signal, () => onProgress(0.5))
  } catch (error) {
    if (error instanceof TwinError) throw error
    throw new TwinError('FORMAT_BROKEN', `"${name}" is damaged: it could not be unpacked.`, { file: name })
  }
}

/** "a.vcity.gz" without the packing. */
export const unpackedName = (name: string): string => name.replace(/\.gz$/i, '')

export const cancelled = (): TwinError => new TwinError('JOB_CANCELLED', 'The job was cancelled.')

async function collect(
  stream: ReadableStream<Uint8Array>,
  name: string,
  maxBytes: number,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let total = 0
  const reader = stream.getReader()
  for (;;) {
    if (signal.aborted) {
      void reader.cancel()
      throw cancelled()
    }
    const { done, value } = await reader.read()
    if (done) break
    total += value.length
    if (total > maxBytes) {
      void reader.cancel()
      throw tooLarge(name, maxBytes)
    }
    parts.push(value)
    onBytes(total)
  }
  const bytes = new Uint8Array(total)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
