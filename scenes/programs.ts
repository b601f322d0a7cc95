import type { Camera, DirectionalLight, Material, Mesh, Object3D, Scene, WebGLRenderer } from 'three'
import type { Chores } from './chores.ts'
import { isIdle } from './isIdle.ts'

/** What the renderer keeps of a material, as far as it is used here. */
interface Kept {
  readonly currentProgram?: { isReady(): boolean; getUniforms(): unknown; getAttributes(): unknown }
}
type Program = NonNullable<Kept['currentProgram']>

const LOOK_EVERY_MS = 10

const programsOf = (gl: WebGLRenderer, materials: Iterable<Material>): Program[] =>
  [...materials].flatMap((material) => (gl.properties.get(material) as Kept).currentProgram ?? [])

/** Settles when the driver has compiled all of them; asking does not wait. */
function areReady(programs: readonly Program[]): Promise<void> {
  return new Promise((resolve) => {
    const look = () => (programs.every((program) => program.isReady()) ? resolve() : setTimeout(look, LOOK_EVERY_MS))
    look()
  })
}

/** A material that has a second program tells here how to turn to it, and back. */
const turns = new WeakMap<Material, () => void>()
export const addOtherProgram = (material: Material, turn: () => void): void => void turns.set(material, turn)

/** One object below `root` for each material that `fits`. */
function samplesOf(root: Object3D, fits: (material: Material) => boolean): ReadonlyMap<Material, Object3D> {
  const samples = new Map<Material, Object3D>()
  root.traverse((object) => {
    if (!('material' in object)) return
    for (const material of [(object as Mesh).material].flat()) if (fits(material)) samples.set(material, object)
  })
  return samples
}

export interface ProgramsOptions {
  readonly gl: WebGLRenderer
  readonly camera: Camera
  readonly scene: Scene
  readonly chores: Chores
}

/** Settles when all are compiled and have been asked what they have to be asked, one a task. */
async function settle(programs: ReadonlySet<Program>, { gl, chores }: ProgramsOptions): Promise<void> {
  await areReady([...programs])
  await isIdle(gl.getContext() as WebGL2RenderingContext)
  const ask = (program: Program) =>
    new Promise<void>((done) =>
      chores.add(() => {
        program.getUniforms()
        program.getAttributes()
        done()
      }),
    )
  await Promise.all([...programs].map(ask))
}

/**
 * Compiles every program of what is below `root`. A program that is first met in a frame makes that frame wait for the
 * compiler, and for all that the graphics processor has to draw before.
 */
export function compilePrograms(root: Object3D, options: ProgramsOptions): Promise<void> {
  const { gl, camera, scene } = options
  gl.compile(root, camera, scene)
  return settle(new Set(programsOf(gl, samplesOf(root, () => true).keys())), options)
}

/** Compiles what the materials that shadows fall on need once `sun` casts some, and leaves everything as it was. */
export function compileShaded(sun: DirectionalLight, options: ProgramsOptions): Promise<void> {
  const { gl, camera, scene } = options
  const samples = samplesOf(scene, (material) => 'lights' in material && material.lights === true)
  const programs = new Set<Program>()
  const compile = () => {
    for (const object of samples.values()) gl.compile(object, camera, scene)
    for (const program of programsOf(gl, samples.keys())) programs.add(program)
  }
  const turned = [...samples.keys()].flatMap((material) => turns.get(material) ?? [])
  sun.castShadow = true
  for (const turn of [...turned]) turn()
  compile()
  for (const turn of [...turned]) turn()
  compile()
  sun.castShadow = false
  return settle(programs, options)
}
