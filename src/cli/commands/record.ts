import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { createFleet } from '../../../data/devnet/fleet/createFleet.ts'
import { record as recordBundles } from '../../../data/devnet/record.ts'
import { defineCommand } from '../command.ts'
import { numberOption } from '../numberOption.ts'
import { cacheDir } from '../root.ts'
import { ensureDefaultCity, readDefaultCity } from '../start/defaultCity.ts'
import { shareContracts } from '../start/shareContracts.ts'
import { openWorkDir, removeWorkDir } from '../start/workDir.ts'

/** Records the bundles of the static site: a day of the fleet, and the lesson. */
export const record = defineCommand({
  name: 'record',
  usage: '--out FOLDER [--devices N] [--seed N] [--json]',
  summary: 'record a day of signed readings, and the lesson',
  options: { out: { type: 'string' }, devices: { type: 'string' }, seed: { type: 'string' } },
  async run(args, io) {
    const devices = numberOption(args, 'devices', 1, 2_000) ?? 320
    const seed = numberOption(args, 'seed', 0, 2 ** 31) ?? 1
    const outDir = resolve(typeof args.values.out === 'string' ? args.values.out : 'public/recorded')
    const city = readDefaultCity(await ensureDefaultCity(io.err))
    mkdirSync(outDir, { recursive: true })
    const workDir = openWorkDir(cacheDir)
    const leave = (): never => process.exit(130)
    process.once('exit', () => removeWorkDir(workDir))
    process.once('SIGINT', leave) // its own chains end with the process
    process.once('SIGTERM', leave)
    try {
      shareContracts(cacheDir, workDir)
      const fleet = createFleet(city, { devices, seed })
      const made = await recordBundles({ fleet, workDir, outDir, title: city.meta.title, onProgress: io.err })
      shareContracts(workDir, cacheDir)
      if (args.values.json === true) io.out(JSON.stringify(made))
      else io.out(`${made.bundleFile}: ${made.bundleBytes} bytes\n${made.lessonFile}: ${made.lessonBytes} bytes`)
      return 0
    } finally {
      process.off('SIGINT', leave)
      process.off('SIGTERM', leave)
      removeWorkDir(workDir)
    }
  },
})
