import { Color, Vector3 } from 'three'

/** The light that falls on paper: one set of uniforms for every material of the city, written by the sky when it changes. */
export interface PaperLight {
  readonly uSunColour: { value: Color } // linear, intensity and the 1/π of a matte surface included
  readonly uSkyColour: { value: Color } // from above, the same
  readonly uEarthColour: { value: Color } // from below, the same
  readonly uTowardsSun: { value: Vector3 } // unit, scene axes
}

export const createPaperLight = (): PaperLight => ({
  uSunColour: { value: new Color() },
  uSkyColour: { value: new Color() },
  uEarthColour: { value: new Color() },
  uTowardsSun: { value: new Vector3(0, 1, 0) },
})
