import { join } from 'node:path'
import { cacheDir } from '../root.ts'

/** Where the default city lies once it is built. */
export const defaultCityDir: string = join(cacheDir, 'city')
