import { defineCommand } from '../command.ts'
import { eraOption, networkNamed } from '../networkOption.ts'
import { jsonText, numberOption, onlyPositional } from '../options.ts'

const MAX_EPOCHS = 1_000_000

export const economyEmission = defineCommand({
  name: 'economy emission',
  usage: 'NETWORK --epochs N',
  summary: 'exact token emissions',
  options: { epochs: { type: 'string' }, from: { type: 'string' }, era: { type: 'string' } },
  help: [
    '  --epochs N   how many epochs, 1 to 1,000,000',
    '  --from N     first epoch, default 0',
    '  --era ID     another rule set than the one in force',
    'Amounts are whole base units, written as strings. A network without emission ends with 1.',
  ].join('\n'),
  async run(args, io) {
    const network = networkNamed(onlyPositional(args, 'the id of a network'))
    const era = eraOption(args, network)
    const epochs = numberOption(args, 'epochs', 1, { min: 1, max: MAX_EPOCHS })
    const from = numberOption(args, 'from', 0, { min: 0, max: 1e9 })
    const { emission } = era
    const head = { network: network.id, era: era.id }
    if (!emission || !network.token) {
      const reason = `${network.title} issues no token under ${era.title}.`
      if (args.values.json) io.out(jsonText({ ...head, emission: null, reason }))
      else io.err(reason)
      return 1
    }
    const anchorMs = Date.parse(emission.anchor)
    let total = 0n
    const rows = Array.from({ length: epochs }, (_, i) => {
      const epoch = from + i
      const amount = emission.at(epoch)
      total += amount
      return {
        epoch,
        startsAt: new Date(anchorMs + epoch * emission.epochS * 1000).toISOString(),
        amount: String(amount),
      }
    })
    const { symbol, baseUnit, decimals } = network.token
    if (args.values.json) {
      const { title, source, epochS, anchor } = emission
      io.out(
        jsonText({ ...head, title, source, symbol, baseUnit, decimals, epochS, anchor, rows, total: String(total) }),
      )
    } else {
      io.out(`${emission.title}\n${emission.source}`)
      for (const { epoch, startsAt, amount } of rows) io.out(`${epoch}  ${startsAt}  ${amount} ${baseUnit}`)
      io.out(`in all ${total} ${baseUnit}`)
    }
    return 0
  },
})
