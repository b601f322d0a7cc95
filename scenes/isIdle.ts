const LOOK_EVERY_MS = 8

/** Settles when the graphics processor has done all it was told so far; the thread does not wait for it. */
export function isIdle(gl: WebGL2RenderingContext): Promise<void> {
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)
  gl.flush()
  return new Promise((resolve) => {
    const look = () => {
      if (!fence || gl.isContextLost() || gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.SIGNALED) {
        gl.deleteSync(fence)
        resolve()
      } else setTimeout(look, LOOK_EVERY_MS)
    }
    look()
  })
}
