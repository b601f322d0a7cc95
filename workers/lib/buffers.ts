/** Every buffer behind the typed arrays and array buffers in a value, each once: what is to be transferred with it. */
export function buffersOf(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>()
  const visit = (part: unknown): void => {
    if (part instanceof ArrayBuffer) found.add(part)
    else if (ArrayBuffer.isView(part)) visit(part.buffer)
    else if (part instanceof Map) for (const entry of part.values()) visit(entry)
    // a list of numbers or words holds no buffers, and may be long
    else if (Array.isArray(part)) {
      if (typeof part[0] === 'object') part.forEach(visit)
    } else if (typeof part === 'object' && part !== null) Object.values(part).forEach(visit)
  }
  visit(value)
  return [...found]
}
