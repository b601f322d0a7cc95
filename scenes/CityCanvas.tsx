import { Canvas } from '@react-three/fiber'
import { useCallback, useEffect, useState } from 'react'
import { ACESFilmicToneMapping, SRGBColorSpace } from 'three'
import { CityScene } from './CityScene.tsx'
import { FOV_DEG } from './camera/pose.ts'
import type { PickerProps } from './pick/Picker.tsx'
import { type Stage, StageContext } from './stage.ts'

const DPR = { low: [0.75, 1], medium: [1, 1.5], high: [1, 2] } as const

export interface CityCanvasProps extends PickerProps {
  readonly stage: Stage
  /** Called once for each city, when a frame with all of it was drawn. */
  readonly onWhole: () => void
}

/** The picture. Draws on demand only: when a store changed, the camera moves, or something pulses. */
export function CityCanvas({ stage, ...told }: CityCanvasProps) {
  const [compiled, setCompiled] = useState(false)
  const begin = useCallback(() => setCompiled(true), [])
  const [tier, setTier] = useState(stage.view.getState().tier)
  useEffect(() => stage.view.subscribe((view) => setTier(view.tier)), [stage])
  const [low, high] = DPR[tier]
  return (
    <StageContext value={stage}>
      <Canvas
        frameloop={compiled ? 'demand' : 'never'}
        shadows={false} // set up by SunAndSky, which also decides when they are drawn
        dpr={[low, high]}
        camera={{ fov: FOV_DEG, near: 10, far: 60_000 }}
        gl={{
          antialias: tier !== 'low',
          powerPreference: 'high-performance',
          toneMapping: ACESFilmicToneMapping,
          outputColorSpace: SRGBColorSpace,
        }}
        tabIndex={0}
        role="application"
        aria-label="3D city. Arrow keys pan, Shift with arrows turns and tilts, plus and minus zoom. Everything in it is also in the lists."
      >
        <CityScene {...told} onCompiled={begin} />
      </Canvas>
    </StageContext>
  )
}
