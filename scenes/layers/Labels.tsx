import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo, useRef } from 'react'
import { Vector3 } from 'three'
import { type City, tagOf } from '../../src/model/city.ts'
import { placeName } from '../../src/model/placeName.ts'
import type { CityState } from '../../src/stores/city.ts'
import { useChores } from '../chores.ts'
import { useStage } from '../stage.ts'
import styles from './labels.module.css'

const MOST = 24
const FAR_M = 9000
const WIDTH_PX = 7 // of a character, roughly: only used to keep names apart

interface Landmark {
  readonly words: string
  readonly xM: number
  readonly yM: number
  readonly topM: number
  readonly weight: number
}

/** The buildings worth naming: known, tall, or both. */
function landmarksOf(city: City): Landmark[] {
  const { buildings } = city
  const found: Landmark[] = []
  for (let i = 0; i < buildings.count; i++) {
    if (buildings.parent[i]! >= 0) continue
    const name = tagOf(buildings.tags, i, 'name')
    if (!name) continue
    const known = ['historic', 'tourism', 'wikidata', 'wikipedia'].filter((key) => tagOf(buildings.tags, i, key)).length
    const weight = known * 60 + buildings.heightM[i]! + Math.sqrt(buildings.footprintM2[i]!) * 0.2
    if (known === 0 && weight < 70) continue
    const words = placeName(buildings.tags, i)
    if (words.length === 0 || words.length > 42) continue
    found.push({ words, xM: buildings.centreXM[i]!, yM: buildings.centreYM[i]!, topM: buildings.heightM[i]!, weight })
  }
  return found.sort((a, b) => b.weight - a.weight).slice(0, 160)
}

const at = /*#__PURE__*/ new Vector3()

/** Names over landmarks: the weightiest first, none over another. Text of the page, so that it stays crisp and can be read out. */
export function Labels() {
  const stage = useStage()
  const host = useThree((state) => state.gl.domElement.parentElement)
  const size = useThree((state) => state.size)
  const invalidate = useThree((state) => state.invalidate)
  const chores = useChores()
  const landmarks = useRef<readonly Landmark[]>([])
  const { sheet, tags } = useMemo(() => {
    const element = document.createElement('div')
    element.className = styles.sheet!
    element.setAttribute('aria-hidden', 'true') // the same names are in the search
    const made = Array.from({ length: MOST }, () => {
      const tag = document.createElement('span')
      tag.className = styles.name!
      element.append(tag)
      return tag
    })
    return { sheet: element, tags: made }
  }, [])

  useEffect(() => {
    host?.append(sheet)
    return () => sheet.remove()
  }, [host, sheet])

  useEffect(() => {
    const take = ({ city }: CityState) => {
      if (!city) return
      chores.add(() => {
        landmarks.current = landmarksOf(city)
        invalidate()
      })
    }
    take(stage.city.getState()) // names come after their city
    return stage.city.subscribe((now, then) => now.city !== then.city && take(now))
  }, [stage, chores, invalidate])

  useFrame(({ camera }) => {
    sheet.hidden = !stage.layers.getState().visible.labels
    if (sheet.hidden) return
    let used = 0
    const taken: number[] = [] // left, right, top of each shown name
    const { left, right, bottom } = stage.view.getState().insets
    for (const { words, xM, yM, topM } of landmarks.current) {
      if (used === MOST) break
      at.set(xM, topM + 6, -yM)
      const distance = at.distanceTo(camera.position)
      if (distance > FAR_M) continue
      at.project(camera)
      if (at.z > 1 || Math.abs(at.x) > 1 || Math.abs(at.y) > 1) continue
      const x = ((at.x + 1) / 2) * size.width
      const y = ((1 - at.y) / 2) * size.height
      const half = (words.length * WIDTH_PX) / 2 + 8
      // a name behind a panel would shine through its surface
      let free = x - half > left && x + half < size.width - right && y < size.height - bottom
      for (let k = 0; k < taken.length && free; k += 3)
        free = x + half < taken[k]! || x - half > taken[k + 1]! || Math.abs(y - taken[k + 2]!) > 22
      if (!free) continue
      taken.push(x - half, x + half, y)
      const tag = tags[used++]!
      if (tag.textContent !== words) tag.textContent = words
      tag.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) translate(-50%, -100%)`
      tag.style.opacity = String(Math.min(1, (FAR_M - distance) / 3000).toFixed(2))
      tag.hidden = false
    }
    for (let k = used; k < MOST; k++) tags[k]!.hidden = true
  })

  return null
}
