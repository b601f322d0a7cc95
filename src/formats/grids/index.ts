import { TwinError } from '../../base/errors.ts'
import type { GridFormat } from './gridFormat.ts'
import matpower from './matpower/index.ts'
import openDss from './openDss/index.ts'
import pandapower from './pandapower/index.ts'
import pgmJson from './pgmJson/index.ts'

/** Every grid format. To add one: write its folder, and its line here. */
export const gridFormats: readonly GridFormat[] = [pgmJson, matpower, openDss, pandapower]

/**
 * The format of a file by its content.
 *
 * Throws   FORMAT_UNKNOWN
 */
export function gridFormatOf(bytes: Uint8Array): GridFormat {
  const format = gridFormats.find(({ sniff }) => sniff(bytes))
  if (format) return format
  const known = gridFormats.map(({ title }) => title).join(', ')
  throw new TwinError('FORMAT_UNKNOWN', `This is no grid file that can be read; expected one of: ${known}.`, { known })
}
