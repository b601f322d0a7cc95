import { resolve } from 'node:path'
import { buildDefaultCity } from '../../../data/cities/build.ts'
import { defineCommand } from '../command.ts'
import { defaultCityDir } from '../start/cityFolder.ts'

/** Builds the default city where the page looks for it, or where it is told. */
export const cityBuild = defineCommand({
  name: 'city build',
  usage: '[--out FOLDER] [--json]',
  summary: 'build the default city from its npm package',
  options: { out: { type: 'string' } },
  async run({ values }, io) {
    const outDir = typeof values.out === 'string' ? resolve(values.out) : defaultCityDir
    let said = ''
    const { manifest, built } = buildDefaultCity({
      outDir,
      onProgress: (_fraction, words) => {
        if (words !== said) io.err(words)
        said = words
      },
    })
    if (values.json === true) io.out(JSON.stringify(manifest))
    else
      io.out(
        `${built ? 'Built' : 'It stands:'} ${manifest.title}, ${manifest.counts.buildings} buildings, in ${outDir}`,
      )
    return 0
  },
})
