import { createContext, useContext } from 'react'
import { DirectionalLight, Vector3 } from 'three'
import { type Daylight, daylight } from '../paint/daylight.ts'
import { createPaperLight, type PaperLight } from '../paper/light.ts'

/** The light of the present frame: written by the sky once a frame, read by every layer after it. */
export interface SceneLight {
  daylight: Daylight
  readonly sun: DirectionalLight // what the shadow map is drawn from
  readonly sunDirection: Vector3 // towards the sun, scene axes
  elevationRad: number
  readonly paper: PaperLight // what the materials of the city see of it
  shadowsDirty: boolean // something that casts a shadow changed
  isCast: boolean // whether shadows are drawn at all: the city comes first, its shadows when their programs are there
}

export const createSceneLight = (): SceneLight => ({
  daylight: daylight(0.7, 'sun'),
  sun: new DirectionalLight(),
  sunDirection: new Vector3(0.4, 0.8, 0.4).normalize(),
  elevationRad: 0.7,
  paper: createPaperLight(),
  shadowsDirty: true,
  isCast: false,
})

export const LightContext = createContext<SceneLight>(createSceneLight())

export const useLight = (): SceneLight => useContext(LightContext)
