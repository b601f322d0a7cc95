import { explainError, TwinError } from '../base/errors.ts'
import { createEnu } from '../geo/enu.ts'
import { hashOf } from '../model/hash.ts'
import { placeAddress, placeName } from '../model/placeName.ts'
import type { Provenance } from '../model/provenance.ts'
import type { Scenario } from '../model/scenario.ts'
import { emptyScenario } from '../model/scenario.ts'
import { readScenarioFile, writeScenarioFile } from '../model/scenarioFile.ts'
import { jsonSafe } from '../plan/report.ts'
import type { IotexCheckpoint } from '../proofs/iotex/checkpoint.ts'
import type { CameraPose } from '../stores/camera.ts'
import type { Pick } from '../stores/selection.ts'
import type { TwinActions } from '../ui/actions.ts'
import { saveText } from '../ui/saveText.ts'
import type { TwinStores } from '../ui/stores.ts'
import { boardOf } from './board.ts'
import type { Feeds } from './feeds.ts'
import { home } from './home.ts'
import { importNotice } from './importNotice.ts'
import { kpiCsv } from './kpiCsv.ts'
import { createLiveNow } from './liveNow.ts'
import { createNetworkNow } from './networkNow.ts'
import { shownEvidence, tellApart } from './openFiles.ts'
import type { Pipeline } from './pipeline.ts'
import type { createPlacing } from './placing.ts'
import { searchAll } from './search.ts'
import { applyView, makeLink, viewNow } from './sharing.ts'

export interface ActionParts {
  readonly stores: TwinStores
  readonly feeds: Feeds
  readonly pipeline: Pipeline
  readonly placing: ReturnType<typeof createPlacing>
  readonly origin: (scenario: Scenario) => Provenance
  readonly startTour: (tour: 'demo' | 'lesson') => void
  readonly leaveTours: () => void
}

const isSameEpoch = (a: IotexCheckpoint, b: IotexCheckpoint): boolean => a.chainId === b.chainId && a.epoch === b.epoch

const local = new Float64Array(2)
const NEAR_M = 420

