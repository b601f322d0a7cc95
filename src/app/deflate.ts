const bytesOf = async (stream: ReadableStream<Uint8Array>, mostBytes: number): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  let total = 0
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    total += value.length
    if (total > mostBytes) {
      await reader.cancel()
      throw new RangeError(`More than ${mostBytes} bytes came out.`)
    }
    parts.push(value)
  }
  const bytes = new Uint8Array(total)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

const through = (bytes: Uint8Array, stream: GenericTransformStream): ReadableStream<Uint8Array> =>
  new Blob([bytes as BlobPart]).stream().pipeThrough(stream as ReadableWritablePair<Uint8Array, Uint8Array>)

/** DEFLATE without header (RFC 1951), by the platform. */
export const deflate = (bytes: Uint8Array): Promise<Uint8Array> =>
  bytesOf(through(bytes, new CompressionStream('deflate-raw')), Infinity)

/** The way back; rejects when the bytes are none, or when more than `mostBytes` come out of them. */
export const inflate = (bytes: Uint8Array, mostBytes: number): Promise<Uint8Array> =>
  bytesOf(through(bytes, new DecompressionStream('deflate-raw')), mostBytes)
