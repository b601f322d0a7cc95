import { defineConfig } from 'vitest/config'
import { PAGE_POLICY } from './src/cli/serve/headers.ts'

/** The built page carries its policy itself, so that it holds on any static host. */
const carryPolicy = {
  name: 'veracity-policy',
  apply: 'build' as const,
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: PAGE_POLICY },
      injectTo: 'head-prepend' as const,
    },
  ],
}

export default defineConfig({
  plugins: [carryPolicy],
  base: './', // works from any static host and sub-path
  build: {
    target: 'es2022',
    outDir: 'dist',
    sourcemap: false,
    chunkSizeWarningLimit: 1500,
    assetsInlineLimit: 0,
  },
  worker: { format: 'es' },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          pool: 'threads', // every file has one of its own still, and begins sooner than a process
          maxWorkers: '100%', // one core less would be the default, and half of two are one
          include: ['tests/{unit,conformance,vectors,flow,arch}/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000, // a chain and a day of history are set up in hooks; a bound on hanging, on a busy machine too
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/support/buildOnce.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
    benchmark: { include: ['tests/bench/**/*.bench.ts'] },
  },
})
