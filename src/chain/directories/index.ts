import type { DirectoryDefinition } from '../directory.ts'
import { ioidV1 } from './ioidV1.ts'
import { ioidV2 } from './ioidV2.ts'
import { own } from './own.ts'

/** Every directory of devices. To add one: write its file here, its id in src/model/trustClass.ts, and its line. */
export const directories: readonly DirectoryDefinition[] = [own, ioidV1, ioidV2]
