import { useEffect, useRef } from 'react'

/** Escape closes what is open, and the focus goes back to where it was before. */
export function useLeave(close: () => void): void {
  const latest = useRef(close)
  latest.current = close
  const before = useRef<Element | null>(null)
  useEffect(() => {
    before.current = document.activeElement
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) latest.current()
    }
    document.addEventListener('keydown', listen)
    return () => {
      document.removeEventListener('keydown', listen)
      // whoever moved the focus elsewhere meanwhile keeps it
      const from = before.current
      if (document.activeElement === document.body && from instanceof HTMLElement && from.isConnected) from.focus()
    }
  }, [])
}
