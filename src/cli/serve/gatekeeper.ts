import type { IncomingHttpHeaders } from 'node:http'

/** Why a request is turned away before anything is done with it. */
export interface Refusal {
  readonly status: number
  readonly sentence: string
}

/**
 * Checks who is asking. A page of another site must neither reach this server under a name of its own that resolves to
 * 127.0.0.1 (DNS rebinding) nor send requests to it from afar.
 */
export function refuseStranger(headers: IncomingHttpHeaders, port: number): Refusal | null {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  if (port === 80) hosts.push('127.0.0.1', 'localhost')
  const host = headers.host?.toLowerCase()
  if (host === undefined || !hosts.includes(host)) {
    return { status: 421, sentence: `This server answers to ${hosts[0]} and ${hosts[1]}, not to another host name.` }
  }
  const { origin } = headers
  if (origin !== undefined && !hosts.some((name) => origin.toLowerCase() === `http://${name}`)) {
    return { status: 403, sentence: 'This server answers its own page only, not a page of another origin.' }
  }
  const site = headers['sec-fetch-site']
  if (site === 'cross-site' && headers['sec-fetch-mode'] !== 'navigate') {
    return { status: 403, sentence: 'This server answers its own page only, not a page of another site.' }
  }
  return null
}
