import { type Color, ShaderMaterial, UniformsLib, UniformsUtils } from 'three'
import { ON_SCREEN } from './shader.ts'

const vertexShader = /* glsl */ `
#include <fog_pars_vertex>
void main() {
  vec4 mvPosition = modelViewMatrix * vec4(position, 1.0);
  gl_Position = projectionMatrix * mvPosition;
  #include <fog_vertex>
}
`

const fragmentShader = /* glsl */ `
#include <fog_pars_fragment>
uniform vec3 uColour;
uniform float uOpacity;
${ON_SCREEN}
void main() {
  gl_FragColor = vec4(uColour, uOpacity);
  #include <tonemapping_fragment>
  gl_FragColor.rgb = onScreen(gl_FragColor.rgb);
  #include <fog_fragment>
}
`

/** Thin lines of one colour that fade into the distance. `colour` is kept, and may be changed. */
export const createLineMaterial = (colour: Color, opacity: number): ShaderMaterial =>
  new ShaderMaterial({
    vertexShader,
    fragmentShader,
    uniforms: { ...UniformsUtils.clone(UniformsLib.fog), uColour: { value: colour }, uOpacity: { value: opacity } },
    fog: true,
    transparent: true,
  })
