// Runs all benchmarks and ends with one table. --only NAME runs one part; --runs N says how often browsers are asked.
import '../../src/cli/requireNode.mjs'

// loaded only after the version check; the rest is TypeScript, which this Node does not read by itself
const { runnerImport } = await import('vite')
const { module } = await runnerImport(new URL('./main.ts', import.meta.url).pathname, {
  configFile: false,
  logLevel: 'error',
})
process.exitCode = await module.main(process.argv.slice(2))
