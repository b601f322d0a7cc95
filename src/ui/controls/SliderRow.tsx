import { useEffect, useState } from 'react'
import { Label } from 'react-aria-components/Label'
import { Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components/Slider'
import { formatUnit } from '../format.ts'
import styles from './controls.module.css'

export interface SliderRowProps {
  readonly title: string
  readonly unit: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step: number
  /** Called when the hand lets go: one change, one step of undo. */
  readonly onCommit: (value: number) => void
}

/** A named number on a track, with its value beside the name. */
export function SliderRow({ title, unit, value, min, max, step, onCommit }: SliderRowProps) {
  const [held, setHeld] = useState(value)
  useEffect(() => setHeld(value), [value])
  return (
    <Slider
      className={styles.slider!}
      value={held}
      minValue={min}
      maxValue={max}
      step={step}
      onChange={setHeld}
      onChangeEnd={onCommit}
    >
      <Label>{title}</Label>
      <SliderOutput>{formatUnit(held, unit)}</SliderOutput>
      <SliderTrack className={styles.track!}>
        {({ state }) => (
          <>
            <span className={styles.fill} style={{ width: `${state.getThumbPercent(0) * 100}%` }} />
            <SliderThumb className={styles.thumb!} />
          </>
        )}
      </SliderTrack>
    </Slider>
  )
}
