import { useCallback, useMemo, useState } from 'react'
import { Buildings } from './buildings/Buildings.tsx'
import { CameraRig } from './camera/CameraRig.tsx'
import { ChoresContext, createChores } from './chores.ts'
import { Devices } from './devices/Devices.tsx'
import { FrameCounts } from './FrameCounts.tsx'
import { Later } from './Later.tsx'
import { cityLayers, laterLayers } from './layers/index.ts'
import { Outline } from './layers/Outline.tsx'
import { Programs } from './Programs.tsx'
import { Picker, type PickerProps } from './pick/Picker.tsx'
import { createSceneLight, LightContext } from './sky/light.ts'
import { SunAndSky } from './sky/SunAndSky.tsx'
import { Whole } from './Whole.tsx'

export interface CitySceneProps extends PickerProps {
  readonly onFree: () => void // there is no city yet to wait for: frames may come as they like
  readonly onWhole: () => void // a frame with all of the city was drawn
  readonly onReady: () => void // all that can come over it, too
}

/** A city that is on the screen is answered before anything else is begun. */
const SOON_MS = 60

/**
 * What is in the picture, in the order of a frame:
 * before Programs   (reads the whole scene)           compiles what the city is made of, once
 * −10  CameraRig   (reads camera)                     moves the eye
 *  −5  SunAndSky   (reads clock, view, city)          light, fog, shadow map
 *   0  Buildings   (reads city, readings, selection)  chunks, colours
 *   0  city layers (read city)                        ground, lines
 *   0  Later       after the first picture:           trees, coverage, grid, assets, names, devices, outline; then shadows
 * after FrameCounts (reads the renderer)               what the frame cost
 * after Whole       (reads city)                       tells when all of it was drawn
 */
export function CityScene({ onFree, onWhole, onReady, ...picker }: CitySceneProps) {
  const light = useMemo(createSceneLight, [])
  const chores = useMemo(createChores, [])
  const [isSeen, setIsSeen] = useState(false)
  const tell = useCallback(() => {
    onWhole()
    setTimeout(() => setIsSeen(true), SOON_MS)
  }, [onWhole])
  return (
    <LightContext value={light}>
      <ChoresContext value={chores}>
        <CameraRig />
        <SunAndSky />
        {cityLayers.map(({ id, Component }) => (
          <Component key={id} />
        ))}
        <Buildings />
        <Picker {...picker} />
        <FrameCounts />
        <Whole onWhole={tell} />
        <Programs onReady={onFree} />
        {isSeen && (
          <Later onReady={onReady}>
            {laterLayers.map(({ id, Component }) => (
              <Component key={id} />
            ))}
            <Devices />
            <Outline />
          </Later>
        )}
      </ChoresContext>
    </LightContext>
  )
}
