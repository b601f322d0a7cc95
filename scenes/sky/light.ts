import { createContext, useContext } from 'react'
import { Vector3 } from 'three'
import { type Daylight, daylight } from '../paint/daylight.ts'

/** The light of the present frame: written by the sky once a frame, read by every layer after it. */
export interface SceneLight {
  daylight: Daylight
  readonly sunDirection: Vector3 // towards the sun, scene axes
  elevationRad: number
  shadowsDirty: boolean // something that casts a shadow changed
  isCast: boolean // whether shadows are drawn at all: the city comes first, its shadows one frame later
}

export const createSceneLight = (): SceneLight => ({
  daylight: daylight(0.7, 'sun'),
  sunDirection: new Vector3(0.4, 0.8, 0.4).normalize(),
  elevationRad: 0.7,
  shadowsDirty: true,
  isCast: false,
})

export const LightContext = createContext<SceneLight>(createSceneLight())

export const useLight = (): SceneLight => useContext(LightContext)
