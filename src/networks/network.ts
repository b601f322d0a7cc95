import type { Fact, FactGrade } from '../base/quantity.ts'
import type { AssetKind } from '../model/asset.ts'

/** Values of an asset's parameters, all of them set. */
export type Params = Readonly<Record<string, number>>

/** Writes a fact down in one line: value, unit, who says so, as of when, how well backed. */
export const fact = (value: number, unit: string, source: string, asOf: string, grade: FactGrade): Fact => ({
  value,
  unit,
  source,
  asOf,
  grade,
})

/** A fact of a rule set or a cost, with its name in it. */
export interface NetworkFact {
  readonly id: string
  readonly title: string
  readonly fact: Fact
}

/** The parts a network is made of, named one by one so that they can be swapped and compared. */
export const NETWORK_PARTS = ['settlement', 'identity', 'proof', 'compute', 'dataAvailability', 'governance'] as const
export type NetworkPart = (typeof NETWORK_PARTS)[number]

export interface PartInfo {
  readonly title: string // 'Solana'; 'none' where the network has no such part
  readonly source: string
  readonly asOf: string
}

/** What can go wrong with a network, whatever it earns. */
export const RISKS = ['regulation', 'privacy', 'scaling', 'concentration'] as const
export type Risk = (typeof RISKS)[number]

/** A network told to somebody who has never heard of it. */
export interface Story {
  readonly node: string // what stands there
  readonly proves: string // and how
  readonly pays: string // who, for what
  readonly burns: string // what becomes of tokens
  readonly risks: Readonly<Record<Risk, string>>
}

/** What a rule set is worth: only an active one may be a default. closed: withdrawn, or its vote was lost. */
export const ERA_STATUS = ['active', 'approved', 'draft', 'closed', 'historic'] as const
export type EraStatus = (typeof ERA_STATUS)[number]

/** A token as the plan needs it. Absent for networks that pay in money. */
export interface Token {
  readonly symbol: string
  readonly baseUnit: string // 'bones', 'attoFIL'
  readonly decimals: number
  readonly price: Driver // median = dated snapshot; its id is TOKEN_PRICE
  readonly cap: NetworkFact | null // most that can ever exist; null: no cap
}
export const TOKEN_PRICE = 'token-price'

/** Share of the time a node is on and reachable: a driver that every node has. */
export const UPTIME = 'uptime'
/** USD per kWh that the operator pays: a driver that every node has; its median is the scenario's setting. */
export const ENERGY_PRICE = 'energy-price'

/**
 * An uncertain number: its median is a fact, its P10 and P90 say how far it may be off.
 * log: spread by ratio · share: by odds, stays in (0, 1) · plain: by difference, may be 0.
 */
export interface Driver {
  readonly id: string
  readonly title: string
  readonly fact: Fact // median
  readonly p10: number
  readonly p90: number
  readonly shape: 'log' | 'share' | 'plain'
  readonly most: number // the largest value that makes sense; the search for break-even ends there
  /** A path instead of one value for all months: the logarithm returns to the median at this rate. */
  readonly path?: { readonly volatilityPerYear: Fact; readonly reversionPerYear: Fact }
  /** 'the site carried 62 GB a day instead of 8'. Without it the driver is not offered as a way to break even. */
  readonly wouldBe?: (value: number, median: number, site: Site) => string
}

/** One line of cost: USD = value x how many of its unit the asset has. */
export interface CostLine {
  readonly id: string
  readonly title: string
  readonly fact: Fact
  readonly per: (params: Params) => number
}

/** What the physics knows of the place. Engines fill it in; a figure that nothing computed is NaN and must not be read. */
export interface Site {
  readonly params: Params
  readonly startDay: number // days since 1970-01-01 on which it goes into service
  readonly peopleReached: number // residents for whom it is the best server
  readonly coveredKm2: number
  readonly curtailedShare: number // of its energy that the grid cannot carry, 0 … 1
  readonly pvKwhPerKwp: number // a year's yield at this place
  readonly drawnKwhPerDay: number // what its customers are modelled to draw, as the grid is loaded with it
}

/** Values of all drivers in one month of one draw, by id. */
export type Draw = Readonly<Record<string, number>>

/** One month in the network's own integers. */
export interface Settlement {
  readonly tokens: bigint // base units paid to the operator
  readonly unallocated: bigint // base units that rounding left in the pool
  readonly usd: number // paid in money
  readonly tokenPriceUsd: number // of a whole token; 0 without a token
}

/** A node at its place under one rule set. Everything that does not change from draw to draw was computed before. */
export interface NodeRun {
  /** Whole tokens earned in month `month` (0 …), after the network's share, before own costs. */
  readonly tokens: (draw: Draw, month: number) => number
  /** USD earned in the month, likewise. */
  readonly usd: (draw: Draw, month: number) => number
  /** The same month, exactly: rounded as the network rounds. */
  readonly settle: (draw: Draw, month: number) => Settlement
  /** Share of a month's tokens that is released 0, 1, 2 … months later; absent: all at once. */
  readonly vesting?: readonly number[]
  /** Energy that the work itself takes, beyond what the node draws while idle. */
  readonly workKwh: (draw: Draw, month: number) => number
  /** USD that the work wears out in the month and that must be bought anew. Absent: upkeep covers it. */
  readonly wearUsd?: (draw: Draw, month: number) => number
  /** Tokens that the network charges in the month, fees and penalties. */
  readonly feeTokens: (draw: Draw, month: number) => number
  /** Tokens bound at the start and given back at the end. */
  readonly collateralTokens: (draw: Draw) => number
  /** What it makes in a month, in a unit by which its cost can be levelled. Absent: nothing that can be counted. */
  readonly work?: NodeWork
  /** What decides the income, term by term, for the explanation panel. */
  readonly terms: (draw: Draw) => readonly Term[]
}

