import { MeshLambertMaterial } from 'three'

/** Flat paint by kind: one small array of colours, indexed per vertex. Receives light and shadow like paper. */
export function createGroundMaterial(kinds: number): MeshLambertMaterial {
  const material = new MeshLambertMaterial({ depthWrite: false })
  const colours = new Float32Array(3 * kinds)
  material.userData.colours = colours
  material.onBeforeCompile = (shader) => {
    shader.uniforms.uKinds = { value: colours }
    shader.vertexShader = shader.vertexShader
      .replace(
        '#include <common>',
        `#include <common>\nattribute float kind;\nuniform vec3 uKinds[${kinds}];\nvarying vec3 vKind;`,
      )
      .replace('#include <beginnormal_vertex>', 'vec3 objectNormal = vec3(0.0, 1.0, 0.0);')
      .replace(
        '#include <begin_vertex>',
        'vec3 transformed = vec3(position.x, 0.0, position.y);\nvKind = uKinds[int(kind + 0.5)];',
      )
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', '#include <common>\nvarying vec3 vKind;')
      .replace('#include <color_fragment>', 'diffuseColor.rgb = vKind;')
  }
  material.customProgramCacheKey = () => `veracity-ground-${kinds}`
  return material
}
