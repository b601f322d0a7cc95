import { TwinError } from '../base/errors.ts'
import { networkById, networks } from '../networks/index.ts'
import { defaultEra, type Era, type NetworkSpec } from '../networks/network.ts'
import type { CliArgs } from './command.ts'
import { textOption } from './options.ts'

/** The network of that id. Throws BAD_USAGE. */
export function networkNamed(id: string): NetworkSpec {
  const network = networkById.get(id)
  if (network) return network
  const known = networks.map((n) => n.id).join(', ')
  throw new TwinError('BAD_USAGE', `"${id}" is no known network; expected one of: ${known}.`, { network: id })
}

/** The rule set of --era, or the one in force. Throws BAD_USAGE. */
export function eraOption(args: CliArgs, network: NetworkSpec): Era {
  const id = textOption(args, 'era')
  if (id === undefined) return defaultEra(network)
  const era = network.eras.find((e) => e.id === id)
  if (era) return era
  const known = network.eras.map((e) => e.id).join(', ')
  throw new TwinError('BAD_USAGE', `${network.title} has no rule set "${id}"; it has: ${known}.`, { era: id })
}
