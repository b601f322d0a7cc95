import { TwinError } from '../../base/errors.ts'
import { systemClock } from '../../chain/clock.ts'
import { liveAnswer } from '../../chain/liveState/answer.ts'
import { liveStates } from '../../chain/liveState/index.ts'
import { exactText, LIVE_STATE_IDS, LIVE_STATE_TITLES, type LiveAnswer, liveLabel } from '../../model/liveState.ts'
import { defineCommand } from '../command.ts'
import { jsonText, onlyPositional, textOption } from '../options.ts'

const TIMEOUT_MS = 1_800_000 // beyond what the tries of all calls take together

const documentOf = (network: string, answer: LiveAnswer) => ({
  network,
  kind: answer.kind,
  label: liveLabel(answer),
  why: answer.kind === 'live' ? null : answer.why,
  ...(answer.kind === 'none'
    ? { askedAt: null, takenAt: null, complete: false, figures: [] }
    : {
        askedAt: answer.state.askedAt,
        takenAt: new Date(answer.state.takenAtMs).toISOString(),
        complete: answer.state.complete,
        figures: answer.state.figures.map((figure) => ({ ...figure, value: exactText(figure) })),
      }),
})

export const networkLive = defineCommand({
  name: 'network live',
  usage: 'NAME [--url URL]',
  summary: 'what a network’s public endpoint says now',
  options: { url: { type: 'string' } },
  help: [
    `NAME is one of ${LIVE_STATE_IDS.join(', ')}. --url asks another endpoint that answers alike.`,
    'Figures are as the endpoint names them, exact, and proven by nothing. Silence is tried again twice, then a dated',
    'snapshot stands in where one is known, labelled as such. Helium: 20 pages at most are read.',
    'Exit: 0 live, 1 snapshot or nothing, 2 bad usage.',
  ].join('\n'),
  async run(args, io) {
    const name = onlyPositional(args, `one of ${LIVE_STATE_IDS.join(', ')}`)
    const network = liveStates.find(({ id }) => id === name)
    if (!network)
      throw new TwinError('BAD_USAGE', `The network is "${name}", expected one of ${LIVE_STATE_IDS.join(', ')}.`)
    const url = textOption(args, 'url') ?? network.url
    if (!/^https?:\/\//.test(url) || !URL.canParse(url))
      throw new TwinError('BAD_USAGE', `--url is "${url}", expected an http or https URL.`)
    io.err(`asking ${new URL(url).host} …`)
    const answer = await liveAnswer(network, {
      fetch: (input, init) => fetch(input, init),
      url,
      clock: systemClock,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (args.values.json) io.out(jsonText(documentOf(network.id, answer)))
    else {
      const figures = answer.kind === 'none' ? [] : answer.state.figures
      const partly = answer.kind === 'live' && !answer.state.complete ? ['The source had more than was read.'] : []
      const lines = figures.map((one) => `  ${one.title}: ${exactText(one)} ${one.unit}  [${one.source}]`)
      io.out([`${LIVE_STATE_TITLES[network.id]}. ${liveLabel(answer)}`, ...partly, ...lines].join('\n'))
    }
    return answer.kind === 'live' ? 0 : 1
  },
})
