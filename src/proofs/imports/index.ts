import { dimo } from './dimo.ts'
import { eas } from './eas.ts'
import { frames } from './frames.ts'
import type { Importer } from './importer.ts'
import { jws } from './jws.ts'
import { pebble } from './pebble.ts'

/** Every importer of signed statements, in the order in which they are asked. To add one: write its file here, and its line. */
export const importers: readonly Importer[] = [frames, pebble, eas, dimo, jws]
