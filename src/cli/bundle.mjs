// Bundles the command line, so that `veracity` and `npm start` run on a Node that reads no TypeScript.
import './requireNode.mjs'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
export const outDir = join(root, '.veracity/cli')
const stampFile = join(outDir, 'stamp.json')
const SOURCES = ['src', 'workers', 'data'].filter((folder) => existsSync(join(root, folder)))

/** Newest change and number of files below a folder: enough to know whether the bundle is of today. */
function stampOf(folder) {
  let newestMs = 0
  let files = 0
  for (const entry of readdirSync(folder, {
    withFileTypes: true,
    recursive: true,
  })) {
    if (!entry.isFile() || !/\.(ts|mjs|json|sol)$/.test(entry.name)) continue
    files++
    newestMs = Math.max(newestMs, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs)
  }
  return `${files}:${newestMs}`
}

const currentStamp = () => SOURCES.map((folder) => stampOf(join(root, folder))).join('|')

function isFresh() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8')).stamp === currentStamp()
  } catch {
    return false
  }
}

/** Bundles the command line into a folder: the command itself, and what its worker threads run. */
export async function bundle(folder) {
  const { build } = await import('vite')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      target: 'node20',
      outDir: folder,
      emptyOutDir: true,
      sourcemap: false,
      minify: false,
      rolldownOptions: {
        input: { main: join(root, 'src/cli/main.ts'), nodeWorker: join(root, 'src/cli/nodeWorker.ts') },
        output: {
          entryFileNames: '[name].mjs',
          chunkFileNames: 'chunk-[hash].mjs',
        },
      },
    },
  })
}

/** Bundles when a source changed since the last time; returns whether it had to. */
export async function bundleIfStale() {
  if (isFresh()) return false
  const stamp = currentStamp()
  await bundle(outDir)
  mkdirSync(outDir, { recursive: true })
  writeFileSync(stampFile, JSON.stringify({ stamp }))
  return true
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await bundleIfStale()
