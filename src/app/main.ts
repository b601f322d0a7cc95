import { openContext } from '../../scenes/openContext.ts'
import '../ui/theme.css'
import { readConfig } from './config.ts'
import { startCity } from './startCity.ts'

// the city's thread works, and the graphics process wakes, while the page's program is still read; hence this small
// first file
const root = document.getElementById('root')
if (root) {
  const config = readConfig(location.href)
  const cities = startCity(config)
  const page = import('./page.tsx')
  const picture = openContext()
  page.then(
    ({ showPage }) => showPage(root, config, cities, picture),
    () => {
      root.textContent = 'The program of this page could not be fetched. Check the connection and load it again.'
    },
  )
}
