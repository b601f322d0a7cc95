import { useEffect, useState } from 'react'
import type { Hex } from '../../base/hex.ts'
import { VERDICT_WORDS, type Verdict } from '../../model/trust.ts'
import { useSlice, useTwin } from '../twin.ts'
import styles from './learn.module.css'

/** Bytes of the frame header by what they say (public/spec/frame.md), for the label under the grid. */
const FIELDS: readonly (readonly [end: number, name: string])[] = [
  [4, 'magic'],
  [5, 'version'],
  [6, 'curve'],
  [14, 'chain'],
  [34, 'registry'],
  [54, 'device'],
  [58, 'epoch'],
  [66, 'sequence number'],
  [98, 'previous message'],
  [106, 'time'],
  [108, 'number of readings'],
]

const fieldOf = (byte: number, length: number): string =>
  byte >= length - 64 ? 'signature' : (FIELDS.find(([end]) => byte < end)?.[1] ?? 'readings')

/** The bytes of an honest message: a press flips one bit, and the verify worker judges what came out. */
export function BitFlipper({ index }: { readonly index: number }) {
  const devices = useSlice('readings', (s) => s.devices.length)
  const { stores, actions } = useTwin()
  const [key, setKey] = useState<Hex | null>(null)
  const [bytes, setBytes] = useState<Uint8Array | null>(null)
  const [tried, setTried] = useState<{ byte: number; bit: number; verdict: Verdict } | null>(null)
  const [count, setCount] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: an honest frame is chosen once the devices are there
  useEffect(() => {
    const honest = stores.readings.getState().buffers.frame.find((frame) => frame?.verdict === 'OK')
    if (!honest) return
    setKey(honest.key)
    void actions.frameBytes(honest.key).then(setBytes, () => setBytes(null))
  }, [devices, actions])

  if (!key || !bytes) return <p className={styles.count}>Fetching a message …</p>
  const flip = async (byte: number) => {
    const bit = count % 8
    const { frame } = await actions.flipBit(key, byte, bit)
    setTried({ byte, bit, verdict: frame.verdict })
    setCount(count + 1)
    if (frame.verdict !== 'OK') stores.lesson.getState().solve(index)
  }
  return (
    <div className={styles.flipper}>
      <div className={styles.bytes} role="group" aria-label="Bytes of the message; each flips one bit of itself">
        {[...bytes].map((value, i) => (
          <button
            // the position is the identity of a byte
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={i}
            type="button"
            data-field={fieldOf(i, bytes.length)}
            data-tried={tried?.byte === i || undefined}
            aria-label={`Byte ${i}, ${fieldOf(i, bytes.length)}`}
            onClick={() => void flip(i)}
          >
            {value.toString(16).padStart(2, '0')}
          </button>
        ))}
      </div>
      <p role="status">
        {tried
          ? `Bit ${tried.bit} of byte ${tried.byte} (${fieldOf(tried.byte, bytes.length)}): ${VERDICT_WORDS[tried.verdict].title}. ${count} tried, ${count} caught.`
          : 'Press any byte.'}
      </p>
    </div>
  )
}
