import { useMemo } from 'react'
import { Buildings } from './buildings/Buildings.tsx'
import { CameraRig } from './camera/CameraRig.tsx'
import { ChoresContext, createChores } from './chores.ts'
import { Devices } from './devices/Devices.tsx'
import { FrameCounts } from './FrameCounts.tsx'
import { layers } from './layers/index.ts'
import { Outline } from './layers/Outline.tsx'
import { Programs } from './Programs.tsx'
import { Picker, type PickerProps } from './pick/Picker.tsx'
import { createSceneLight, LightContext } from './sky/light.ts'
import { SunAndSky } from './sky/SunAndSky.tsx'
import { Whole } from './Whole.tsx'

export interface CitySceneProps extends PickerProps {
  readonly onCompiled: () => void // the first frame may be drawn
  readonly onWhole: () => void
}

/**
 * What is in the picture, in the order of a frame:
 * before Programs   (reads the whole scene)           compiles, once
 * −10  CameraRig   (reads camera)                     moves the eye
 *  −5  SunAndSky   (reads clock, view, city)          light, fog, shadow map
 *   0  Buildings   (reads city, readings, selection)  chunks, colours
 *   0  layers      (read their own stores)            ground, lines, coverage, grid, assets, names
 *   0  Devices     (reads readings, selection, clock) marks
 *   0  Outline     (reads selection)
 * after FrameCounts (reads the renderer)               what the frame cost
 * after Whole       (reads city)                       tells when all of it was drawn
 */
export function CityScene({ onCompiled, onWhole, ...picker }: CitySceneProps) {
  const light = useMemo(createSceneLight, [])
  const chores = useMemo(createChores, [])
  return (
    <LightContext value={light}>
      <ChoresContext value={chores}>
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
        <Whole onWhole={onWhole} />
        <Programs onReady={onCompiled} />
      </ChoresContext>
    </LightContext>
  )
}
