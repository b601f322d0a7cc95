import { measure } from './measure.ts'

// one worker of a page: as the verify worker, with nothing else in its thread
measure().then(
  (figures) => postMessage({ figures }),
  (error: unknown) => postMessage({ error: String(error) }),
)
