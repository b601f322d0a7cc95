import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo, useRef } from 'react'
import {
  BackSide,
  Color,
  Fog,
  Mesh,
  PCFShadowMap,
  type PerspectiveCamera,
  ShaderMaterial,
  SphereGeometry,
  Vector3,
} from 'three'
import { createEnu } from '../../src/geo/enu.ts'
import { sunPosition } from '../../src/geo/sun.ts'
import { momentTurned, shownMs } from '../../src/stores/clock.ts'
import { daylight } from '../paint/daylight.ts'
import { useStage } from '../stage.ts'
import { useLight } from './light.ts'
import { skyFragment, skyVertex } from './skyShader.ts'

/** The sun moves a quarter of a degree a minute: more often would only cost shadows. */
const SUN_EVERY_MS = 60_000
const SHADOW_SIZE = { low: 1024, medium: 2048, high: 4096 } as const

const scratch = /*#__PURE__*/ new Vector3()

/** Sun, sky light, backdrop, fog and the one shadow map, for the shown time, place and theme. */
export function SunAndSky() {
  const stage = useStage()
  const scene = useThree((state) => state.scene)
  const gl = useThree((state) => state.gl)
  const camera = useThree((state) => state.camera) as PerspectiveCamera
  const invalidate = useThree((state) => state.invalidate)
  const light = useLight()
  const held = useRef({ sunMs: NaN, theme: '', focus: new Vector3(NaN, 0, 0), span: 0, tier: '' })

  const parts = useMemo(() => {
    const { sun } = light
    sun.shadow.bias = -0.0004
    sun.shadow.normalBias = 0.8
    const dome = new Mesh(
      new SphereGeometry(1, 32, 16),
      new ShaderMaterial({
        vertexShader: skyVertex,
        fragmentShader: skyFragment,
        side: BackSide,
        depthTest: false,
        depthWrite: false,
        toneMapped: false,
        uniforms: {
          uZenith: { value: new Color() },
          uHorizon: { value: new Color() },
          uPaper: { value: new Color() },
          uSun: { value: new Vector3() },
          uGlow: { value: new Color() },
        },
      }),
    )
    dome.frustumCulled = false
    dome.renderOrder = -100
    return { sun, dome, fog: new Fog(0x000000, 1, 2) }
  }, [light])

  useEffect(() => {
    const { sun, dome, fog } = parts
    scene.add(sun, sun.target, dome)
    scene.fog = fog
    gl.shadowMap.enabled = true
    gl.shadowMap.type = PCFShadowMap
    gl.shadowMap.autoUpdate = false
    const unsubscribe = [
      stage.clock.subscribe((now, then) => momentTurned(now, then) && invalidate()),
      stage.view.subscribe(() => invalidate()),
    ]
    return () => {
      for (const off of unsubscribe) off()
      scene.remove(sun, sun.target, dome)
      scene.fog = null
      sun.dispose()
      dome.geometry.dispose()
      dome.material.dispose()
    }
  }, [parts, scene, gl, stage, invalidate])

  useFrame(() => {
    const { sun, dome, fog } = parts
    const { theme, tier } = stage.view.getState()
    const city = stage.city.getState().city
    const timeMs = Math.floor(shownMs(stage.clock.getState()) / SUN_EVERY_MS) * SUN_EVERY_MS
    const now = held.current
    let moved = light.shadowsDirty

    if (timeMs !== now.sunMs || theme !== now.theme) {
      now.sunMs = timeMs
      now.theme = theme
      const { originLatDeg, originLonDeg } = city?.meta ?? createEnu(51.128, 71.43)
      const { zenithRad, azimuthRad } = sunPosition(timeMs, originLatDeg, originLonDeg)
      light.elevationRad = theme === 'night' ? -0.35 : Math.PI / 2 - zenithRad
      const fixed = theme === 'data' || theme === 'print'
      // below the horizon the moon stands in, high and opposite
      const up = fixed || light.elevationRad < -0.05 ? 0.75 : Math.max(light.elevationRad, 0.035)
      const around = fixed ? 2.3 : light.elevationRad < -0.05 ? azimuthRad + Math.PI * 0.7 : azimuthRad
      light.sunDirection.set(Math.sin(around) * Math.cos(up), Math.sin(up), -Math.cos(around) * Math.cos(up))
      light.daylight = daylight(light.elevationRad, theme)
      const d = light.daylight
      const { uSunColour, uSkyColour, uEarthColour, uTowardsSun } = light.paper
      uSunColour.value.setRGB(...d.sun).multiplyScalar(d.sunIntensity / Math.PI)
      uSkyColour.value.setRGB(...d.sky).multiplyScalar(d.hemisphereIntensity)
      uEarthColour.value.setRGB(...d.ground).multiplyScalar(d.hemisphereIntensity)
      uTowardsSun.value.copy(light.sunDirection)
      const u = dome.material.uniforms
      ;(u.uZenith!.value as Color).setRGB(...d.zenith)
      ;(u.uHorizon!.value as Color).setRGB(...d.horizon)
      ;(u.uPaper!.value as Color).setRGB(...d.paper)
      ;(u.uSun!.value as Vector3).copy(light.sunDirection)
      ;(u.uGlow!.value as Color).setRGB(...d.sun).multiplyScalar(0.16 * Math.min(d.sunIntensity, 1.5) * (1 - d.night))
      fog.color.setRGB(...d.horizon).lerp(scratchColour.setRGB(...d.paper), 0.45)
      gl.toneMappingExposure = d.exposure
      moved = true
    }

    // the shadow follows what is looked at; its span follows the distance, in steps so that it does not swim
    const height = camera.position.y
    camera.getWorldDirection(scratch)
    const reach = Math.min(scratch.y < -0.02 ? height / -scratch.y : height * 8, 6000)
    scratch.multiplyScalar(reach).add(camera.position)
    const span = 2 ** Math.ceil((Math.log2(Math.min(Math.max(reach * 1.1, 220), 7000)) * 2) / 2)
    const stepM = span / 6
    scratch.set(Math.round(scratch.x / stepM) * stepM, 0, Math.round(scratch.z / stepM) * stepM)
    if (moved || span !== now.span || !scratch.equals(now.focus) || tier !== now.tier) {
      if (tier !== now.tier) {
        sun.shadow.mapSize.setScalar(SHADOW_SIZE[tier])
        sun.shadow.map?.dispose()
        sun.shadow.map = null
      }
      now.focus.copy(scratch)
      now.span = span
      now.tier = tier
      sun.target.position.copy(scratch)
      sun.target.updateMatrixWorld()
      sun.position
        .copy(light.sunDirection)
        .multiplyScalar(span * 1.5)
        .add(scratch)
      const shadow = sun.shadow.camera
      shadow.left = shadow.bottom = -span
      shadow.right = shadow.top = span
      shadow.near = 1
      shadow.far = span * 3.2
      shadow.updateProjectionMatrix()
      sun.shadow.normalBias = (span / SHADOW_SIZE[tier]) * 1.6
      // switched once only: whatever shadows fall on has a program with them and one without
      sun.castShadow = light.isCast
      sun.shadow.intensity = light.daylight.sunIntensity > 0.2 ? 1 : 0
      gl.shadowMap.needsUpdate = sun.castShadow && sun.shadow.intensity > 0
      light.shadowsDirty = false
    }

    fog.near = Math.max(reach * 1.6, 2500)
    fog.far = Math.max(reach * 6, 16_000)
    dome.position.copy(camera.position)
    dome.scale.setScalar(camera.far * 0.5)
  }, -5)

  return null
}

const scratchColour = /*#__PURE__*/ new Color()
