/** What a store may ask of a long job: how far it is, and how to stop it. */
export interface RunOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (fraction: number) => void
}
