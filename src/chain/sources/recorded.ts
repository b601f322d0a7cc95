import { TwinError } from '../../base/errors.ts'
import { defineSource } from '../source.ts'

/** A recorded bundle from the page's own folder: no server, no chain, still checked frame by frame. */
export const recorded = defineSource({
  id: 'recorded',
  title: 'Recorded bundle',
  standing: 'file',
  isConfigured: (config) => config.recorded !== null,
  async run({ config, resolve, fetch, signal }, sink) {
    if (!config.recorded) throw new TwinError('FILE_UNREADABLE', 'No recorded bundle is configured.')
    sink.state('starting', 'Loading the recording.')
    const url = resolve(config.recorded)
    const response = await fetch(url, { signal }).catch((error: unknown) => {
      if (signal.aborted) throw error
      throw new TwinError('FILE_UNREADABLE', 'The recording could not be loaded.', { url })
    })
    if (!response.ok) {
      throw new TwinError('FILE_UNREADABLE', `The recording could not be loaded (HTTP ${response.status}).`, { url })
    }
    sink.bundle(new Uint8Array(await response.arrayBuffer()))
    sink.state('ok', 'Showing a recording, checked message by message.')
  },
})
