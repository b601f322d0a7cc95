/** Networks whose state can be asked for. */
export const LIVE_STATE_IDS = ['iotex', 'iotex-testnet', 'filecoin', 'near', 'helium-iot', 'helium-mobile'] as const
export type LiveStateId = (typeof LIVE_STATE_IDS)[number]

export const LIVE_STATE_TITLES: Readonly<Record<LiveStateId, string>> = {
  iotex: 'IoTeX mainnet',
  'iotex-testnet': 'IoTeX testnet',
  filecoin: 'Filecoin',
  near: 'NEAR',
  'helium-iot': 'Helium IoT',
  'helium-mobile': 'Helium Mobile',
}

/** One figure that a network's endpoint named, exactly as it named it. */
export interface LiveFigure {
  readonly id: string
  readonly title: string
  readonly amount: bigint // in the smallest unit
  readonly decimals: number // of `unit`: value = amount / 10^decimals
  readonly unit: string
  readonly source: string // the call that gave it, or the citation of a snapshot
}

/** What one endpoint said of a network at one time. Nothing of it was proven here. */
export interface LiveState {
  readonly network: LiveStateId
  readonly takenAtMs: number
  readonly askedAt: string // the host that answered, or where a snapshot is from
  readonly complete: boolean // false: the source had more than was read
  readonly figures: readonly LiveFigure[]
}

/** An answer, or what stands in for it: a snapshot is never shown without its label. */
export type LiveAnswer =
  | { readonly kind: 'live'; readonly state: LiveState }
  | { readonly kind: 'snapshot'; readonly state: LiveState; readonly why: string }
  | { readonly kind: 'none'; readonly why: string }

/** `amount` as a decimal number, without rounding. */
export function exactText({ amount, decimals }: Pick<LiveFigure, 'amount' | 'decimals'>): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const rest = digits.slice(digits.length - decimals).replace(/0+$/, '')
  return `${amount < 0n ? '-' : ''}${whole}${rest ? `.${rest}` : ''}`
}

/** The label under which an answer is shown. */
export function liveLabel(answer: LiveAnswer): string {
  if (answer.kind === 'none') return `${answer.why} No snapshot is known.`
  const day = new Date(answer.state.takenAtMs).toISOString()
  if (answer.kind === 'live') return `Said by ${answer.state.askedAt} at ${day}; not proven here.`
  return `${answer.why} SNAPSHOT of ${day.slice(0, 10)} from ${answer.state.askedAt}, not live.`
}
