// Headers hold long runs of zeros (the bloom filter above all). Packed, a run is a zero byte and its length, 1 to 255.

/** Bytes with each run of zeros written as 0 and its length. */
export function packZeros(bytes: Uint8Array): Uint8Array {
  const packed = new Uint8Array(2 * bytes.length)
  let at = 0
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i]!
    packed[at++] = byte
    i++
    if (byte !== 0) continue
    let run = 1
    while (run < 255 && bytes[i] === 0) {
      run++
      i++
    }
    packed[at++] = run
  }
  return packed.slice(0, at)
}

/** What was packed; null when it was not packed in the one way there is, or would have more than `limit` bytes. */
export function unpackZeros(packed: Uint8Array, limit: number): Uint8Array | null {
  const bytes = new Uint8Array(limit)
  let length = 0
  let runBefore = 255 // of the run that ended right before; a shorter one would have gone on
  for (let i = 0; i < packed.length; i++) {
    const byte = packed[i]!
    const run = byte === 0 ? packed[++i] : undefined
    if (byte === 0 && (!run || runBefore < 255)) return null
    runBefore = run ?? 255
    const end = length + (run ?? 1)
    if (end > limit) return null
    if (run === undefined) bytes[length] = byte
    length = end
  }
  return bytes.slice(0, length)
}
