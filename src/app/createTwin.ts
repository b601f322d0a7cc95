import { createStore } from 'zustand/vanilla'
import type { PictureContext } from '../../scenes/openContext.ts'
import { explainError, TwinError } from '../base/errors.ts'
import { leftOut } from '../model/leftOut.ts'
import { type Scenario, stateOf } from '../model/scenario.ts'
import { createCameraStore } from '../stores/camera.ts'
import { type CityState, createCityStore } from '../stores/city.ts'
import { createClockStore } from '../stores/clock.ts'
import { createCompareStore } from '../stores/compare.ts'
import { createCoverageStore } from '../stores/coverage.ts'
import { createNetworkPageStore, createOutcomeStore, createRankingStore, createStudyStore } from '../stores/economy.ts'
import { createEvidenceStore } from '../stores/evidence.ts'
import { createFeedsStore } from '../stores/feeds.ts'
import { createGridStore } from '../stores/grid.ts'
import { createLayersStore } from '../stores/layers.ts'
import { createLiveStateStore } from '../stores/liveState.ts'
import { createPlacementStore } from '../stores/placement.ts'
import { createPlanStore } from '../stores/plan.ts'
import { createReadingsStore } from '../stores/readings.ts'
import { createSavingStore } from '../stores/saving.ts'
import { createScenarioStore, type ShownPlan } from '../stores/scenario.ts'
import { createSelectionStore } from '../stores/selection.ts'
import { createTourStore } from '../stores/tour.ts'
import { createViewStore } from '../stores/view.ts'
import { createWhereaboutsStore } from '../stores/whereabouts.ts'
import { DEMO_STEPS } from '../ui/demo/demoSteps.ts'
import { LESSON_STEPS } from '../ui/learn/lessonSteps.ts'
import type { TwinStores } from '../ui/stores.ts'
import type { Twin } from '../ui/twin.ts'
import { createActions } from './actions.ts'
import { startClockwork } from './clockwork.ts'
import type { PageConfig } from './config.ts'
import { createEconomyDesk } from './economyDesk.ts'
import { createEngines } from './engines.ts'
import { createFeeds } from './feeds.ts'
import { markCityDrawn } from './firstLight.ts'
import { followModel } from './followModel.ts'
import { openGraphics } from './graphics.ts'
import { APPROACH, APPROACH_S, APPROACH_TALL, home, isTall } from './home.ts'
import { keepPlan } from './keepPlan.ts'
import { followAddress } from './pageAddress.ts'
import { createPipeline, followPlan, provenanceOf } from './pipeline.ts'
import { createPlacing } from './placing.ts'
import { prepareSearch } from './search.ts'
import { applyView, readLink } from './sharing.ts'
import { type CityThread, homeCity } from './startCity.ts'
import { createTours } from './tours.ts'

/** Readings and panels wait for the city to be drawn, and no longer than this. */
const PATIENCE_MS = 6000
const NO_CITY = { city: '', sha256: '0'.repeat(64) }

