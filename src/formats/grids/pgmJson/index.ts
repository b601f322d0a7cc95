import { TwinError } from '../../../base/errors.ts'
import { createFindings } from '../../../base/findings.ts'
import { defineGridFormat } from '../gridFormat.ts'
import { applyUpdate } from './checkRows.ts'
import { readTables } from './tables.ts'
import { toCase } from './toCase.ts'

const HEAD_BYTES = 4096

/** Input and batch-update files of power-grid-model, rows as objects, lists or columns. */
export default defineGridFormat({
  id: 'pgm-json',
  title: 'power-grid-model JSON',
  extensions: ['.json'],
  sniff(bytes) {
    const head = new TextDecoder().decode(bytes.subarray(0, HEAD_BYTES))
    return /^\s*\{/.test(head) && head.includes('"is_batch"')
  },
  read(bytes, updates) {
    const input = readTables(bytes)
    const base = input.scenarios[0]
    if (input.type !== 'input' || input.isBatch || !base)
      throw new TwinError(
        'FORMAT_BROKEN',
        `The file is of type "${input.type}"${input.isBatch ? ', a batch' : ''}; expected a single "input".`,
      )
    const findings = createFindings()
    if (!updates) return { cases: [toCase(base, 'power-grid-model input', findings)], findings: findings.list() }

    const update = readTables(updates)
    if (update.type !== 'update')
      throw new TwinError('FORMAT_BROKEN', `The update file is of type "${update.type}", expected "update".`)
    const cases = update.scenarios.map((scenario, k) =>
      toCase(applyUpdate(base, scenario), `scenario ${k + 1}`, findings),
    )
    return { cases, findings: findings.list() }
  },
})
