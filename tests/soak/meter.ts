import type { CreatedTwin } from '../../src/app/createTwin.ts'

/** What the page measured of itself. Times in ms. */
export interface Measured {
  /** From the device's clock at signing to the store, of every frame that came first over any way. */
  readonly toStore: readonly number[]
  /** The same to the end of the next drawn frame. */
  readonly toDrawn: readonly number[]
  /** Main-thread time between two frames that messages of workers took, stores and their readers included. */
  readonly ingestPerFrame: readonly number[]
  /** Main-thread time of each single message of a worker. */
  readonly perMessage: readonly number[]
  readonly readings: number // handed to the store
  readonly verdicts: Readonly<Record<string, number>> // of frames that had a row of their own
}

export interface Meter {
  take(): Measured
  /** Devices whose newest frame is not the expected one: address -> number behind its last reading. */
  behind(expected: Readonly<Record<string, number>>): number
  status(): unknown
  devices(): number
}

/** Times every message a port brings, its decoding included. Must run before anybody listens. */
function timeMessages(add: (ms: number) => void): void {
  const { addEventListener } = MessagePort.prototype
  MessagePort.prototype.addEventListener = function (
    this: MessagePort,
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void {
    if (type !== 'message' || typeof listener !== 'function') {
      addEventListener.call(this, type, listener as EventListener, options)
      return
    }
    const timed = (event: Event): void => {
      const start = performance.now()
      listener.call(this, event)
      add(performance.now() - start)
    }
    addEventListener.call(this, type, timed, options)
  }
}

/** Watches a page from its first moment. */
export function createMeter(): { watch(created: CreatedTwin): Meter } {
  let ingestMs = 0
  let perMessage: number[] = []
  timeMessages((ms) => {
    ingestMs += ms
    perMessage.push(ms)
  })
  return {
    watch({ twin }) {
      const { readings } = twin.stores
      let toStore: number[] = []
      let toDrawn: number[] = []
      let ingestPerFrame: number[] = []
      let undrawn: number[] = [] // signing times of what came since the last frame
      let count = 0
      let verdicts: Record<string, number> = {}
      const { addReadings, addFrames } = readings.getState()

      readings.setState({
        addReadings(columns, wallMs) {
          addReadings(columns, wallMs)
          const nowMs = Date.now()
          const { device, timeMs } = columns
          count += device.length
          for (let i = 0; i < device.length; i++) {
            // the last reading of a frame: another device follows, or an earlier time
            if (device[i] === device[i + 1] && timeMs[i]! < timeMs[i + 1]!) continue
            toStore.push(nowMs - timeMs[i]!)
            undrawn.push(timeMs[i]!)
          }
        },
        addFrames(frames, wallMs) {
          addFrames(frames, wallMs)
          for (const { verdict } of frames) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1
        },
      })
      const drawn = new MessageChannel()
      let pending: number[] = []
      drawn.port1.onmessage = () => {
        const nowMs = Date.now()
        for (const timeMs of pending) toDrawn.push(nowMs - timeMs)
      }
      const frame = (): void => {
        ingestPerFrame.push(ingestMs)
        ingestMs = 0
        pending = undrawn
        undrawn = []
        // a message sent now is heard after this frame's callbacks have drawn
        if (pending.length > 0) drawn.port2.postMessage(null)
        requestAnimationFrame(frame)
      }
      requestAnimationFrame(frame)

      return {
        take() {
          const measured = { toStore, toDrawn, ingestPerFrame, perMessage, readings: count, verdicts }
          perMessage = []
          toStore = []
          toDrawn = []
          ingestPerFrame = []
          verdicts = {}
          return measured
        },
        behind(expected) {
          const { devices, buffers } = readings.getState()
          let behind = Object.keys(expected).length
          for (const [i, { address }] of devices.entries()) {
            const frame = buffers.frame[i]
            if (frame && frame.seqFirst + frame.readings === expected[address] && frame.level === 4) behind--
          }
          return behind
        },
        status: () => readings.getState().status,
        devices: () => readings.getState().devices.filter(({ documentProven }) => documentProven).length,
      }
    },
  }
}
