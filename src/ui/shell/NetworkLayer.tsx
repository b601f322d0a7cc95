import { lazy, Suspense } from 'react'
import { useSlice } from '../twin.ts'

const NetworkPage = lazy(() => import('../networks/NetworkPage.tsx'))

/** The page of a network over everything else, fetched when first asked for. */
export function NetworkLayer() {
  const isOpen = useSlice('networkPage', (s) => s.page !== null)
  if (!isOpen) return null
  return (
    <Suspense fallback={null}>
      <NetworkPage />
    </Suspense>
  )
}
