import { emptyScenario, type Scenario } from '../model/scenario.ts'
import { SHOWN_VERDICTS } from '../model/trust.ts'
import type { LayerId } from '../stores/layers.ts'
import { visibleLayers } from '../stores/layers.ts'
import type { Theme } from '../stores/view.ts'
import { DEMO_STEPS, type DemoStep } from '../ui/demo/demoSteps.ts'
import { LESSON_STEPS } from '../ui/learn/lessonSteps.ts'
import type { TwinStores } from '../ui/stores.ts'
import type { Feeds } from './feeds.ts'
import { APPROACH, home } from './home.ts'

export interface TourParts {
  readonly stores: TwinStores
  readonly feeds: Feeds
  readonly cityReady: () => Promise<void>
}

/** What a tour found on the page and gives back when it is left. */
interface Before {
  readonly scenario: Scenario
  readonly theme: Theme
  readonly layers: readonly LayerId[]
}

/** A winter working day: the grid's hardest hours. */
const DEMO_DAY = 17
/** Where the demo puts its gateway: the roof of a tower on the axis (local metres). */
const DEMO_GATEWAY = { xM: -515, yM: 250 }

/** The guided minute and the lesson: what each of their steps does to the twin. */
export function createTours({ stores, feeds, cityReady }: TourParts) {
  const { demo, lesson, camera, layers, view, clock, scenario, selection, readings, grid } = stores
  let before: Before | null = null

  const keep = () => {
    before ??= {
      scenario: scenario.getState().scenario,
      theme: view.getState().theme,
      layers: visibleLayers(layers.getState()),
    }
  }
  const hourOfDay = (hour: number) => {
    const { nowMs, utcOffsetH } = clock.getState()
    const midnight = Math.floor((nowMs + utcOffsetH * 3600_000) / 86_400_000) * 86_400_000 - utcOffsetH * 3600_000
    clock.getState().scrub(midnight + hour * 3600_000 - nowMs)
  }
  /** The device nearest to the middle of the picture that satisfies a wish; the same one every time. */
  const deviceWhere = (wish: (index: number) => boolean): number => {
    const { devices } = readings.getState()
    const meta = stores.city.getState().city?.meta
    let best = -1
    let nearest = Infinity
    for (const [i, device] of devices.entries()) {
      const far = meta ? Math.hypot(device.latDeg - meta.originLatDeg, 0.63 * (device.lonDeg - meta.originLonDeg)) : i
      if (far < nearest && wish(i)) {
        best = i
        nearest = far
      }
    }
    return best
  }

  const act: Readonly<Record<DemoStep['id'], () => void>> = {
    city() {
      selection.getState().select(null)
      layers.getState().setAll(['trees', 'labels', 'power-lines'])
      hourOfDay(11)
      camera.getState().flyTo(APPROACH, 0)
      camera.getState().flyTo(home(), 7)
    },
    devices() {
      layers.getState().setAll(['devices', 'trees', 'labels'])
      camera.getState().flyTo({ ...home(), bearingRad: home().bearingRad + 0.5, distanceM: 1300 }, 6)
    },
    proof() {
      const index = deviceWhere(
        (i) => readings.getState().devices[i]?.kind === 'air-quality' && readings.getState().buffers.level[i]! >= 3,
      )
      const device = readings.getState().devices[index]
      if (!device) return
      selection.getState().select({ kind: 'device', index })
    },
    tamper() {
      selection.getState().select(null)
      void feeds.use('lesson')
      const stop = readings.subscribe(({ status }) => {
        if (!status || status.backlogFrames > 0) return
        const index = deviceWhere((i) => readings.getState().buffers.frame[i]?.verdict === 'BAD_SIGNATURE')
        if (index < 0 || DEMO_STEPS[demo.getState().step]?.id !== 'tamper') return
        stop()
        selection.getState().select({ kind: 'device', index })
      })
    },
    grid() {
      selection.getState().select(null)
      void feeds.use('recorded')
      scenario.getState().setSetting('day-of-year', DEMO_DAY)
      layers.getState().setAll(['grid', 'power-lines', 'labels'])
      view.getState().setTheme('data')
      hourOfDay(18.5)
      camera.getState().flyTo({ ...home(), distanceM: 3800, tiltRad: 0.95 }, 5)
      void grid.getState().start(scenario.getState().state)
    },
    plan() {
      view.getState().setTheme('sun')
      layers.getState().setAll(['coverage', 'assets', 'labels'])
      hourOfDay(11)
      if (scenario.getState().state.assets.size === 0) demoGateway()
      camera.getState().flyTo({ ...home(), distanceM: 6500, tiltRad: 0.75 }, 5)
    },
    board() {
      layers.getState().setAll(['devices', 'coverage', 'assets', 'trees', 'labels'])
      camera.getState().flyTo(home(), 5)
    },
  }
  const demoGateway = () => {
    const meta = stores.city.getState().city?.meta
    if (!meta) return
    // a fixed id and place, so that the figures are the same every time
    const latDeg = Math.round((meta.originLatDeg + DEMO_GATEWAY.yM / 111_260) * 1e6) / 1e6
    const lonDeg = Math.round((meta.originLonDeg + DEMO_GATEWAY.xM / 69_970) * 1e6) / 1e6
    scenario.getState().place({
      id: 'demo-gateway',
      kind: 'lorawan-gateway',
      latDeg,
      lonDeg,
      network: 'helium-iot',
      params: { mastM: 6 },
    })
  }

  demo.subscribe((now, then) => {
    if (now.step !== then.step && now.step >= 0 && now.step < DEMO_STEPS.length) act[DEMO_STEPS[now.step]!.id]()
    const current = DEMO_STEPS[now.step]
    if (current && now.playing && now.elapsedS >= current.durationS && now.step < DEMO_STEPS.length - 1)
      now.go(now.step + 1)
  })

  // a task of the lesson is solved by what was selected, not by what was answered
  selection.subscribe(({ selected }) => {
    const { step } = lesson.getState()
    const task = LESSON_STEPS[step]
    if (task?.kind !== 'act' || task.id !== 'find-altered' || selected?.kind !== 'device') return
    const frame = readings.getState().buffers.frame[selected.index]
    if (frame && !SHOWN_VERDICTS.includes(frame.verdict) && frame.verdict === 'BAD_SIGNATURE')
      lesson.getState().solve(step)
  })

  return {
    async start(tour: 'demo' | 'lesson'): Promise<void> {
      keep()
      await cityReady()
      if (tour === 'demo') {
        scenario.getState().open(emptyScenario(scenario.getState().scenario.base, 'Demo'))
        await feeds.use('recorded')
        lesson.getState().leave()
        demo.getState().start()
      } else {
        demo.getState().leave()
        selection.getState().select(null)
        layers.getState().setAll(['devices', 'trees', 'labels'])
        await feeds.use('lesson')
        camera.getState().flyTo({ ...home(), distanceM: 1300 }, 2)
        lesson.getState().start()
      }
    },
    leave(): void {
      if (!before) return
      const kept = before
      before = null
      demo.getState().leave()
      lesson.getState().leave()
      selection.getState().select(null)
      scenario.getState().open(kept.scenario)
      view.getState().setTheme(kept.theme)
      layers.getState().setAll(kept.layers)
      if (stores.feeds.getState().active !== feeds.home()) void feeds.use(feeds.home())
    },
  }
}
