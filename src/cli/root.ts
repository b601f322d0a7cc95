import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

function findRoot(from: string): string {
  const file = join(from, 'package.json')
  if (existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'veracity') return from
  const above = dirname(from)
  if (above === from) throw new Error('The folder of the project was not found above its own command line.')
  return findRoot(above)
}

/** The folder of the project, from its sources and from the bundle alike. */
export const projectRoot: string = findRoot(dirname(fileURLToPath(import.meta.url)))

/** Where everything goes that is built or runs, and is not for keeping. */
export const cacheDir: string = join(projectRoot, '.veracity')
