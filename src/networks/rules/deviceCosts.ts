import { type CostLine, fact, type NodeType, type Params } from '../network.ts'

// What things cost, whichever network they join. A network adds its own fees to the installation.

const one = (): number => 1
const connectors = (params: Params): number => params.connectors!
const ratedKw = (params: Params): number => params.powerKw! * params.connectors!
const modules = (params: Params): number => params.pvKwp!
const TODAY = '2026-11-01'

/** A line that nobody could look up; the user may replace it. */
export const assumed = (
  id: string,
  title: string,
  value: number,
  unit: string,
  per: CostLine['per'] = one,
  why = 'assumed',
): CostLine => ({ id, title, fact: fact(value, unit, why, TODAY, 'assumption'), per })

export const loraGateway = (title: string, fees: readonly CostLine[]): NodeType => ({
  kind: 'lorawan-gateway',
  title,
  capex: [
    {
      id: 'gateway',
      title: 'Gateway with antenna',
      fact: fact(250, 'USD', 'hotspots at 100 to 500 USD, depinprojects.net', '2026-01-01', 'press'),
      per: one,
    },
  ],
  install: [...fees, assumed('mount', 'Mast, cable, half a day of work', 80, 'USD')],
  opexYear: [assumed('backhaul', 'Share of an internet line', 36, 'USD/a')],
  power: { id: 'power', title: 'Draw', fact: fact(5, 'W', 'typical gateway, recalled', TODAY, 'memory'), per: one },
  life: fact(6, 'a', 'assumed', TODAY, 'assumption'),
})

export const charger = (title: string, fees: readonly CostLine[]): NodeType => ({
  kind: 'ev-charger',
  title,
  capex: [
    {
      id: 'power',
      title: 'Charger, by its power',
      fact: fact(
        320,
        'USD/kW',
        'least 10 million KZT (19,600 USD) for a station of 60 kW, kz.kursiv.media',
        '2025-05-22',
        'press',
      ),
      per: ratedKw,
    },
    assumed('connector', 'Connector, meter, payment', 600, 'USD', connectors, 'assumed per connector'),
  ],
  install: [...fees, assumed('grid', 'Foundations and grid connection', 100, 'USD/kW', ratedKw)],
  opexYear: [assumed('service', 'Service and software', 350, 'USD/a', connectors, 'assumed per connector')],
  power: {
    id: 'standby',
    title: 'Standby draw',
    fact: fact(40, 'W', 'per connector, recalled', TODAY, 'memory'),
    per: connectors,
  },
  life: fact(10, 'a', 'assumed', TODAY, 'assumption'),
})

export const solarRoof = (title: string, fees: readonly CostLine[]): NodeType => ({
  kind: 'pv-battery',
  title,
  capex: [
    {
      id: 'modules',
      title: 'Modules, inverter, frame',
      fact: fact(700, 'USD/kWp', 'commercial roofs, IRENA cost reports, recalled', '2025-01-01', 'memory'),
      per: modules,
    },
    {
      id: 'storage',
      title: 'Storage',
      fact: fact(220, 'USD/kWh', 'small commercial LFP systems, recalled', '2025-01-01', 'memory'),
      per: (params) => params.storageKwh!,
    },
  ],
  install: [...fees, assumed('work', 'Work and connection', 150, 'USD/kWp', modules)],
  opexYear: [assumed('service', 'Cleaning, snow, insurance', 10, 'USD/a/kWp', modules)],
  power: {
    id: 'standby',
    title: 'Standby draw',
    fact: fact(0.5, 'W/kWp', 'inverters at night, recalled', TODAY, 'memory'),
    per: modules,
  },
  life: fact(25, 'a', 'module warranties, recalled', TODAY, 'memory'),
})

export const serverNode = (title: string): NodeType => ({
  kind: 'validator',
  title,
  capex: [assumed('server', 'Server with 32 cores, 64 GB, fast disks', 4000, 'USD')],
  install: [assumed('setup', 'Rack place, keys, monitoring', 300, 'USD')],
  opexYear: [assumed('rack', 'Rack place and line', 1200, 'USD/a'), assumed('watch', 'Hands on call', 600, 'USD/a')],
  power: {
    id: 'power',
    title: 'Draw',
    fact: fact(1, 'W/W', 'the setting of the node itself', TODAY, 'assumption'),
    per: (params) => params.serverW!,
  },
  life: fact(5, 'a', 'assumed', TODAY, 'assumption'),
})
