/**
 * The architecture, as a table: a module may import itself and what stands in its row.
 * `x:types` allows `import type` only. `node:` allows Node's own modules.
 */
export const mayImport: Record<string, readonly string[]> = {
  'src/base': [],
  'src/model': ['src/base', 'zod', '@noble/hashes'],
  'src/geo': ['src/base', 'src/model'],
  'src/mesh': ['src/base', 'src/model', 'src/geo', 'earcut', 'flatbush'],
  'src/engines': ['src/base', 'src/model', 'src/geo', 'flatbush'],
  'src/networks': ['src/base', 'src/model'],
  'src/plan': ['src/base', 'src/model', 'src/geo', 'src/engines', 'src/networks'],
  'src/proofs': ['src/base', 'src/model', '@bitauth/libauth', 'hash-wasm', '@noble/hashes', 'zod'],
  'src/formats': ['src/base', 'src/model', 'src/geo', 'pbf', '@mapbox/vector-tile', 'earcut', 'zod'],
  'src/chain': ['src/base', 'src/model', 'src/proofs:types', 'viem', '@ponder/client', 'zod'],
  'src/stores': [
    'src/base',
    'src/model',
    'src/engines:types',
    'src/proofs:types',
    'src/networks:types',
    'src/plan:types',
    'src/mesh:types',
    'zustand',
    'idb-keyval',
  ],
  workers: [
    'src/base',
    'src/model',
    'src/geo',
    'src/mesh',
    'src/engines',
    'src/proofs',
    'src/formats',
    'src/networks',
    'src/plan',
    'comlink',
    'highs', // a solver of WebAssembly, handed to the engine that wants one
  ],
  'scenes/paint': ['src/base', 'src/model'],
  scenes: [
    'src/base',
    'src/model',
    'src/geo',
    'src/mesh',
    'src/stores',
    'src/networks',
    'scenes/paint',
    'three',
    '@react-three/fiber',
    'react',
    'zustand',
    'flatbush',
  ],
  'src/ui': [
    'src/base',
    'src/model',
    'src/stores',
    'src/networks',
    'react',
    'react-aria-components',
    'uplot',
    'zustand',
    'lucide-react',
  ],
  data: [
    'src/base',
    'src/model',
    'src/geo',
    'src/proofs',
    'src/chain',
    'src/formats',
    'src/engines',
    '@bitauth/libauth',
    'viem',
    'ponder',
    'hono',
    'node:',
    'solc',
    'flatbush',
    'vite',
    'ws',
  ],
  'src/app': ['*'],
  'src/cli': ['*'],
}

/** Beyond the table: one file prefix of a module that may import one thing more. */
export const exceptions: readonly {
  readonly files: string
  readonly may: string
  readonly why: string
}[] = [
  {
    files: 'workers/verify',
    may: 'src/chain',
    why: 'the verify worker asks the chain itself',
  },
]

/** Never imported by anybody: they join things, so nothing may lean on them. */
export const roofs: readonly string[] = ['src/app', 'src/cli']

/** Lines in a file. The tables named here are data, not code. */
export const MAX_LINES = 400
export const MAX_MEDIAN_LINES = 90
export const sizeExempt: readonly string[] = []

/** Engines must give the same bits everywhere: of `Math` only what IEEE 754 fixes. */
export const exactMath: readonly string[] = [
  'abs',
  'min',
  'max',
  'floor',
  'ceil',
  'round',
  'trunc',
  'sign',
  'sqrt',
  'imul',
  'fround',
  'clz32',
  'PI',
  'E',
  'LN2',
  'LN10',
  'LOG2E',
  'LOG10E',
  'SQRT2',
  'SQRT1_2',
]

/** Modules whose results must be bit-identical in every engine and for any number of workers. */
export const exactModules: readonly string[] = [
  'src/base',
  'src/model',
  'src/geo',
  'src/mesh',
  'src/engines',
  'src/networks',
  'src/plan',
]
