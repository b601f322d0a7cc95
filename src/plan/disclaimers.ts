/** Said wherever figures of a plan are shown or exported. */
export const DISCLAIMERS: readonly string[] = [
  'Not investment advice. Earnings are modelled from published rules and stated assumptions, and may be nothing.',
  'Token prices are dated snapshots with a wide band, not forecasts.',
  'Network rules are those of the date shown; a vote can change them.',
  'Coverage, people and grid figures are modelled, not measured; the map is as old as its date says.',
]
