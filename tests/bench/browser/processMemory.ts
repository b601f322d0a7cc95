import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'

export interface ProcessMemory {
  readonly privateMb: number
  readonly pssMb: number // shared pages counted by share
}

/** Memory of processes by Linux' own account; what is gone by now counts nothing. */
export function memoryOf(pids: readonly number[]): ProcessMemory {
  let privateKb = 0
  let pssKb = 0
  for (const pid of pids) {
    let text = ''
    try {
      text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    } catch {
      continue
    }
    const kb = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0)
    privateKb += kb('Private_Clean') + kb('Private_Dirty')
    pssKb += kb('Pss')
  }
  return { privateMb: privateKb / 1024, pssMb: pssKb / 1024 }
}

/** The processes of a browser that run pages and their workers. */
export async function rendererPids(browser: Browser): Promise<number[]> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
}