/** Everything a person can ask of the page, as the interface calls it. */
export function createActions({
  stores,
  feeds,
  pipeline,
  placing,
  origin,
  startTour,
  leaveTours,
}: ActionParts): TwinActions {
  const { city, readings, scenario, grid, view, selection, camera, clock, layers, compare } = stores

  /** Runs something that may fail in a named way; says so where everybody sees it. */
  const told = async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof TwinError)) throw error
      if (error.code !== 'JOB_CANCELLED') view.getState().notify({ tone: 'error', text: explainError(error) })
      return undefined
    }
  }

  const placeOf = (pick: Pick): Place | null => {
    const own = city.getState().city
    if (!own) return null
    const enu = createEnu(own.meta.originLatDeg, own.meta.originLonDeg)
    const geo = (latDeg: number, lonDeg: number, heightM: number): Place => {
      enu.toLocal(latDeg, lonDeg, local)
      return { xM: local[0]!, yM: local[1]!, heightM }
    }
    switch (pick.kind) {
      case 'building':
        return {
          xM: own.buildings.centreXM[pick.index]!,
          yM: own.buildings.centreYM[pick.index]!,
          heightM: own.buildings.heightM[pick.index]! / 2,
        }
      case 'device': {
        const device = readings.getState().devices[pick.index]
        return device ? geo(device.latDeg, device.lonDeg, device.heightM) : null
      }
      case 'asset': {
        const asset = scenario.getState().state.assets.get(pick.id)
        return asset ? geo(asset.latDeg, asset.lonDeg, 0) : null
      }
      default: {
        const { map } = grid.getState()
        if (!map) return null
        const bus = pick.kind === 'bus' ? pick.index : map.branchTo[pick.index]!
        return { xM: map.busXM[bus]!, yM: map.busYM[bus]!, heightM: 0 }
      }
    }
  }

  const flyNear = (place: Place) => {
    const { pose } = camera.getState()
    const to: Partial<CameraPose> = {
      ...place,
      distanceM: Math.min(Math.max(pose.distanceM, 160), NEAR_M + place.heightM * 2),
      tiltRad: 1.05,
    }
    camera.getState().flyTo(to)
  }

  const openScenario = (next: Scenario) => {
    const base = scenario.getState().scenario.base
    if (next.base.city !== base.city)
      throw new TwinError('CITY_MISMATCH', `This plan is for "${next.base.city}", and the page shows "${base.city}".`)
    if (next.base.sha256 !== base.sha256) {
      view.getState().notify({
        tone: 'warning',
        text: 'This plan was made on another version of the map; heights and coverage may differ.',
      })
    }
    scenario.getState().open({ ...next, base })
    if (next.view) applyView(next.view, stores)
    view.getState().enter('plan')
  }

  const openBundle = async (file: File) => {
    await feeds.drop(file)
    view.getState().enter('explore')
    const home = feeds.home()
    view.getState().notify({
      tone: 'info',
      text: `The readings are those of "${file.name}" now.`,
      action: {
        label: home === 'live' ? 'Back to the live city' : 'Back to the recorded day',
        run: () => void feeds.use(home),
      },
    })
  }

  /** One checkpoint for each epoch of a chain: what is pinned later counts. */
  const pin = async (checkpoint: IotexCheckpoint) => {
    const others = stores.feeds.getState().checkpoints.filter((one) => !isSameEpoch(one, checkpoint))
    await feeds.believe([...others, checkpoint])
    view.getState().notify({
      tone: 'info',
      text: `The ${checkpoint.delegates.length} delegates of IoTeX epoch ${checkpoint.epoch} are pinned. Blocks of that epoch count as final here if more than two thirds of them signed; files are judged so from now on.`,
    })
  }

  const liveNow = createLiveNow(stores)
  const networkNow = createNetworkNow(stores)

  const withView = (): Scenario => {
    const seen = viewNow(stores)
    const own = scenario.getState().scenario
    return seen ? { ...own, view: seen } : own
  }

  return {
    visit(pick) {
      selection.getState().select(pick)
      const place = placeOf(pick)
      if (place) flyNear(place)
    },
    flyHome: () => camera.getState().flyTo(home()),
    search: (query) => searchAll(city.getState().city, readings.getState().devices, query),

    async openFiles(files) {
      await told(async () => {
        const opened = await tellApart(files)
        if (opened.kind === 'scenario') openScenario(opened.scenario)
        else if (opened.kind === 'bundle') await openBundle(opened.file)
        else if (opened.kind === 'whereabouts') liveNow.show(opened.whereabouts)
        else if (opened.kind === 'checkpoint') await pin(opened.checkpoint)
        else if (opened.kind === 'evidence') {
          const checked = await feeds.verifier().openBundle(opened.bytes)
          selection.getState().select(null)
          stores.evidence.getState().open(shownEvidence(opened.name, checked))
        } else if (opened.kind === 'import') {
          // a device of the page's own directory is the one signer that nobody need name
          const signers = readings.getState().devices.map(({ address }) => address)
          view.getState().notify(importNotice(await feeds.verifier().openImport(opened.bytes, signers)))
        } else {
          const done = await city
            .getState()
            .load({ files: opened.files.map((file) => ({ name: file.name, bytes: file })) })
          const { error } = city.getState()
          if (!done && error) throw error
        }
      })
    },

    askWhereabouts: liveNow.ask,
    stopAsking: liveNow.stop,
    askNetwork: networkNow.ask,
    stopAskingNetwork: networkNow.stop,
    saveWhereabouts: liveNow.save,
    forgetWhereabouts: liveNow.forget,
    async unpin(checkpoint) {
      await told(() => feeds.believe(stores.feeds.getState().checkpoints.filter((one) => one !== checkpoint)))
    },

    async explain(frameKey) {
      const explanation = await feeds.verifier().explain(frameKey)
      if (explanation) return explanation
      throw new TwinError('PROOF_MALFORMED', 'This message is not kept any more.')
    },
    framesOf: (device) => feeds.verifier().framesOf(device, 20),
    async saveEvidence(frameKey) {
      await told(async () => {
        const text = await feeds.verifier().evidence(frameKey)
        if (text === null) throw new TwinError('PROOF_MALFORMED', 'This message is not kept any more.')
        saveText(`veracity-evidence-${frameKey.slice(2, 12)}.json`, 'application/json', text)
      })
    },
    async frameBytes(frameKey) {
      const bytes = await feeds.verifier().bytesOf(frameKey)
      if (bytes) return bytes
      throw new TwinError('PROOF_MALFORMED', 'This message is not kept any more.')
    },
    async flipBit(frameKey, byte, bit) {
      const bytes = await feeds.verifier().bytesOf(frameKey)
      if (!bytes) throw new TwinError('PROOF_MALFORMED', 'This message is not kept any more.')
      const altered = bytes.slice()
      altered[byte] = altered[byte]! ^ (1 << bit)
      const judged = await feeds.verifier().judge(frameKey, altered)
      if (judged) return judged
      throw new TwinError('PROOF_MALFORMED', 'This message is not kept any more.')
    },
    async setMischief(mischief) {
      await told(async () => {
        await feeds.verifier().setMischief(mischief)
        stores.feeds.getState().describe({ mischief })
      })
    },
    watchFeed: (feed) => void feeds.use(feed),

    async runDay() {
      layers.getState().show('grid', true)
      await grid.getState().start(scenario.getState().state)
    },
    cancelDay: () => grid.getState().cancel(),
    showWorstHour() {
      const { run } = grid.getState()
      if (!run.result) return
      const { summary, day } = run.result
      const { nowMs, utcOffsetH } = clock.getState()
      const midnight = Math.floor((nowMs + utcOffsetH * 3600_000) / 86_400_000) * 86_400_000 - utcOffsetH * 3600_000
      clock.getState().scrub(midnight + (summary.highestStep + 0.5) * day.stepS * 1000 - nowMs)
      layers.getState().show('grid', true)
      layers.getState().show('coverage', false) // its colours lie under the lines in question
      const pick: Pick = { kind: 'branch', index: summary.highestBranch }
      selection.getState().select(pick)
      const place = placeOf(pick)
      if (place) flyNear(place)
    },

    placeAt: placing.placeAt,
    placeAtCentre(kind) {
      const { xM, yM } = camera.getState().pose
      return placing.placeLocal(kind, xM, yM)
    },
    askWhichNetwork(building) {
      const own = city.getState().city
      if (!own) return
      const { centreXM, centreYM, tags } = own.buildings
      createEnu(own.meta.originLatDeg, own.meta.originLonDeg).toGeo(centreXM[building]!, centreYM[building]!, local)
      const title = placeName(tags, building) || placeAddress(tags, building) || 'This building'
      stores.networkPage.getState().ask({ latDeg: local[0]!, lonDeg: local[1]!, title })
    },
    async saveScenario() {
      await told(async () => {
        const own = withView()
        const name =
          own.title
            .replace(/[^\p{L}\p{N}]+/gu, '-')
            .replace(/^-|-$/g, '')
            .toLowerCase() || 'plan'
        saveText(`${name}.veracity.json`, 'application/json', writeScenarioFile(own, origin(own)))
      })
    },
    async share() {
      const own = withView()
      return makeLink(own, origin(own), location.href)
    },
    async compareWith(what) {
      await told(async () => {
        const mine = scenario.getState().scenario
        const other =
          what === 'baseline'
            ? { ...emptyScenario(mine.base, 'City as it is'), edits: mine.edits.filter((e) => e.kind === 'setting') }
            : readScenarioFile(await what.text()).scenario
        if (other.base.city !== mine.base.city)
          throw new TwinError(
            'CITY_MISMATCH',
            `That plan is for "${other.base.city}", and the page shows "${mine.base.city}".`,
          )
        compare.getState().setOther({ title: other.title, scenario: other, report: null })
        const { report } = await pipeline.evaluate(other, grid.getState().baseline?.summary ?? null)
        if (compare.getState().other?.scenario === other)
          compare.getState().setOther({ title: other.title, scenario: other, report })
      })
    },
    newPlan() {
      const { edits, base } = scenario.getState().scenario
      const old = scenario.getState().scenario
      scenario.getState().reset(base)
      selection.getState().select(null)
      compare.getState().setOther(null)
      if (edits.length > 0) {
        view.getState().notify({
          tone: 'info',
          text: 'A new, empty plan.',
          action: { label: 'Back to the old one', run: () => scenario.getState().open(old) },
        })
      }
    },
    exportKpis() {
      const report = stores.plan.getState().run.result
      if (report) saveText('veracity-figures.csv', 'text/csv', kpiCsv(report))
    },

    startDemo: () => startTour('demo'),
    demoBoard() {
      const kpis = boardOf(stores)
      return kpis && { kpis, hash: hashOf(jsonSafe(kpis)) }
    },
    startLesson: () => startTour('lesson'),
    leaveTours,
  }
}

interface Place {
  readonly xM: number
  readonly yM: number
  readonly heightM: number
}
