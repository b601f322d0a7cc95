import { lazy } from 'react'
import { useSlice } from '../twin.ts'
import { Fetched } from './Fetched.tsx'

const NetworkPage = lazy(() => import('../networks/NetworkPage.tsx'))

/** The page of a network over everything else, fetched when first asked for. */
export function NetworkLayer() {
  const isOpen = useSlice('networkPage', (s) => s.page !== null)
  if (!isOpen) return null
  return (
    <Fetched what="The page of this network">
      <NetworkPage />
    </Fetched>
  )
}
