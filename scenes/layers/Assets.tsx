import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo, useRef } from 'react'
import { Color, ConeGeometry, CylinderGeometry, Group, InstancedMesh, Matrix4, Mesh, MeshBasicMaterial } from 'three'
import { createEnu, type Enu } from '../../src/geo/enu.ts'
import { buildingAt } from '../../src/mesh/pick.ts'
import { ASSET_KIND_INFO, type Asset, paramOf } from '../../src/model/asset.ts'
import { createThingMaterial } from '../paper/things.ts'
import { useLight } from '../sky/light.ts'
import { useStage } from '../stage.ts'

/** More than anybody places by hand; an import beyond it is drawn up to here and listed whole. */
const MOST = 4096
const PLANNED = new Color('#b98bff')
const REFUSED = new Color('#ff5a52')
const CHOSEN = new Color('#ecebe6')
const PLAIN = new Color(1, 1, 1)

const matrix = /*#__PURE__*/ new Matrix4()
const local = new Float64Array(2)

/** How tall the post of an asset is, so that it can be seen and its antenna stands where the radio model puts it. */
const postM = (asset: Asset): number =>
  ASSET_KIND_INFO[asset.kind].params.some((p) => p.key === 'mastM') ? paramOf(asset, 'mastM') : 4

/** What was planned: a post with a head each, violet, never mistaken for something that is there. Two draw calls and a ghost. */
export function Assets() {
  const stage = useStage()
  const invalidate = useThree((state) => state.invalidate)
  const light = useLight()
  const held = useRef<{ key: string; enu: Enu | null; city: unknown }>({ key: '', enu: null, city: null })
  const parts = useMemo(() => {
    const post = new CylinderGeometry(0.5, 0.5, 1, 8)
    post.translate(0, 0.5, 0)
    const head = new ConeGeometry(3.2, 6, 4)
    head.rotateX(Math.PI)
    head.translate(0, 4.2, 0)
    const posts = new InstancedMesh(post, createThingMaterial(light.paper, new Color(0x8d8b85)), MOST)
    const heads = new InstancedMesh(head, new MeshBasicMaterial({ toneMapped: false }), MOST)
    const ghost = new Mesh(
      head.clone(),
      new MeshBasicMaterial({ transparent: true, opacity: 0.75, toneMapped: false, depthTest: false }),
    )
    ghost.renderOrder = 60
    for (let i = 0; i < MOST; i++) posts.setColorAt(i, PLAIN)
    heads.setColorAt(0, PLANNED) // so that its program is compiled with colours
    for (const part of [posts, heads]) {
      part.frustumCulled = false
      part.count = 0
    }
    const group = new Group()
    group.add(posts, heads, ghost)
    return { posts, heads, ghost, group }
  }, [light.paper])

  useEffect(() => {
    const watched = [stage.scenario, stage.placement, stage.selection, stage.layers]
    const unsubscribe = watched.map((store) => store.subscribe(() => invalidate()))
    return () => {
      for (const off of unsubscribe) off()
      for (const part of [parts.posts, parts.heads, parts.ghost]) {
        part.geometry.dispose()
        part.material.dispose()
      }
    }
  }, [stage, invalidate, parts])

  useFrame(({ camera }) => {
    const { loaded } = stage.city.getState()
    const { state, revision } = stage.scenario.getState()
    const { selected } = stage.selection.getState()
    const { tool, ghost } = stage.placement.getState()
    const now = held.current
    if (!loaded) return
    if (now.city !== loaded.city) {
      now.city = loaded.city
      now.enu = createEnu(loaded.city.meta.originLatDeg, loaded.city.meta.originLonDeg)
      now.key = ''
    }
    parts.posts.visible = parts.heads.visible = stage.layers.getState().visible.assets
    // heads keep a readable size from afar
    const scale = Math.min(Math.max(camera.position.y / 260, 1), 14)

    parts.ghost.visible = tool !== null && ghost !== null
    if (ghost) {
      parts.ghost.position.set(ghost.xM, ghost.groundM + 2, -ghost.yM)
      parts.ghost.scale.setScalar(scale)
      parts.ghost.material.color = ghost.refusal ? REFUSED : PLANNED
    }

    const key = `${revision}/${selected?.kind === 'asset' ? selected.id : ''}/${scale.toFixed(1)}`
    if (key === now.key || !now.enu) return
    now.key = key
    let i = 0
    for (const asset of state.assets.values()) {
      if (i === MOST) break
      now.enu.toLocal(asset.latDeg, asset.lonDeg, local)
      const [x, y] = [local[0]!, local[1]!]
      const building = ASSET_KIND_INFO[asset.kind].mayStandInBuilding ? buildingAt(loaded.pick, loaded.city, x, y) : -1
      const groundM = building < 0 ? 0 : loaded.city.buildings.heightM[building]!
      const tall = postM(asset)
      parts.posts.setMatrixAt(i, matrix.makeScale(1, tall, 1).setPosition(x, groundM, -y))
      parts.heads.setMatrixAt(i, matrix.makeScale(scale, scale, scale).setPosition(x, groundM + tall, -y))
      parts.heads.setColorAt(i, selected?.kind === 'asset' && selected.id === asset.id ? CHOSEN : PLANNED)
      i++
    }
    for (const part of [parts.posts, parts.heads]) {
      part.count = i
      part.instanceMatrix.needsUpdate = true
    }
    if (parts.heads.instanceColor) parts.heads.instanceColor.needsUpdate = true
  })

  return <primitive object={parts.group} />
}
