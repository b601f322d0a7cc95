import { TwinError } from '../../base/errors.ts'
import { estimateState } from '../../engines/grid/estimateState.ts'
import { defineCommand } from '../command.ts'
import { readBalanced } from '../grid/readGrid.ts'
import { readReadings } from '../grid/readingsFile.ts'
import { jsonText, numberOption, onlyPositional, textOption } from '../options.ts'
import { readJson } from '../readJson.ts'

export const gridEstimate = defineCommand({
  name: 'grid estimate',
  usage: 'FILE --readings FILE [--threshold N] [--load-share N]',
  summary: 'state estimation: the most likely voltages, and the devices that physics contradicts',
  options: { readings: { type: 'string' }, threshold: { type: 'string' }, 'load-share': { type: 'string' } },
  help: [
    '  --readings FILE   [{"device", "quantity": "voltage"|"p"|"q", "node" | "branch" and "end", "value", "sigma", "proof": 0…5}]',
    '                    in pu, W and var; power at a node is drawn there; sigma is the device’s own standard error',
    '  --threshold N     normalised residual from which a reading is bad, default 4',
    '  --load-share N    standard error of loads nobody measures, share of them, default 0.5 (assumed)',
    '',
    'Readings below proof level 2 weigh nothing; level 2 counts with twice, level 3 with 1.25 times its error (assumed).',
    'Exit 1 when the estimation does not converge or a device is suspected.',
  ].join('\n'),
  async run(args, io) {
    const path = textOption(args, 'readings')
    if (path === undefined)
      throw new TwinError('BAD_USAGE', '--readings is missing: a file of readings.', { option: 'readings' })
    const threshold = numberOption(args, 'threshold', 4, { min: 1, max: 100, whole: false })
    const loadShare = numberOption(args, 'load-share', 0.5, { min: 0.001, max: 10, whole: false })
    const { grid, findings } = readBalanced(onlyPositional(args, 'a grid file'))
    const estimate = estimateState(grid, readReadings(readJson(path), path), { threshold, loadShare })
    const { converged, suspects, readings, nodes } = estimate
    if (args.values.json) io.out(jsonText({ ...estimate, findings }))
    else if (!converged) io.out('The estimation did not converge.')
    else {
      const used = readings.filter(({ status }) => status === 'used' || status === 'unchecked').length
      const widest = Math.max(...nodes.map(({ sigmaPu }) => (Number.isNaN(sigmaPu) ? 0 : sigmaPu)))
      io.out(`${used} of ${readings.length} readings used; voltages known to ${(widest * 100).toFixed(3)} % or better`)
      for (const device of suspects) io.out(`${device}: contradicted by the rest of the grid, taken out`)
    }
    return converged && suspects.length === 0 ? 0 : 1
  },
})
