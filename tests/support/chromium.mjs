// Finds a Chromium for the browser tests: the system's, then Playwright's own, then the package manager's.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

function find() {
  const named = process.env.VERACITY_CHROMIUM
  if (named) return existsSync(named) ? named : undefined
  const system = SYSTEM.find((path) => existsSync(path))
  if (system) return system
  const own = chromium.executablePath()
  return own && existsSync(own) ? own : undefined
}

/** Path of a Chromium; installs Debian's when it may. Throws one clear line when there is none. */
export function chromiumPath() {
  const found = find()
  if (found) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stderr.write('No Chromium found; installing it with apt-get …\n')
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit' })
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const installed = find()
    if (installed) return installed
  }
  throw new Error(
    'The browser tests need Chromium. Install it (Debian: apt-get install chromium) or name one in VERACITY_CHROMIUM.',
  )
}

export const chromiumArgs = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
]
