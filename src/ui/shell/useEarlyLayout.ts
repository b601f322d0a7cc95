import { useEffect } from 'react'
import { useTwin } from '../twin.ts'

const EVERY_MS = 150
/** Without readings there is nothing more to wait for. */
const NO_LONGER_MS = 20_000

/**
 * Lays the page out between tasks until a frame has shown the first reading. While the graphics processor is busy with
 * the city no frame comes, and the first to come would have to lay out in one go all that was set down meanwhile.
 */
export function useEarlyLayout(): void {
  const { readings } = useTwin().stores
  useEffect(() => {
    const began = performance.now()
    let frame = 0
    const timer = setInterval(() => {
      void document.body.offsetHeight
      if (performance.now() - began > NO_LONGER_MS) clearInterval(timer)
      else if (frame === 0 && readings.getState().firstLightMs !== null)
        frame = requestAnimationFrame(() => clearInterval(timer))
    }, EVERY_MS)
    return () => {
      clearInterval(timer)
      cancelAnimationFrame(frame)
    }
  }, [readings])
}
