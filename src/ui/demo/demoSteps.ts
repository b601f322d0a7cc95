/** One station of the guided minute: what is said, and for how long. What is done stands in src/app/demo.ts under the same id. */
export interface DemoStep {
  readonly id: 'city' | 'devices' | 'proof' | 'tamper' | 'grid' | 'plan' | 'board'
  readonly title: string
  readonly text: string
  readonly durationS: number
}

export const DEMO_STEPS: readonly DemoStep[] = [
  {
    id: 'city',
    durationS: 8,
    title: 'A real city',
    text: 'Astana, every building that OpenStreetMap knew in 2017, lit by the sun of the hour. Nothing here is an artist’s impression.',
  },
  {
    id: 'devices',
    durationS: 9,
    title: 'Devices that sign what they say',
    text: 'Meters, chargers, solar roofs and sensors. They are simulated, and say so; their signatures and their anchors on chain are real.',
  },
  {
    id: 'proof',
    durationS: 10,
    title: 'Checked in this browser',
    text: 'No server is trusted. Your own machine checks signature, batch, anchor and key, and shows each step.',
  },
  {
    id: 'tamper',
    durationS: 9,
    title: 'A message changed on the way',
    text: 'One altered bit and the signature breaks. The message is named, and colours nothing.',
  },
  {
    id: 'grid',
    durationS: 10,
    title: 'A day in the grid',
    text: '96 power flows over a grid synthesised from the real substations. Orange is above its limit.',
  },
  {
    id: 'plan',
    durationS: 8,
    title: 'Plan before you build',
    text: 'A gateway on a roof: what it covers, what it draws, and what it earns under today’s rules, as a range.',
  },
  {
    id: 'board',
    durationS: 6,
    title: 'What it adds up to',
    text: 'The same numbers every time: the line below is their fingerprint.',
  },
]
