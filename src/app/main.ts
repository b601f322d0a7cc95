import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../ui/theme.css'
import { App } from './App.tsx'
import { readConfig } from './config.ts'
import { createTwin } from './createTwin.ts'

const root = document.getElementById('root')
if (root) {
  const created = createTwin(readConfig(location.href))
  createRoot(root).render(
    <StrictMode>
      <App created={created} />
    </StrictMode>,
  )
  void created.begin()
}
