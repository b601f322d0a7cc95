import { faultCurrents } from '../../engines/grid/shortCircuit.ts'
import { defineCommand } from '../command.ts'
import { readBalanced } from '../grid/readGrid.ts'
import { jsonText, onlyPositional } from '../options.ts'

export const gridFaults = defineCommand({
  name: 'grid faults',
  usage: 'FILE',
  summary: 'short-circuit currents to IEC 60909 at every node of a grid file',
  help: 'Sources need a short-circuit power. Greatest and least currents by the voltage factors of the standard; no motors.',
  async run(args, io) {
    const { grid, findings } = readBalanced(onlyPositional(args, 'a grid file'))
    const nodes = faultCurrents(grid)
    if (args.values.json) io.out(jsonText({ standard: 'IEC 60909-0:2016', nodes, findings }))
    else
      for (const { id, threePhaseA, peakA, leastA } of nodes)
        io.out(
          `node ${id}: I"k3 ${(threePhaseA / 1e3).toFixed(3)} kA, peak ${(peakA / 1e3).toFixed(3)} kA, least ${(leastA / 1e3).toFixed(3)} kA`,
        )
    return 0
  },
})
