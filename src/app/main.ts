import '../ui/theme.css'
import { readConfig } from './config.ts'
import { startCity } from './startCity.ts'

// the city's thread works while the page's program is still read; hence this small first file
const root = document.getElementById('root')
if (root) {
  const config = readConfig(location.href)
  const cities = startCity(config)
  import('./page.tsx').then(
    ({ showPage }) => showPage(root, config, cities),
    () => {
      root.textContent = 'The program of this page could not be fetched. Check the connection and load it again.'
    },
  )
}
