import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineCommand } from '../command.ts'
import { cacheDir, projectRoot } from '../root.ts'
import { cityWords, ensureDefaultCity } from '../start/defaultCity.ts'
import { buildPage } from '../start/pageBuild.ts'
import { createProgress } from '../start/progress.ts'

const RECORDED = 'recorded/astana.vbundle'
const LESSON = 'recorded/lesson.vbundle'

/** The static site: page, city and recorded bundle in one folder that any host serves from any path. */
export const build = defineCommand({
  name: 'build',
  usage: '[--quiet]',
  summary: 'build the static site into dist/',
  options: { quiet: { type: 'boolean' } },
  async run(args, io) {
    const progress = createProgress(args.values.quiet === true ? { err: () => {} } : io)
    const city = await progress.step('city', async (say) => {
      const found = await ensureDefaultCity(say)
      say(cityWords(found))
      return found
    })
    const page = await progress.step('page', async (say) => {
      const { folder, built } = await buildPage(projectRoot, cacheDir)
      say(built ? 'built' : 'as it was')
      return folder
    })
    const dist = join(projectRoot, 'dist')
    rmSync(dist, { recursive: true, force: true })
    cpSync(page, dist, { recursive: true })
    mkdirSync(join(dist, 'city'), { recursive: true })
    cpSync(city.folder, join(dist, 'city'), { recursive: true })
    const has = (path: string): string | null => (existsSync(join(dist, path)) ? path : null)
    const sources = {
      mode: 'recorded',
      chain: null,
      gateway: null,
      indexer: null,
      recorded: has(RECORDED),
      lesson: has(LESSON),
    }
    writeFileSync(join(dist, 'sources.json'), `${JSON.stringify(sources, null, 2)}\n`)
    if (!sources.recorded)
      io.err(`There is no ${RECORDED} in public/: the site has no readings. "veracity record" makes it.`)
    if (args.values.quiet !== true) io.out('Built into dist/. "npm run preview" serves it.')
    return 0
  },
})
