/** Numbered things by key, the least first; equal keys in order of number. */
export interface KeyHeap {
  size(): number
  leastKey(): number
  add(item: number, key: number): void
  /** The item with the least key, taken out. */
  take(): number
}

/** Creates an empty binary heap over two columns, which grow. */
export function createKeyHeap(): KeyHeap {
  let keys = new Float64Array(64)
  let items = new Int32Array(64)
  let n = 0
  const before = (ka: number, a: number, kb: number, b: number): boolean => ka < kb || (ka === kb && a < b)
  return {
    size: () => n,
    leastKey: () => keys[0],
    add(item, key) {
      if (n === keys.length) {
        const [widerKeys, wider] = [new Float64Array(2 * n), new Int32Array(2 * n)]
        widerKeys.set(keys)
        wider.set(items)
        keys = widerKeys
        items = wider
      }
      let k = n++
      while (k > 0) {
        const up = (k - 1) >> 1
        if (!before(key, item, keys[up], items[up])) break
        keys[k] = keys[up]
        items[k] = items[up]
        k = up
      }
      keys[k] = key
      items[k] = item
    },
    take() {
      const least = items[0]
      const key = keys[--n]
      const item = items[n]
      let k = 0
      for (let down = 1; down < n; down = 2 * k + 1) {
        if (down + 1 < n && before(keys[down + 1], items[down + 1], keys[down], items[down])) down++
        if (!before(keys[down], items[down], key, item)) break
        keys[k] = keys[down]
        items[k] = items[down]
        k = down
      }
      keys[k] = key
      items[k] = item
      return least
    },
  }
}
