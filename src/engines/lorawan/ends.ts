/** Ends of packets, soonest first; equal ends in order of slot. A binary heap over two columns. */
export function createEnds() {
  let endS = new Float64Array(64)
  let slot = new Int32Array(64)
  let n = 0
  const before = (ta: number, a: number, tb: number, b: number): boolean => ta < tb || (ta === tb && a < b)
  return {
    size: (): number => n,
    soonestS: (): number => endS[0],
    add(s: number, t: number): void {
      if (n === endS.length) {
        const [widerS, wider] = [new Float64Array(2 * n), new Int32Array(2 * n)]
        widerS.set(endS)
        wider.set(slot)
        endS = widerS
        slot = wider
      }
      let k = n++
      while (k > 0) {
        const up = (k - 1) >> 1
        if (!before(t, s, endS[up], slot[up])) break
        endS[k] = endS[up]
        slot[k] = slot[up]
        k = up
      }
      endS[k] = t
      slot[k] = s
    },
    take(): number {
      const soonest = slot[0]
      const [t, s] = [endS[--n], slot[n]]
      let k = 0
      for (let down = 1; down < n; down = 2 * k + 1) {
        if (down + 1 < n && before(endS[down + 1], slot[down + 1], endS[down], slot[down])) down++
        if (!before(endS[down], slot[down], t, s)) break
        endS[k] = endS[down]
        slot[k] = slot[down]
        k = down
      }
      endS[k] = t
      slot[k] = s
      return soonest
    },
  }
}
