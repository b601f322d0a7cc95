import { type IUniform, ShaderMaterial, type ShaderMaterialParameters, UniformsLib, UniformsUtils } from 'three'
import type { PaperLight } from './light.ts'
import { type PaperShader, paperFragment, paperVertex } from './shader.ts'

export interface PaperOptions extends Pick<ShaderMaterialParameters, 'depthWrite'> {
  /** Shared with whoever changes them; the same objects are kept. */
  readonly uniforms: Readonly<Record<string, IUniform>>
  /** Whether shadows fall on it. What they do not fall on needs no second program. */
  readonly isShaded: boolean
}

/** A material of the city: its own `shader` on matte paper, under the one light of the scene. */
export const createPaperMaterial = (
  shader: PaperShader,
  light: PaperLight,
  { uniforms, isShaded, ...rest }: PaperOptions,
): ShaderMaterial =>
  new ShaderMaterial({
    ...rest,
    vertexShader: paperVertex(shader),
    fragmentShader: paperFragment(shader),
    uniforms: {
      ...UniformsUtils.clone(isShaded ? { ...UniformsLib.lights, ...UniformsLib.fog } : UniformsLib.fog),
      ...light,
      ...uniforms,
    },
    defines: isShaded ? { SHADED: '' } : {},
    lights: isShaded,
    fog: true,
  })
