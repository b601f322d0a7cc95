/** Measures in a worker of this page. */
function measureInWorker(): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<{ figures?: unknown; error?: string }>) => {
      worker.terminate()
      if (data.figures) resolve(data.figures)
      else reject(new Error(data.error))
    }
    worker.onerror = (event) => reject(new Error(event.message))
  })
}

Object.assign(globalThis, { measureInWorker })
