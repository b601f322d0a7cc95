import type { Camera, DirectionalLight, Material, Mesh, Object3D, Scene, WebGLRenderer } from 'three'
import type { Chores } from './chores.ts'
import { isIdle } from './isIdle.ts'

/** What the renderer keeps of a material, as far as it is used here. */
interface Kept {
  readonly currentProgram?: { isReady(): boolean; getUniforms(): unknown; getAttributes(): unknown }
}
export type Program = NonNullable<Kept['currentProgram']>

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

/**
 * Settles when all are compiled and have been asked what they have to be asked, one a task. Asking waits for all that the
 * graphics processor was told before: no frames should be on their way meanwhile.
 */
export async function settlePrograms(programs: Iterable<Program>, { gl, chores }: ProgramsOptions): Promise<void> {
  const all = new Set(programs)
  await areReady([...all])
  await isIdle(gl.getContext() as WebGL2RenderingContext)
  const ask = (program: Program) =>
    new Promise<void>((done) =>
      chores.add(() => {
        program.getUniforms()
        program.getAttributes()
        done()
      }),
    )
  await Promise.all([...all].map(ask))
}

/**
 * Begins to compile every program of what is below `root`. A program that is first met in a frame makes that frame wait
 * for the compiler, and for all that the graphics processor has to draw before.
 */
export function compilePrograms(root: Object3D, { gl, camera, scene }: ProgramsOptions): Program[] {
  gl.compile(root, camera, scene)
  return programsOf(gl, samplesOf(root, () => true).keys())
}

/**
 * The same for what will only be drawn once `sun` casts shadows: all below `root`, and the other programs of what they fall
 * on. A program is another one under other lights, even where it does not look at them. Leaves everything as it was.
 */
export function compileShaded(root: Object3D, sun: DirectionalLight, options: ProgramsOptions): Program[] {
  const { gl, camera, scene } = options
  const samples = samplesOf(scene, (material) => 'lights' in material && material.lights === true)
  const turned = [...samples.keys()].flatMap((material) => turns.get(material) ?? [])
  const turnAndCompile = () => {
    for (const turn of turned) turn()
    for (const object of samples.values()) gl.compile(object, camera, scene)
    return programsOf(gl, samples.keys())
  }
  sun.castShadow = true
  const programs = [...compilePrograms(root, options), ...turnAndCompile(), ...turnAndCompile()]
  sun.castShadow = false
  return programs
}
