import { TwinError } from '../../../base/errors.ts'
import { createFindings } from '../../../base/findings.ts'
import { defineGridFormat } from '../gridFormat.ts'
import { readScript } from './readScript.ts'
import { tidyCase } from './tidyCase.ts'
import { toPhaseCase } from './toPhaseCase.ts'

const HEAD_BYTES = 65536

/** Scripts of OpenDSS, with the files they redirect to. What calculates, draws or exports in them is passed over. */
export default defineGridFormat({
  id: 'opendss',
  title: 'OpenDSS script',
  extensions: ['.dss'],
  sniff(bytes) {
    const head = new TextDecoder().decode(bytes.subarray(0, HEAD_BYTES))
    return /^\s*((!|\/\/)[^\n]*\n\s*)*(clear(all)?\s|set\s+\w+\s*=|new\s+(object\s*=\s*)?circuit\.|(redirect|compile)\s)/i.test(
      head,
    )
  },
  read(bytes, updates, lookup = () => null) {
    if (updates) throw new TwinError('BAD_USAGE', 'An OpenDSS script takes no update file.')
    const findings = createFindings()
    const phaseCases = [tidyCase(toPhaseCase(readScript(bytes, lookup), findings))]
    return { cases: [], phaseCases, findings: findings.list() }
  },
})
