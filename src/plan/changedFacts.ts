import type { Fact } from '../base/quantity.ts'
import type { CostLine, Driver, NodeType } from '../networks/network.ts'
import type { DriverChange } from './plannedNode.ts'

/** Id of the life of a node among its facts. */
export const LIFE = 'life'

/** A fact as somebody knows it better: it says so, and why. */
const instead = (fact: Fact, { value, reason }: DriverChange): Fact => ({
  ...fact,
  value,
  source: `changed: ${reason}`,
  grade: 'assumption',
})

export function changedDriver(driver: Driver, changes: readonly DriverChange[]): Driver {
  const change = changes.find((c) => c.driver === driver.id)
  if (!change) return driver
  const { p10, p90 } = change
  return { ...driver, fact: instead(driver.fact, change), p10, p90, most: Math.max(driver.most, p90) }
}

function changedLine(line: CostLine, changes: readonly DriverChange[]): CostLine {
  const change = changes.find((c) => c.driver === line.id)
  return change ? { ...line, fact: instead(line.fact, change) } : line
}

export function changedType(type: NodeType, changes: readonly DriverChange[]): NodeType {
  if (changes.length === 0) return type
  const all = (lines: readonly CostLine[]): CostLine[] => lines.map((line) => changedLine(line, changes))
  const life = changes.find((c) => c.driver === LIFE)
  return {
    ...type,
    capex: all(type.capex),
    install: all(type.install),
    opexYear: all(type.opexYear),
    power: changedLine(type.power, changes),
    life: life ? instead(type.life, life) : type.life,
  }
}

const linesOf = ({ capex, install, opexYear, power }: NodeType): CostLine[] => [
  ...capex,
  ...install,
  ...opexYear,
  power,
]

export const costIds = (type: NodeType): string[] => [...linesOf(type).map(({ id }) => id), LIFE]

/** A fact of a node by its id, as it was stated: title, unit and value. */
export function statedFact(
  drivers: readonly Driver[],
  type: NodeType,
  id: string,
): { readonly title: string; readonly fact: Fact } | undefined {
  if (id === LIFE) return { title: 'Life', fact: type.life }
  return [...drivers, ...linesOf(type)].find((one) => one.id === id)
}

/** Why a driver cannot be what a change says; null when it can. */
export function senseless({ title, shape }: Driver, { value, p10, p90 }: DriverChange): string | null {
  const got = `"${title}" is changed to ${value} (P10 ${p10}, P90 ${p90})`
  if (!(p10 <= value && value <= p90)) return `${got}, expected P10, value and P90 in rising order.`
  if (shape === 'log' && !(p10 > 0)) return `${got}, expected more than 0 throughout.`
  if (shape === 'share' && !(p10 >= 0 && p90 <= 1)) return `${got}, expected 0 to 1 throughout.`
  return null
}

/** The same for a cost line or the life. */
export function senselessCost({ driver, value }: DriverChange): string | null {
  if (driver === LIFE)
    return value >= 1 / 12 && value <= 100 ? null : `The life is changed to ${value} a, expected 1/12 to 100.`
  return value >= 0 && value < 1e12 ? null : `"${driver}" is changed to ${value}, expected 0 or more.`
}
