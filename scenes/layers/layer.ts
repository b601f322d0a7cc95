import type { ComponentType } from 'react'

/** A thing drawn in the scene. To add one: write its file, and its line in `index.ts`. */
export interface SceneLayer {
  readonly id: string
  readonly title: string
  readonly draws: number // draw calls it may use at most, shadow pass apart
  readonly Component: ComponentType
}

export const defineLayer = (layer: SceneLayer): SceneLayer => layer
