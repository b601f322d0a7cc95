import type { Hex } from '../base/hex.ts'
import type { AssetKind } from '../model/asset.ts'
import type { LiveStateId } from '../model/liveState.ts'
import type { Kpi } from '../model/plan.ts'
import type { FrameExplanation, FrameRow } from '../model/trust.ts'
import type { WhereaboutsId } from '../model/whereabouts.ts'
import type { FeedId, FeedsState, Mischief } from '../stores/feeds.ts'
import type { Pick } from '../stores/selection.ts'

/** Something the search found, wherever it comes from. */
export interface Hit {
  readonly pick: Pick | null // what to select, when it can be selected
  readonly title: string
  readonly subtitle: string
  readonly xM: number
  readonly yM: number
}

/** A link for others, or why there is none. */
export interface SharedLink {
  readonly url: string | null
  readonly length: number
  readonly warning: string | null
}

/** What the interface may ask for. Each promise settles with the product's own errors only; screens show them. */
export interface TwinActions {
  /** Flies to a thing and selects it. */
  visit(pick: Pick): void
  flyHome(): void
  search(query: string): readonly Hit[]

  /** Opens dropped or chosen files: a city, a scenario, a bundle, evidence or a checkpoint, told apart by their content. */
  openFiles(files: readonly File[]): Promise<void>
  /** Believes a checkpoint of IoTeX no longer. */
  unpin(checkpoint: FeedsState['checkpoints'][number]): Promise<void>
  /** Asks a public source which real devices stand in this city; what it says goes to the store, as a claim. */
  askWhereabouts(source: WhereaboutsId): Promise<void>
  stopAsking(): void
  saveWhereabouts(source: WhereaboutsId): void
  forgetWhereabouts(source: WhereaboutsId): void
  /** Asks a network’s public endpoint for its state; the answer, or its labelled snapshot, goes to the store. */
  askNetwork(id: LiveStateId): Promise<void>
  stopAskingNetwork(): void
  explain(frameKey: Hex): Promise<FrameExplanation>
  framesOf(device: number): Promise<readonly FrameRow[]>
  saveEvidence(frameKey: Hex): Promise<void>
  /** Flips one bit of a frame in the viewer's hands and has the verify worker judge it. */
  flipBit(frameKey: Hex, byte: number, bit: number): Promise<FrameExplanation>
  frameBytes(frameKey: Hex): Promise<Uint8Array>
  setMischief(mischief: Mischief): Promise<void>
  watchFeed(feed: FeedId): void

  runDay(): Promise<void>
  cancelDay(): void
  showWorstHour(): void

  /** Places something; returns the refusal as a sentence, or null when it stands. */
  placeAt(kind: AssetKind, latDeg: number, lonDeg: number): string | null
  placeAtCentre(kind: AssetKind): string | null
  /** Asks which network suits the roof of a building. */
  askWhichNetwork(building: number): void
  saveScenario(): Promise<void>
  share(): Promise<SharedLink>
  compareWith(what: 'baseline' | File): Promise<void>
  newPlan(): void
  exportKpis(): void

  startDemo(): void
  /** The demo's figures with their fingerprint; null while something is still being computed. */
  demoBoard(): { kpis: readonly Kpi[]; hash: string } | null
  startLesson(): void
  leaveTours(): void
}
