import { TwinError } from '../../../base/errors.ts'
import { defineGridFormat } from '../gridFormat.ts'
import { readTables } from './readTables.ts'
import { toCase } from './toCase.ts'

const HEAD_BYTES = 65536

/** Case files of MATPOWER, version 2, with the unit conversions that distribution cases carry in code. */
export default defineGridFormat({
  id: 'matpower',
  title: 'MATPOWER case',
  extensions: ['.m'],
  sniff(bytes) {
    const head = new TextDecoder().decode(bytes.subarray(0, HEAD_BYTES))
    return /^\s*(%[^\n]*\n\s*)*function\s+\w+\s*=\s*\w+/.test(head)
  },
  read(bytes, updates) {
    if (updates) throw new TwinError('BAD_USAGE', 'A MATPOWER case takes no update file.')
    return { cases: [toCase(readTables(new TextDecoder().decode(bytes)))], findings: [] }
  },
})