/** The whole product, joined: stores, workers, feeds, actions. Called once. */
export function createTwin(config: PageConfig, cities: CityThread, picture: PictureContext | null) {
  const city = createCityStore(cities)
  const cityNow = () => city.getState().city
  const engines = createEngines(() => {
    const own = cityNow()
    if (own) return own
    throw new TwinError('CITY_EMPTY', 'The city is still being loaded.')
  })
  const scenario = createScenarioStore(NO_CITY)
  const graphics = openGraphics(picture)
  const origin = (own: Scenario) =>
    provenanceOf(config.version, config.gitHash, own, city.getState().loaded?.sha256 ?? NO_CITY.sha256)
  const pipeline = createPipeline({ engines, city: cityNow, origin })

  const desk = createEconomyDesk({ scenario: () => scenario.getState(), pipeline })

  const stores: TwinStores = {
    city,
    readings: createReadingsStore(),
    feeds: createFeedsStore(),
    evidence: createEvidenceStore(),
    whereabouts: createWhereaboutsStore(),
    liveState: createLiveStateStore(),
    clock: createClockStore(Date.now()),
    layers: createLayersStore(),
    selection: createSelectionStore(),
    camera: createCameraStore(isTall() ? APPROACH_TALL : APPROACH),
    view: createViewStore({
      door: config.door,
      webgl: config.webgl && graphics.renderer !== null,
      tier: graphics.tier,
    }),
    scenario,
    placement: createPlacementStore(),
    grid: createGridStore(engines.gridPort),
    coverage: createCoverageStore(pipeline.runCoverage),
    plan: createPlanStore(pipeline.runReport),
    compare: createCompareStore(),
    networkPage: createNetworkPageStore(config.network),
    outcome: createOutcomeStore(desk.outcome),
    study: createStudyStore(desk.study),
    ranking: createRankingStore(desk.rank),
    saving: createSavingStore(),
    demo: createTourStore(DEMO_STEPS.length),
    lesson: createTourStore(LESSON_STEPS.length),
  }
  const { compare, view, clock, camera } = stores

  // the scene shows the plan being edited, or the one it is compared with
  const shown = createStore<ShownPlan>()(() => ({ state: scenario.getState().state, revision: 0 }))
  const showPlan = () => {
    const { shown: side, other } = compare.getState()
    const state = side === 'a' && other ? stateOf(other.scenario) : scenario.getState().state
    if (state !== shown.getState().state) shown.setState({ state, revision: shown.getState().revision + 1 })
  }
  scenario.subscribe(showPlan)
  compare.subscribe(showPlan)

  const feeds = createFeeds({
    baseUrl: config.baseUrl,
    pins: config.pins,
    feeds: stores.feeds,
    readings: stores.readings,
    clock,
  })
  const placing = createPlacing(stores)
  const cityReady = () =>
    new Promise<void>((resolve) => {
      if (cityNow()) return resolve()
      const off = city.subscribe(({ city: own }) => {
        if (!own) return
        off()
        resolve()
      })
    })
  const tours = createTours({ stores, feeds, cityReady })
  const actions = createActions({
    stores,
    feeds,
    pipeline,
    placing,
    origin,
    startTour: (tour) => void tours.start(tour),
    leaveTours: tours.leave,
  })

  followPlan({
    shown,
    scenario: () => scenario.getState().scenario,
    showsMine: () => compare.getState().shown === 'b',
    coverage: stores.coverage,
    grid: stores.grid,
    plan: stores.plan,
    pipeline,
    ready: () => cityNow() !== null,
  })
  // whoever looks at something else has done with the file
  stores.selection.subscribe((now, then) => {
    if (now.selected && now.selected !== then.selected) stores.evidence.getState().close()
  })
  followModel({ grid: stores.grid, readings: stores.readings, city: cityNow, feeds })
  followAddress(stores.networkPage)
  startClockwork(clock, stores.feeds, stores.demo)
  // planning needs the grid: it is laid while the planner looks around
  const needGrid = () => {
    const { door } = view.getState()
    if (door === 'plan' && cityNow() && !stores.grid.getState().map && stores.grid.getState().opening === null) {
      // the day without anything placed comes first: what a kept or shared plan does is told against it
      void stores.grid.getState().start({ ...scenario.getState().state, assets: new Map() })
    }
  }
  view.subscribe((now, then) => now.door !== then.door && needGrid())

  let stopSearch = () => {}
  const onCity = ({ loaded, error }: CityState, then: CityState) => {
    if (error && error !== then.error && loaded) view.getState().notify({ tone: 'error', text: explainError(error) })
    if (!loaded || loaded === then.loaded) return
    clock.getState().setUtcOffset(loaded.city.meta.utcOffsetH)
    stores.grid.getState().clear()
    stores.coverage.getState().clear()
    stores.selection.getState().select(null)
    stopSearch()
    stopSearch = prepareSearch(loaded.city)
    const base = { city: loaded.city.meta.id, sha256: loaded.sha256 }
    const own = scenario.getState().scenario
    if (own.base.city !== base.city) scenario.getState().reset(base)
    else if (own.base.sha256 !== base.sha256) scenario.getState().open({ ...own, base })
    if (then.loaded) camera.getState().flyTo({ xM: 0, yM: 0, distanceM: 2500 })
    const left = leftOut(loaded.findings)
    if (then.loaded && left) view.getState().notify({ tone: 'info', text: `${loaded.city.meta.title}: ${left}.` })
    needGrid()
  }
  city.subscribe(onCity)

  /** From here on demo, lesson and planning need no network; the page says so to whoever waits for it. */
  const prepareOffline = async () => {
    try {
      await Promise.all([
        feeds.hold(),
        engines.warm(),
        cities.warm(),
        import('../ui/networks/NetworkPage.tsx'),
        import('../ui/inspect/AssetEarnings.tsx'),
      ])
      document.documentElement.dataset.offline = 'ready'
    } catch (error) {
      if (!(error instanceof TwinError)) throw error // a worker that does not start says so when it is needed
    }
  }

  // until the city stands, both cores have enough to do: what it does not need begins after that, or when it is late
  let stands = () => {}
  const standing = new Promise<void>((resolve) => {
    stands = resolve
  })
  const opening = camera.getState().pose
  const approach = () => {
    const { pose, flight } = camera.getState()
    if (!config.share && pose === opening && !flight) camera.getState().flyTo(home(), APPROACH_S) // nobody moved it
  }
  void standing.then(() => {
    approach()
    void prepareOffline()
  })
  const cityHadItsTurn = Promise.race([standing, new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS))])
  const begin = async () => {
    void feeds.open(cityHadItsTurn)
    const there = await city.getState().load(homeCity(config))
    if (!there || !view.getState().webgl) stands() // no picture to wait for
    if (!there) return
    const { restored, setAside } = await keepPlan({ scenario, saving: stores.saving, origin })
    if (setAside)
      view.getState().notify({
        tone: 'warning',
        text: 'The kept plan could not be read. It was set aside, not deleted; an empty plan is open.',
      })
    const base = scenario.getState().scenario.base
    if (config.share) {
      try {
        const linked = await readLink(config.share)
        if (linked.base.city !== base.city)
          throw new TwinError(
            'CITY_MISMATCH',
            `This link is for "${linked.base.city}", and the page shows "${base.city}".`,
          )
        scenario.getState().open({ ...linked, base })
        if (linked.view) applyView(linked.view, stores)
        view.getState().enter('plan')
      } catch (error) {
        if (!(error instanceof TwinError)) throw error
        view.getState().notify({ tone: 'error', text: explainError(error) })
      }
    } else if (restored && restored.base.city === base.city) scenario.getState().open({ ...restored, base })
    if (config.door === 'demo' || config.door === 'learn') void tours.start(config.door === 'demo' ? 'demo' : 'lesson')
  }

  return {
    twin: { stores, actions } satisfies Twin,
    shown,
    placing,
    begin,
    renderer: graphics.renderer,
    /** To be called when a frame held the whole of a city. */
    onWhole: () => {
      markCityDrawn()
      // trees have a frame of their own, after the first that holds all else
      void standing.then(() => requestAnimationFrame(() => void city.getState().plant()))
    },
    /** To be called when the picture holds the whole city, and can be drawn without waiting. */
    onPicture: () => stands(),
    /** What lies over the city comes after it, or when it is late. */
    cityHadItsTurn,
  }
}

export type CreatedTwin = ReturnType<typeof createTwin>
