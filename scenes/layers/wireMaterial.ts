import { Color, ShaderMaterial, Vector2 } from 'three'

/** Segments as ribbons that face the eye: a width in metres that never falls below some pixels. One instance a segment. */
const vertexShader = /* glsl */ `
attribute vec4 segment;   // x, z of the one end; x, z of the other
attribute float branch;
attribute vec3 tint;
attribute float weight;   // 0 low voltage … 1 medium voltage
uniform vec2 uViewport;
uniform float uHeight;
uniform float uPixelRatio;
uniform float uSelected;
varying vec3 vTint;
varying float vAcross;
varying float vChosen;

void main() {
  vChosen = branch == uSelected ? 1.0 : 0.0;
  vTint = tint;
  vAcross = position.y;
  vec4 a = projectionMatrix * viewMatrix * vec4(segment.x, uHeight, segment.y, 1.0);
  vec4 b = projectionMatrix * viewMatrix * vec4(segment.z, uHeight, segment.w, 1.0);
  // an end behind the eye would turn the ribbon inside out
  float nearest = 0.05;
  if (a.w < nearest && b.w < nearest) { gl_Position = vec4(2.0, 2.0, 2.0, 1.0); return; }
  if (a.w < nearest) a = mix(a, b, (nearest - a.w) / (b.w - a.w));
  if (b.w < nearest) b = mix(b, a, (nearest - b.w) / (a.w - b.w));
  vec2 pa = a.xy / a.w * uViewport;
  vec2 pb = b.xy / b.w * uViewport;
  vec2 along = pb - pa;
  float length2 = dot(along, along);
  along = length2 > 1e-6 ? along * inversesqrt(length2) : vec2(1.0, 0.0);
  vec2 across = vec2(-along.y, along.x);
  vec4 at = position.x < 0.5 ? a : b;
  float metres = mix(1.6, 4.5, weight) + 2.5 * vChosen;
  float least = (mix(1.1, 2.2, weight) + 2.0 * vChosen) * uPixelRatio; // the viewport is in device pixels already
  float px = max(metres * projectionMatrix[1][1] * uViewport.y / at.w * 0.5, least);
  at.xy += across * position.y * px / uViewport * at.w;
  gl_Position = at;
}
`

const fragmentShader = /* glsl */ `
uniform float uOpacity;
uniform vec3 uChosen;
varying vec3 vTint;
varying float vAcross;
varying float vChosen;

void main() {
  float core = 1.0 - smoothstep(0.55, 0.75, abs(vAcross));
  vec3 colour = mix(vTint, mix(uChosen, vTint, core), vChosen);
  gl_FragColor = vec4(colour, uOpacity);
  #include <colorspace_fragment>
}
`

export interface WireUniforms {
  readonly uViewport: { value: Vector2 }
  readonly uHeight: { value: number }
  readonly uPixelRatio: { value: number }
  readonly uSelected: { value: number }
  readonly uOpacity: { value: number }
  readonly uChosen: { value: Color }
}

export function createWireUniforms(): WireUniforms {
  return {
    uViewport: { value: new Vector2(1, 1) },
    uHeight: { value: 1.2 },
    uPixelRatio: { value: 1 },
    uSelected: { value: -1 },
    uOpacity: { value: 1 },
    uChosen: { value: new Color('#ffffff') },
  }
}

export const createWireMaterial = (uniforms: WireUniforms): ShaderMaterial =>
  new ShaderMaterial({
    vertexShader,
    fragmentShader,
    uniforms: { ...uniforms }, // the same values, so that a change is seen
    transparent: true,
    depthWrite: false,
    toneMapped: false,
  })
