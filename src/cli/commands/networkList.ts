import { networks } from '../../networks/index.ts'
import { defaultEra, type NetworkSpec } from '../../networks/network.ts'
import { defineCommand } from '../command.ts'
import { jsonText } from '../options.ts'

/** A network as a document: everything of the spec that is data. */
function documentOf(network: NetworkSpec) {
  const { id, title, what, parts, token, eras, nodeTypes, caveats } = network
  const line = ({ id: of, title: name, fact }: { id: string; title: string; fact: object }) => ({
    id: of,
    title: name,
    ...fact,
  })
  return {
    id,
    title,
    what,
    era: defaultEra(network).id,
    parts,
    token: token && {
      symbol: token.symbol,
      baseUnit: token.baseUnit,
      decimals: token.decimals,
      price: token.price.fact,
      cap: token.cap?.fact ?? null,
    },
    eras: eras.map(({ id: era, title: name, from, to, status, rules, earn, emission, economy }) => ({
      id: era,
      title: name,
      from,
      to,
      status,
      facts: rules.map(line),
      earns: Object.fromEntries(
        Object.entries(earn).map(([kind, model]) => [
          kind,
          model.drivers.map(({ p10, p90, shape, ...driver }) => ({ ...line(driver), p10, p90, shape })),
        ]),
      ),
      economy: economy
        ? { title: economy.title, source: economy.source, pools: economy.pools, facts: economy.facts.map(line) }
        : null,
      emission: emission ? { title: emission.title, source: emission.source, epochS: emission.epochS } : null,
    })),
    nodeTypes: nodeTypes.map(({ kind, title: name, capex, install, opexYear, power, life }) => ({
      kind,
      title: name,
      capex: capex.map(line),
      install: install.map(line),
      opexYear: opexYear.map(line),
      power: line(power),
      life,
    })),
    caveats,
  }
}

const table = (network: NetworkSpec): string =>
  [
    `${network.id}  ${network.title}: ${network.what}`,
    ...network.eras.flatMap(({ id, title, from, to, status, rules }) => [
      `  ${id}  ${title}, ${status}, ${from} to ${to ?? 'today'}`,
      ...rules.map(
        ({ title: name, fact: f }) => `    ${name}: ${f.value} ${f.unit}  [${f.grade}, ${f.asOf}; ${f.source}]`,
      ),
    ]),
  ].join('\n')

export const networkList = defineCommand({
  name: 'network list',
  usage: '',
  summary: 'every DePIN network with its facts',
  async run(args, io) {
    if (args.values.json) io.out(jsonText({ networks: networks.map(documentOf) }))
    else io.out(networks.map(table).join('\n\n'))
    return 0
  },
})
