import { createContext, useContext } from 'react'

/** Work on the picture that would be too long inside a frame, done one piece a task, so that input is heard between. */
export interface Chores {
  /** Queues one piece of at most some tens of milliseconds. */
  add(work: () => void): void
  /** Whether something still has to come into the picture. */
  readonly isBusy: boolean
}

export function createChores(): Chores {
  const queue: (() => void)[] = []
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    queue[0]?.()
    queue.shift()
    if (queue.length > 0) port2.postMessage(null)
  }
  return {
    add(work) {
      if (queue.push(work) === 1) port2.postMessage(null)
    },
    get isBusy() {
      return queue.length > 0
    },
  }
}

export const ChoresContext = createContext<Chores | null>(null)

export function useChores(): Chores {
  const chores = useContext(ChoresContext)
  if (!chores) throw new Error('useChores stands outside of ChoresContext.')
  return chores
}
