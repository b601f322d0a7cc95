import { createRoot, type ReconcilerRoot } from '@react-three/fiber'
import { useCallback, useEffect, useInsertionEffect, useLayoutEffect, useRef, useState } from 'react'
import type { WebGLRenderer } from 'three'
import { CityScene } from './CityScene.tsx'
import { FOV_DEG } from './camera/pose.ts'
import styles from './cityCanvas.module.css'
import { PIXEL_RATIOS } from './openRenderer.ts'
import type { PickerProps } from './pick/Picker.tsx'
import { type Stage, StageContext } from './stage.ts'

export interface CityCanvasProps extends PickerProps {
  readonly stage: Stage
  readonly renderer: WebGLRenderer
  /** Called once for each city, when a frame with all of it was drawn. */
  readonly onWhole: () => void
  /** Called once, when all that comes over the city can be drawn too. */
  readonly onReady: () => void
}

/** The picture. Draws on demand only: when a store changed, the camera moves, or something pulses. */
export function CityCanvas({ stage, renderer, onAim, onPlace, onWhole, onReady }: CityCanvasProps) {
  const box = useRef<HTMLDivElement>(null)
  const root = useRef<ReconcilerRoot<HTMLCanvasElement> | null>(null)
  const [isFree, setIsFree] = useState(false)
  const free = useCallback(() => setIsFree(true), [])
  const begin = useCallback(() => {
    free()
    onReady()
  }, [free, onReady])
  const [tier, setTier] = useState(stage.view.getState().tier)
  const [size, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => stage.view.subscribe((view) => setTier(view.tier)), [stage])

  useLayoutEffect(() => {
    const canvas = renderer.domElement
    const measured = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect
      setSize({ width, height })
    })
    box.current!.append(canvas)
    measured.observe(box.current!)
    return () => {
      measured.disconnect()
      canvas.remove()
    }
  }, [renderer])

  useLayoutEffect(() => {
    if (size.width === 0 || size.height === 0) return
    root.current ??= createRoot(renderer.domElement)
    const [low, high] = PIXEL_RATIOS[tier]
    void root.current.configure({
      frameloop: isFree ? 'demand' : 'never',
      shadows: false, // set up by SunAndSky, which also decides when they are drawn
      dpr: [low, high],
      size: { ...size, top: 0, left: 0 },
      camera: { fov: FOV_DEG, near: 10, far: 60_000 },
      gl: () => renderer,
    })
    root.current.render(
      <StageContext value={stage}>
        <CityScene onAim={onAim} onPlace={onPlace} onWhole={onWhole} onFree={free} onReady={begin} />
      </StageContext>,
    )
  }, [stage, renderer, size, tier, isFree, free, begin, onAim, onPlace, onWhole])

  useInsertionEffect(() => () => root.current?.unmount(), [])

  return (
    <div
      ref={box}
      className={styles.box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the keys itself
      tabIndex={0}
      role="application"
      aria-label="3D city. Arrow keys pan, Shift with arrows turns and tilts, plus and minus zoom. Everything in it is also in the lists."
    />
  )
}