/** What a node makes: gigabytes carried, kilowatt-hours sold, hours computed. */
export interface NodeWork {
  readonly unit: string
  readonly perMonth: (draw: Draw, month: number) => number
}

export interface Term {
  readonly title: string
  readonly value: number
  readonly unit: string
  /** What it rests on: ids of drivers, rules or cost lines, or figures of the place as `site.peopleReached`. */
  readonly from?: readonly string[]
}

const nothing = (): number => 0

/** A node that is paid in money: no token, no fee, no collateral. */
export const paidInUsd = (
  usd: NodeRun['usd'],
  workKwh: NodeRun['workKwh'],
  terms: NodeRun['terms'],
  work: NodeWork,
): NodeRun => ({
  tokens: nothing,
  usd,
  settle: (draw, month) => ({ tokens: 0n, unallocated: 0n, usd: usd(draw, month), tokenPriceUsd: 0 }),
  workKwh,
  feeTokens: nothing,
  collateralTokens: nothing,
  terms,
  work,
})

/** The parts of a run that most token networks leave empty. */
export const NO_EXTRAS = { usd: nothing, workKwh: nothing, feeTokens: nothing, collateralTokens: nothing } as const

/** What one kind of asset does in one rule set. */
export interface EarnModel {
  readonly drivers: readonly Driver[]
  readonly run: (site: Site, months: number) => NodeRun
}

/** Exact issue of tokens, epoch by epoch from an anchor. */
export interface Emission {
  readonly title: string
  readonly source: string
  readonly epochS: number
  readonly anchor: string // ISO time of epoch 0
  readonly at: (epoch: number) => bigint // base units
}

/** Who a share of the emission is for. */
export interface Pool {
  readonly id: string
  readonly title: string
  readonly to: 'nodes' | 'stakers' | 'operator' | 'treasury'
}

/** Tokens of one epoch and how they are split: millionths for each pool of the economy, in its order. */
export interface Stream {
  readonly amount: bigint
  readonly millionths: readonly bigint[]
}

/** A rule or a habit changed, to see what would become of the token. */
export interface WhatIf {
  readonly demandScale: number // × what is spent on the network
  readonly feeScale: number // × the share of it that is burnt, or the fee
  readonly issueScale: number // × the scheduled emission
  readonly delayEpochs: number // the schedule comes so many epochs later
}

/** How an economy runs under one what-if. It may keep what it has projected; the same calls give the same answers. */
export interface EconomyRules {
  /** Scheduled tokens of an epoch, given the supply at its start. */
  readonly streams: (epoch: number, supply: bigint) => readonly Stream[]
  /** Tokens that use and fees destroy in it, at a price in 10⁻⁸ USD per token. */
  readonly burn: (epoch: number, supply: bigint, priceE8: bigint) => bigint
  /** Tokens bound at its end: pledged, staked, not yet vested. */
  readonly locked: (epoch: number, supply: bigint) => bigint
  /** Put back beyond the cap of re-emission, out of the smoothed burn. */
  readonly topUp?: (scheduled: bigint, smoothedBurn: bigint, priceE8: bigint) => bigint
}

/** The whole network's tokens, epoch by epoch, in base units. */
export interface TokenEconomy {
  readonly title: string
  readonly source: string
  readonly epochS: number
  readonly start: string // ISO time of epoch 0
  readonly fromFund: boolean // paid out of tokens that exist already, so that paying mints nothing
  readonly supply: bigint // at the start
  readonly pools: readonly Pool[]
  /** Burnt tokens that come back: a running mean over so many epochs, up to a cap. They join the first stream. */
  readonly remint: { readonly epochs: bigint; readonly start: bigint; readonly cap: bigint } | null
  readonly facts: readonly NetworkFact[]
  readonly open: (whatIf: WhatIf) => EconomyRules
}

/** A dated rule set. */
export interface Era {
  readonly id: string // 'helium-mobile@hip149'
  readonly title: string
  readonly from: string // ISO date
  readonly to: string | null // first day it no longer held
  readonly status: EraStatus
  readonly rules: readonly NetworkFact[]
  readonly earn: Partial<Readonly<Record<AssetKind, EarnModel>>>
  readonly emission?: Emission
  readonly economy?: TokenEconomy
}

/** What a kind of asset costs in a network, whatever the rule set. */
export interface NodeType {
  readonly kind: AssetKind
  readonly title: string
  readonly capex: readonly CostLine[] // USD once: bought
  readonly install: readonly CostLine[] // USD once: put up, connected, registered
  readonly opexYear: readonly CostLine[] // USD a year, without energy
  readonly power: CostLine // W, average draw while on
  readonly life: Fact // years
}

/** A DePIN network, whole: everything the product knows of it stands in its one file. */
export interface NetworkSpec {
  readonly id: string
  readonly title: string
  readonly what: string // what a node does and who pays, one sentence
  readonly story: Story
  readonly parts: Readonly<Record<NetworkPart, PartInfo>>
  readonly token: Token | null
  readonly eras: readonly Era[] // newest first
  readonly nodeTypes: readonly NodeType[]
  readonly caveats: readonly string[] // regulation, privacy, what the model leaves out
}

/** Types a network where it is written, so that a mistake shows there and not at its use. */
export const defineNetwork = (network: NetworkSpec): NetworkSpec => network

/** The rule set that is in force by default: the newest active one. */
export const defaultEra = ({ eras }: NetworkSpec): Era => eras.find(({ status }) => status === 'active')!
