import { type CSSProperties, useId } from 'react'
import type { DriverInfo } from '../../model/economics.ts'
import { formatUnit } from '../format.ts'
import styles from './networks.module.css'
import { sliderScale } from './spread.ts'

/** A driver on a track between the ends that make sense, with its stated spread marked on it. Answers while it moves. */
export function FactSlider({
  driver,
  value,
  onMove,
}: {
  readonly driver: DriverInfo
  readonly value: number
  readonly onMove: (value: number) => void
}) {
  const id = useId()
  const scale = sliderScale(driver)
  const marks = {
    '--p10': `${100 * scale.at(driver.p10)}%`,
    '--p90': `${100 * scale.at(driver.p90)}%`,
  } as CSSProperties
  return (
    <div className={styles.driver}>
      <label htmlFor={id}>{driver.title}</label>
      <output htmlFor={id}>{formatUnit(value, driver.unit)}</output>
      <div className={styles.driverTrack} style={marks}>
        <input
          id={id}
          type="range"
          min={0}
          max={1}
          step="any"
          value={scale.at(value)}
          aria-valuetext={formatUnit(value, driver.unit)}
          onChange={(event) => onMove(scale.value(Number(event.target.value)))}
          onKeyDown={(event) => {
            const by = { ArrowLeft: -0.02, ArrowDown: -0.02, ArrowRight: 0.02, ArrowUp: 0.02 }[event.key]
            if (by === undefined) return
            event.preventDefault()
            onMove(scale.value(scale.at(value) + by))
          }}
        />
      </div>
    </div>
  )
}
