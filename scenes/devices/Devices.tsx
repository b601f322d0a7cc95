import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo, useRef } from 'react'
import {
  BufferAttribute,
  Color,
  DynamicDrawUsage,
  Group,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  LineSegments,
  Mesh,
  ShaderMaterial,
  Vector2,
} from 'three'
import { createEnu } from '../../src/geo/enu.ts'
import { DEVICE_KINDS } from '../../src/model/device.ts'
import { momentTurned, shownMs } from '../../src/stores/clock.ts'
import { useStage } from '../stage.ts'
import { glowOf, showsRejection } from './glow.ts'
import { createGlyphAtlas } from './glyphs.ts'
import { markFragment, markVertex, stemFragment, stemVertex } from './markShader.ts'

const ORIGINS = ['real-device', 'replayed', 'simulated'] as const
const ORIGIN_COLOURS = [new Color('#4fe0bd'), new Color('#35aa9d'), new Color('#8c9eff')]
const PULSE_MS = 900
const UNKNOWN_PLACE_M = -1e6

/** Every device as one mark: body for its origin, ring for its proof. Two draw calls for all. */
export function Devices() {
  const stage = useStage()
  const invalidate = useThree((state) => state.invalidate)
  const size = useThree((state) => state.size)
  const dpr = useThree((state) => state.viewport.dpr)
  const held = useRef<{ devices: unknown; city: unknown; key: string; pulsing: boolean }>({
    devices: null,
    city: null,
    key: '',
    pulsing: false,
  })

  const parts = useMemo(() => {
    const uniforms = {
      uGlyphs: { value: createGlyphAtlas(DEVICE_KINDS) },
      uKinds: { value: DEVICE_KINDS.length },
      uOrigin: { value: ORIGIN_COLOURS },
      uViewport: { value: new Vector2(1, 1) },
      uPixelRatio: { value: 1 },
      uStem: { value: 1 },
      uOpacity: { value: 1 },
    }
    const marks = new Mesh(
      new InstancedBufferGeometry(),
      new ShaderMaterial({
        vertexShader: markVertex,
        fragmentShader: markFragment,
        uniforms,
        transparent: true,
        depthWrite: false,
        toneMapped: false,
      }),
    )
    const stems = new LineSegments(
      new InstancedBufferGeometry(),
      new ShaderMaterial({
        vertexShader: stemVertex,
        fragmentShader: stemFragment,
        uniforms,
        transparent: true,
        depthWrite: false,
        toneMapped: false,
      }),
    )
    for (const part of [marks, stems]) {
      part.geometry.instanceCount = 0 // without it, endless
      part.frustumCulled = false
      part.renderOrder = 50
    }
    const quad = new BufferAttribute(new Float32Array([-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0]), 3)
    marks.geometry.setAttribute('position', quad)
    marks.geometry.setIndex([0, 1, 2, 0, 2, 3])
    stems.geometry.setAttribute('position', new BufferAttribute(new Float32Array([0, 0, 0, 0, 1, 0]), 3))
    const group = new Group()
    group.add(stems, marks)
    return {
      uniforms,
      marks,
      stems,
      group,
      place: new Float32Array(0),
      look: new Float32Array(0),
      live: new Float32Array(0),
    }
  }, [])

  useEffect(() => {
    // the status and the clock tell something every second that is not in the picture
    const unsubscribe = [
      ...[stage.selection, stage.layers].map((store) => store.subscribe(() => invalidate())),
      stage.readings.subscribe((now, then) => now.revision !== then.revision && invalidate()),
      stage.clock.subscribe((now, then) => momentTurned(now, then) && invalidate()),
    ]
    return () => {
      for (const off of unsubscribe) off()
      parts.uniforms.uGlyphs.value.dispose()
      for (const part of [parts.marks, parts.stems]) {
        part.geometry.dispose()
        part.material.dispose()
      }
    }
  }, [stage, invalidate, parts])

  useFrame(() => {
    const { devices, buffers, revision } = stage.readings.getState()
    const { city } = stage.city.getState()
    const { visible, opacity } = stage.layers.getState()
    const { selected, hovered } = stage.selection.getState()
    const clock = stage.clock.getState()
    const atMs = clock.offsetMs < 0 ? shownMs(clock) : Infinity
    const now = held.current
    parts.group.visible = visible.devices && devices.length > 0
    if (!parts.group.visible || !city) return
    parts.uniforms.uViewport.value.set(size.width * dpr, size.height * dpr)
    parts.uniforms.uPixelRatio.value = dpr
    parts.uniforms.uOpacity.value = opacity.devices

    if (devices !== now.devices || city !== now.city) {
      now.devices = devices
      now.city = city
      now.key = ''
      const n = devices.length
      parts.place = new Float32Array(3 * n)
      parts.look = new Float32Array(4 * n)
      parts.live = new Float32Array(3 * n)
      const enu = createEnu(city.meta.originLatDeg, city.meta.originLonDeg)
      const local = new Float64Array(2)
      for (let i = 0; i < n; i++) {
        const device = devices[i]!
        enu.toLocal(device.latDeg, device.lonDeg, local)
        // a device whose document is not proven has no place: it waits far below the ground
        const known = Number.isFinite(local[0]!)
        parts.place.set(known ? [local[0]!, device.heightM, -local[1]!] : [0, UNKNOWN_PLACE_M, 0], 3 * i)
      }
      for (const part of [parts.marks, parts.stems]) {
        part.geometry.setAttribute('place', new InstancedBufferAttribute(parts.place, 3))
        part.geometry.setAttribute('look', new InstancedBufferAttribute(parts.look, 4).setUsage(DynamicDrawUsage))
        part.geometry.setAttribute('live', new InstancedBufferAttribute(parts.live, 3).setUsage(DynamicDrawUsage))
        part.geometry.instanceCount = n
      }
    }

    const focus = `${selected?.kind === 'device' ? selected.index : -1}/${hovered?.kind === 'device' ? hovered.index : -1}`
    const key = `${revision}/${focus}/${atMs}`
    if (key === now.key && !now.pulsing) return
    now.key = key
    now.pulsing = false
    const wallMs = Date.now()
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    for (let i = 0; i < devices.length; i++) {
      const device = devices[i]!
      const rejected = showsRejection(buffers, i, atMs)
      const pulse = still ? 0 : Math.max(0, 1 - (wallMs - buffers.pulseAtMs[i]!) / PULSE_MS)
      if (pulse > 0) now.pulsing = true
      const own =
        (selected?.kind === 'device' && selected.index === i) || (hovered?.kind === 'device' && hovered.index === i)
      parts.look[4 * i] = DEVICE_KINDS.indexOf(device.kind)
      parts.look[4 * i + 1] = ORIGINS.indexOf(device.origin)
      parts.look[4 * i + 2] = buffers.level[i]!
      parts.look[4 * i + 3] = rejected ? 1 : 0
      const glow = glowOf(devices, buffers, i, atMs)
      parts.live[3 * i] = Number.isNaN(glow) ? -1 : glow
      parts.live[3 * i + 1] = pulse
      parts.live[3 * i + 2] = own ? 1 : 0
    }
    for (const part of [parts.marks, parts.stems]) {
      for (const name of ['look', 'live']) part.geometry.getAttribute(name).needsUpdate = true
    }
    if (now.pulsing) invalidate()
  })

  return <primitive object={parts.group} />
}
