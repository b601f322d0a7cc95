import type { SigningDevice } from './fleet.ts'
import type { Gateway } from './gateway.ts'

export interface LivePlan {
  readonly readingEveryMs: number
  readonly frameEveryMs: number
  readonly batchEveryMs: number
}

const LIVE_PLAN: LivePlan = { readingEveryMs: 5_000, frameEveryMs: 20_000, batchEveryMs: 4_000 }

/** The present: devices send in turn, the gateway seals, and an empty block is mined when nothing was sealed. */
export interface Live {
  /** Devices that send nothing for now, e.g. those whose key was withdrawn. */
  readonly silent: Set<number>
  /** Sends what is due and seals it now; the timer calls this, tests may too. */
  tick(nowMs: number): Promise<void>
  stop(): Promise<void>
}

const MAX_CATCH_UP = 24 // readings after the machine slept; older ones are lost, as with a real device

export function startLive(
  devices: readonly SigningDevice[],
  gateway: Gateway,
  mineAt: (timeS: number) => Promise<number>,
  onError: (error: unknown) => void,
  plan: LivePlan = LIVE_PLAN,
): Live {
  const silent = new Set<number>()
  const dueMs = new Float64Array(devices.length)
  const startMs = Date.now()
  for (const device of devices) {
    dueMs[device.index] = startMs + (plan.frameEveryMs * device.index) / devices.length
    device.nextMs = startMs // at the pace of the present, not of the history
  }

  const send = (device: SigningDevice, nowMs: number): void => {
    const everyMs = device.everyMs ?? plan.readingEveryMs
    const late = nowMs - device.nextMs - MAX_CATCH_UP * everyMs
    if (late > 0) device.nextMs += Math.ceil(late / everyMs) * everyMs
    const times: number[] = []
    for (; device.nextMs <= nowMs; device.nextMs += everyMs) times.push(device.nextMs)
    if (times.length > 0) gateway.submit({ device: device.signer.address, bytes: device.frame(times) })
  }
  const tick = async (nowMs: number): Promise<void> => {
    for (const device of devices) {
      if (silent.has(device.index) || nowMs < dueMs[device.index]!) continue
      send(device, nowMs)
      dueMs[device.index] = Math.max(dueMs[device.index]! + plan.frameEveryMs, nowMs)
    }
    const timeS = Math.floor(nowMs / 1000)
    await gateway.repair(timeS)
    if ((await gateway.seal(timeS)) === null) await mineAt(timeS) // the head shows that the chain lives
  }

  let stopped = false
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = running
      .then(() => (stopped ? undefined : tick(Date.now())))
      .catch((error: unknown) => {
        if (!stopped) onError(error)
      })
  }, plan.batchEveryMs)
  return {
    silent,
    tick,
    async stop() {
      stopped = true
      clearInterval(timer)
      await running
    },
  }
}
