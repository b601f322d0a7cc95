import { createHash } from 'node:crypto'

/**
 * The only style sheets that come as text inside the page: react-aria adds them by itself, and only these two.
 * Named by hash, so that no other inline style is allowed with them.
 */
export const LIBRARY_STYLES: readonly string[] = [
  '@layer {\n  [data-react-aria-pressable] {\n    touch-action: pan-x pan-y pinch-zoom;\n  }\n}',
  '@layer {\n  * {\n    overscroll-behavior: contain;\n  }\n}',
]

const hashSource = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/**
 * What the page may load and whom it may ask. No inline script, no evaluation of text; `wasm-unsafe-eval` compiles WebAssembly only.
 * `connect-src` is wide by choice: people add their own RPC endpoints and gateways, and nothing that comes from them is
 * trusted before it is proven. Plain http is for this machine only.
 */
const policy: Readonly<Record<string, readonly string[]>> = {
  'default-src': ["'self'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'style-src': ["'self'", ...LIBRARY_STYLES.map(hashSource)],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'worker-src': ["'self'"],
  'connect-src': [
    "'self'",
    'blob:',
    'https:',
    'wss:',
    'http://127.0.0.1:*',
    'http://localhost:*',
    'ws://127.0.0.1:*',
    'ws://localhost:*',
  ],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
}

const write = (rules: Readonly<Record<string, readonly string[]>>): string =>
  Object.entries(rules)
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ')

/** The policy as a built page carries it in its own head, so that it holds on any static host. */
export const PAGE_POLICY: string = write(policy)

/** The policy as a header; `frame-ancestors` works only there. */
export const HEADER_POLICY: string = write({ ...policy, 'frame-ancestors': ["'none'"] })

/** The policy of the development server, whose style sheets arrive inline. Never served to visitors. */
export const DEV_POLICY: string = write({ ...policy, 'style-src': ["'self'", "'unsafe-inline'"] })

/** Sent with every answer. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': HEADER_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
}
