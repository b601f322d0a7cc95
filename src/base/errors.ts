/** What a caller may do about a failure, and the one next step the user is offered. */
interface ErrorRule {
  readonly mayRetry: boolean
  readonly nextStep: string
}

const rule = (mayRetry: boolean, nextStep: string): ErrorRule => ({
  mayRetry,
  nextStep,
})

/** Every failure the product can name, and the decision that goes with it. The text belongs to {@link TwinError}. */
export const errorRules = {
  BAD_USAGE: rule(false, 'Check the command with --help.'),
  NOT_AVAILABLE_YET: rule(false, 'See --help for what works today.'),
  FILE_UNREADABLE: rule(false, 'Check the path and the permissions of the file.'),
  FORMAT_UNKNOWN: rule(false, 'Choose a file in one of the listed formats.'),
  FORMAT_BROKEN: rule(false, 'Export the file again from the program it came from.'),
  CITY_EMPTY: rule(false, 'Choose a file that holds buildings or roads.'),
  CITY_MISMATCH: rule(false, 'Load the city that this scenario was made for.'),
  SCENARIO_INVALID: rule(false, 'Open another scenario file, or start a new one.'),
  SHARE_LINK_BROKEN: rule(false, 'Ask for the link again, or for the scenario file.'),
  SHARE_TOO_LONG: rule(false, 'Save the scenario to a file and send that.'),
  STORAGE_FULL: rule(true, 'Save the scenario to a file, then free some space in the browser.'),
  STORAGE_BLOCKED: rule(false, 'Save the scenario to a file; this browser keeps nothing between visits.'),
  PLACEMENT_REFUSED: rule(false, 'Choose another spot.'),
  GRID_NOT_RADIAL: rule(false, 'Open a tie switch so that every bus has one path to its source.'),
  GRID_DIVERGED: rule(false, 'Lower the load or strengthen the line that is named.'),
  GRID_INVALID: rule(false, 'Correct the element that is named.'),
  RADIO_OUT_OF_RANGE: rule(false, 'Choose a model that is valid for these values.'),
  SPEC_INVALID: rule(false, 'Correct the member that is named; economy run --help shows a whole file.'),
  NETWORK_INVALID: rule(false, 'Correct the figure that is named.'),
  SITES_INVALID: rule(false, 'Correct the candidate or figure that is named.'),
  ECONOMICS_INVALID: rule(false, 'Correct the figure that is named.'),
  NETWORK_RULES: rule(false, 'Choose an era in which this network paid for that work.'),
  CHAIN_UNREACHABLE: rule(true, 'Check the RPC address; readings already verified stay on screen.'),
  CHAIN_WRONG_ID: rule(false, 'Point the page at an RPC of the expected chain.'),
  DIRECTORY_BROKEN: rule(false, 'Ask another endpoint of that chain, or check the addresses.'),
  GATEWAY_UNREACHABLE: rule(true, 'The anchors are known; bodies are asked for again on their own.'),
  INDEXER_UNREACHABLE: rule(true, 'Nothing to do: the page reads the chain itself.'),
  SOURCE_UNREACHABLE: rule(true, 'Ask again later, or drop a snapshot that was saved before.'),
  SOURCE_BROKEN: rule(false, 'The source changed its answers; drop a snapshot that was saved before.'),
  BUNDLE_BROKEN: rule(false, 'Fetch the bundle again; this copy was changed after it was made.'),
  PROOF_MALFORMED: rule(false, 'Ask the sender for the original bytes.'),
  WEBGL_MISSING: rule(false, 'Open the page in a browser with WebGL2; the lists and plans work without it.'),
  PORT_BUSY: rule(true, 'Give another port with --port N.'),
  CHILD_DIED: rule(true, 'Run the command again; the last lines of its log are above.'),
  JOB_CANCELLED: rule(true, 'Start it again when you like.'),
  WORKER_DIED: rule(true, 'Start it again; the worker is replaced.'),
} as const satisfies Record<string, ErrorRule>

export type ErrorCode = keyof typeof errorRules

/** Plain facts about a failure: ids, fields, numbers with their unit in the key. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | readonly number[] | readonly string[]>>

/** The one error class: branch on `code`, show `message`, log `details`. Crosses threads intact. */
export class TwinError extends Error {
  override readonly name = 'TwinError'
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message)
    this.code = code
    this.details = details
  }
}

/** The message and the one next step, as a person reads them. */
export const explainError = (error: TwinError): string => `${error.message} ${errorRules[error.code].nextStep}`
