import { Assets } from './Assets.tsx'
import { Coverage } from './Coverage.tsx'
import { GridLines } from './GridLines.tsx'
import { Ground } from './Ground.tsx'
import { Labels } from './Labels.tsx'
import { defineLayer, type SceneLayer } from './layer.ts'
import { PowerLines } from './PowerLines.tsx'
import { Trees } from './Trees.tsx'
import { Whereabouts } from './Whereabouts.tsx'

/** What the city itself is made of, besides buildings: in its first picture, in drawing order. */
export const cityLayers: readonly SceneLayer[] = [
  defineLayer({ id: 'ground', title: 'Ground, water, roads', draws: 4, Component: Ground }),
  defineLayer({ id: 'power-lines', title: 'Mapped power lines', draws: 2, Component: PowerLines }),
]

/** What stands about in it, and what is known or planned about it, in drawing order. */
export const laterLayers: readonly SceneLayer[] = [
  defineLayer({ id: 'trees', title: 'Trees', draws: 2, Component: Trees }),
  defineLayer({ id: 'coverage', title: 'Radio coverage', draws: 1, Component: Coverage }),
  defineLayer({ id: 'grid', title: 'Grid load and voltage', draws: 3, Component: GridLines }),
  defineLayer({ id: 'assets', title: 'Planned assets', draws: 3, Component: Assets }),
  defineLayer({
    id: 'live-now',
    title: 'Real devices as a public source places them',
    draws: 1,
    Component: Whereabouts,
  }),
  defineLayer({ id: 'labels', title: 'Names', draws: 0, Component: Labels }),
]
