// Pictures of every door and main state, wide and on a phone, into .veracity/gallery, and the README's picture.
import '../../src/cli/requireNode.mjs'

// loaded only after the version check; the rest is TypeScript, which this Node does not read by itself
const { runnerImport } = await import('vite')
const { module } = await runnerImport(new URL('./pictures.ts', import.meta.url).pathname, {
  configFile: false,
  logLevel: 'error',
})
process.exitCode = await module.main(process.argv.slice(2))
