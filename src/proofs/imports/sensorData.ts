import type { ImportedReading } from './importer.ts'
import { readWireFields, unzigzag, type WireField } from './protobuf.ts'

/** A field of the tracker's SensorData, and how its integer becomes a number with a unit. */
interface SensorField {
  readonly number: number
  readonly name: string
  readonly signed: boolean
  readonly unit: string
  readonly min: number // what the sensor can measure
  readonly max: number
  scale(value: number): number
}

const by =
  (divisor: number) =>
  (value: number): number =>
    value / divisor
const field = (
  number: number,
  name: string,
  signed: boolean,
  unit: string,
  [min, max]: readonly [number, number],
  scale: (value: number) => number,
): SensorField => ({ number, name, signed, unit, min, max, scale })

const ANY = [-Infinity, Infinity] as const

// Scales: pebble-server api/http.go, handleSensor. Ranges: data sheets of BME680 (temperature, pressure, humidity) and
// ICM-42605 (temperature2); the others have none here.
const FIELDS: readonly SensorField[] = [
  field(1, 'snr', false, '', ANY, (v) => (v > 2700 ? 100 : v < 700 ? 25 : (v - 700) * 0.0375 + 25)),
  field(2, 'vbat', false, '%', ANY, (v) => {
    const share = (v - 320) / 90
    return share > 1 ? 100 : share < 0.1 ? 0.1 : share * 100
  }),
  field(3, 'latitude', true, '°', ANY, by(1e7)),
  field(4, 'longitude', true, '°', ANY, by(1e7)),
  field(5, 'gasResistance', false, 'Ω', ANY, by(100)),
  field(6, 'temperature', true, '°C', [-40, 85], by(100)),
  field(7, 'pressure', false, 'hPa', [300, 1100], by(100)),
  field(8, 'humidity', false, '%', [0, 100], by(100)),
  field(9, 'light', false, 'lx', ANY, by(100)),
  field(10, 'temperature2', false, '°C', [-40, 85], by(100)),
]
const AXES = ['x', 'y', 'z'] as const
const VECTORS = [
  { number: 11, name: 'gyroscope' },
  { number: 12, name: 'accelerometer' },
] as const
const RANDOM = 13
const MAX_RANDOM_BYTES = 64

/** What a tracker's SensorData says. */
export interface SensorData {
  readonly readings: readonly Omit<ImportedReading, 'timeMs'>[]
  readonly implausible: string | null
  /** False when the place is none on Earth: what the tracker writes while it has no fix. Then no place is among the readings. */
  readonly hasFix: boolean
}

/**
 * Reads the SensorData of a Pebble tracker.
 *
 * Returns  its readings in units, or the one sentence that says what is wrong
 * Source   pebble-server proto/pebble.proto (Apache-2.0)
 */
export function readSensorData(bytes: Uint8Array): SensorData | string {
  const fields = readWireFields(bytes, 'The sensor data')
  if (typeof fields === 'string') return fields
  const readings: Omit<ImportedReading, 'timeMs'>[] = []
  let implausible: string | null = null
  const valuesOf = (number: number): readonly WireField['value'][] =>
    fields.filter((one) => one.number === number).map(({ value }) => value)

  const place: number[] = []
  for (const { number, name, signed, unit, min, max, scale } of FIELDS) {
    const values = valuesOf(number)
    if (values.length === 0) continue
    const [raw] = values
    if (values.length > 1) return `The sensor data give ${name} twice.`
    if (typeof raw !== 'number') return `The sensor data give ${name} as bytes, expected a number.`
    const value = scale(signed ? unzigzag(raw) : raw)
    if (number === 3 || number === 4) place.push(value)
    if (value < min || value > max) implausible ??= `${name} of ${value} ${unit} is outside ${min} to ${max} ${unit}.`
    readings.push({ name, value, unit })
  }
  for (const { number, name } of VECTORS) {
    const values = vectorOf(valuesOf(number))
    if (typeof values === 'string') return `The sensor data give ${name} ${values}.`
    if (values.length !== 0 && values.length !== 3)
      return `The sensor data give ${name} ${values.length} axes, expected 3.`
    readings.push(...values.map((value, i) => ({ name: `${name} ${AXES[i]}`, value, unit: '' })))
  }
  const random = valuesOf(RANDOM)
  if (random.length > 1) return 'The sensor data give random twice.'
  if (random.some((value) => typeof value === 'number' || value.length > MAX_RANDOM_BYTES))
    return `The sensor data give random as a number, or longer than ${MAX_RANDOM_BYTES} bytes.`
  const strange = fields.find(({ number }) => number > RANDOM)
  if (strange) return `The sensor data have a field ${strange.number} that the format does not know.`

  const [latDeg = 0, lonDeg = 0] = place
  const hasFix = place.length === 2 && Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 180
  const isPlace = (name: string): boolean => name === 'latitude' || name === 'longitude'
  return { readings: hasFix ? readings : readings.filter(({ name }) => !isPlace(name)), implausible, hasFix }
}

/** Three signed numbers, one to a field as proto2 writes them, or packed into one field. */
function vectorOf(values: readonly WireField['value'][]): readonly number[] | string {
  const [packed] = values
  if (packed === undefined || typeof packed === 'number') {
    const numbers = values.filter((value) => typeof value === 'number')
    return numbers.length === values.length ? numbers.map(unzigzag) : 'partly packed'
  }
  if (values.length > 1) return 'packed twice'
  const numbers: number[] = []
  for (let at = 0; at < packed.length; ) {
    // a packed field is varints without keys; a key before each makes it the message that the reader knows
    const end = packed.findIndex((byte, i) => i >= at && byte < 128)
    if (end < 0) return 'packed and cut'
    const one = readWireFields(Uint8Array.of(8, ...packed.subarray(at, end + 1)), 'A number')
    if (typeof one === 'string') return 'with a broken number'
    numbers.push(unzigzag(one[0]!.value as number))
    at = end + 1
  }
  return numbers
}
