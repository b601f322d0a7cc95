#!/usr/bin/env node
import './requireNode.mjs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

// loaded only after the version check: an old Node would fail on them with a riddle
const { bundleIfStale, outDir } = await import('./bundle.mjs')
await bundleIfStale()
const { main } = await import(pathToFileURL(join(outDir, 'main.mjs')).href)
process.exitCode = await main(process.argv.slice(2))
