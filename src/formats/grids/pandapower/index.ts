import { TwinError } from '../../../base/errors.ts'
import { defineGridFormat } from '../gridFormat.ts'
import { readNet } from './frames.ts'
import { toCase } from './toCase.ts'

const HEAD_BYTES = 4096

/** Networks as pandapower's to_json writes them; results in the file are left aside. */
export default defineGridFormat({
  id: 'pandapower',
  title: 'pandapower JSON',
  extensions: ['.json'],
  sniff(bytes) {
    const head = new TextDecoder().decode(bytes.subarray(0, HEAD_BYTES))
    return /^\s*\{/.test(head) && head.includes('pandapowerNet')
  },
  read(bytes, updates) {
    if (updates) throw new TwinError('BAD_USAGE', 'A pandapower network takes no update file.')
    return { cases: [toCase(readNet(bytes))], findings: [] }
  },
})
