// Runs everything and ends with "N passed, N failed". --quick leaves the browser out; --only NAME runs one part.
import '../src/cli/requireNode.mjs'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const quick = process.argv.includes('--quick')
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined
const scratch = mkdtempSync(join(tmpdir(), 'veracity-test-'))
const totals = { passed: 0, failed: 0, skipped: 0 }
const failures = []

const bin = (name) => join('node_modules', '.bin', name)

function run(title, command, args) {
  console.log(`\n── ${title}`)
  const started = Date.now()
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, FORCE_COLOR: '0', CI: '1' } })
  console.log(`── ${title}: ${status === 0 ? 'ok' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`)
  return status === 0
}

/** A part that passes or fails as one. */
function check(title, command, args) {
  if (run(title, command, args)) totals.passed++
  else {
    totals.failed++
    failures.push(title)
  }
}

/** A part that counts its own tests. A file that does not even load counts as a failure. */
function vitest(title, project) {
  const file = join(scratch, `${project}.json`)
  const ok = run(title, process.execPath, [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  const report = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, testResults: [] }
  const brokenFiles = report.testResults.filter(
    (r) => r.status === 'failed' && !r.assertionResults.some((a) => a.status === 'failed'),
  ).length
  totals.passed += report.numPassedTests
  totals.skipped += report.numPendingTests
  const failed = report.numFailedTests + brokenFiles || (ok ? 0 : 1)
  totals.failed += failed
  if (failed) failures.push(title)
}

const parts = {
  types: () => check('types', bin('tsc'), ['-b']),
  lint: () => check('lint and format', bin('biome'), ['ci', '--error-on-warnings', '.']),
  unused: () => check('nothing unused', bin('knip'), []),
  unit: () => vitest('unit, property, conformance, vectors, architecture', 'unit'),
  e2e: () => vitest('end to end in a browser', 'e2e'),
}

try {
  for (const [name, part] of Object.entries(parts)) {
    if (only ? name === only : !(quick && name === 'e2e')) part()
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
if (failures.length) console.log(`\nFailed: ${failures.join('; ')}`)
if (totals.skipped) console.log(`${totals.skipped} skipped: each says why in its name or above`)
console.log(`${totals.passed} passed, ${totals.failed} failed`)
process.exitCode = totals.failed ? 1 : 0
