import type { HeadLine } from '../../src/chain/headBell.ts'
import type { ChainConfig } from '../../src/chain/sourcesConfig.ts'
import type { PipelineParts } from './pipeline.ts'

/** The socket of the viewer's own endpoint, where there is one and sockets can be opened. */
export const chainSocket = ({ openText, resolve }: PipelineParts, { socket }: ChainConfig): HeadLine | null =>
  openText && socket !== undefined ? { url: resolve(socket).replace(/^http/, 'ws'), open: openText } : null
