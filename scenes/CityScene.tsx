import { useMemo } from 'react'
import { Buildings } from './buildings/Buildings.tsx'
import { CameraRig } from './camera/CameraRig.tsx'
import { Devices } from './devices/Devices.tsx'
import { FrameCounts } from './FrameCounts.tsx'
import { layers } from './layers/index.ts'
import { Outline } from './layers/Outline.tsx'
import { Picker, type PickerProps } from './pick/Picker.tsx'
import { createSceneLight, LightContext } from './sky/light.ts'
import { SunAndSky } from './sky/SunAndSky.tsx'

/**
 * What is in the picture, in the order of a frame:
 * −10  CameraRig   (reads camera)                     moves the eye
 *  −5  SunAndSky   (reads clock, view, city)          light, fog, shadow map
 *   0  Buildings   (reads city, readings, selection)  chunks, colours
 *   0  layers      (read their own stores)            ground, lines, coverage, grid, assets, names
 *   0  Devices     (reads readings, selection, clock) marks
 *   0  Outline     (reads selection)
 * after FrameCounts (reads the renderer)               what the frame cost
 */
export function CityScene(picker: PickerProps) {
  const light = useMemo(createSceneLight, [])
  return (
    <LightContext value={light}>
      <CameraRig />
      <SunAndSky />
      {layers.map(({ id, Component }) => (
        <Component key={id} />
      ))}
      <Buildings />
      <Devices />
      <Outline />
      <Picker {...picker} />
      <FrameCounts />
    </LightContext>
  )
}
