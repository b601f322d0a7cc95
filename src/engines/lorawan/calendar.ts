/**
 * A calendar of one appointment for each of n devices, read in order of time; equal times in order of device.
 * Time is cut into slots with a list each; only the slot being read is sorted.
 */
export interface Calendar {
  /** Enters a device's next appointment; one at or beyond the end is dropped. Never before the time last read. */
  add(device: number, timeS: number): void
  /** The next device, or -1 at the end. */
  next(): number
  readonly timeS: Float64Array // [n] appointment of each device
}

/** Creates an empty calendar over [0, endS) for an expected number of appointments in all. */
export function createCalendar(devices: number, endS: number, expected: number): Calendar {
  const slots = Math.min(Math.max(Math.ceil(expected / 4), 1024), 1 << 22)
  const perS = slots / endS
  const head = new Int32Array(slots).fill(-1)
  const link = new Int32Array(devices)
  const timeS = new Float64Array(devices)
  let slot = -1
  let day = new Int32Array(64) // devices of the slot being read, sorted
  let size = 0
  let at = 0

  const slotOf = (t: number): number => Math.min(Math.floor(t * perS), slots - 1)
  const before = (a: number, b: number): boolean => timeS[a] < timeS[b] || (timeS[a] === timeS[b] && a < b)

  const insert = (device: number): void => {
    if (size === day.length) {
      const wider = new Int32Array(2 * size)
      wider.set(day)
      day = wider
    }
    let k = size++
    while (k > at && before(device, day[k - 1])) {
      day[k] = day[k - 1]
      k--
    }
    day[k] = device
  }

  return {
    timeS,
    add(device, t) {
      if (!(t < endS)) return
      timeS[device] = t
      const s = slotOf(t)
      if (s <= slot) insert(device)
      else {
        link[device] = head[s]
        head[s] = device
      }
    },
    next() {
      while (at === size) {
        if (++slot >= slots) return -1
        at = 0
        size = 0
        for (let device = head[slot]; device >= 0; device = link[device]) insert(device)
      }
      return day[at++]
    },
  }
}
