import type { NetworkSpec } from '../../networks/network.ts'
import type { RuleStudy } from '../../stores/economy.ts'
import styles from './networks.module.css'
import { formatTokens, tokensOf } from './words.ts'

interface Row {
  readonly title: string
  readonly now: number
  readonly tried: number
}

const signed = (value: number): string =>
  value === 0 ? '±0' : `${value > 0 ? '↑ +' : '↓ −'}${formatTokens(Math.abs(value))}`

/** Who gains and who pays under what is tried: tokens over all years, pool by pool, and what holders have after it. */
export function PoolTable({
  study,
  token,
}: {
  readonly study: RuleStudy
  readonly token: NonNullable<NetworkSpec['token']>
}) {
  const { asItIs, tried, pools } = study
  const whole = (units: bigint): number => tokensOf(units, token.decimals)
  const sum = (of: 'burnt' | 'issued', { years }: RuleStudy['tried']): number =>
    whole(years.reduce((total, year) => total + year[of], 0n))
  const end = ({ years }: RuleStudy['tried']): number => whole(years[years.length - 1]!.supply)
  const rows: Row[] = pools.map(({ title, asItIs: now, whatIf }) => ({ title, now: whole(now), tried: whole(whatIf) }))
  const change = (row: Row): number => row.tried - row.now
  const gains = rows.reduce<Row | null>(
    (best, row) => (change(row) > Math.max(0, best ? change(best) : 0) ? row : best),
    null,
  )
  const pays = rows.reduce<Row | null>(
    (worst, row) => (change(row) < Math.min(0, worst ? change(worst) : 0) ? row : worst),
    null,
  )
  const diluted = end(tried) - end(asItIs)
  const sentences = [
    gains && `${gains.title} gain most: ${formatTokens(change(gains))} ${token.symbol} more.`,
    pays && `${pays.title} pay most: ${formatTokens(-change(pays))} ${token.symbol} less.`,
    diluted > 0 && `Holders pay too: ${formatTokens(diluted)} ${token.symbol} more stand against theirs at the end.`,
    diluted < 0 && `Holders gain: ${formatTokens(-diluted)} ${token.symbol} fewer stand against theirs at the end.`,
    !gains && !pays && diluted === 0 && 'Nobody gains or pays.',
  ].filter((sentence) => typeof sentence === 'string')
  const all: Row[] = [
    ...rows,
    { title: 'Burnt by use', now: sum('burnt', asItIs), tried: sum('burnt', tried) },
    { title: 'Supply at the end', now: end(asItIs), tried: end(tried) },
  ]
  return (
    <div className={styles.pools}>
      <p>{sentences.join(' ')}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">
              {token.symbol} over {asItIs.years.length} years
            </th>
            <th scope="col">in force</th>
            <th scope="col">tried</th>
            <th scope="col">change</th>
          </tr>
        </thead>
        <tbody>
          {all.map((row) => (
            <tr key={row.title}>
              <th scope="row">{row.title}</th>
              <td>{formatTokens(row.now)}</td>
              <td>{formatTokens(row.tried)}</td>
              <td>{signed(change(row))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
