import { X } from 'lucide-react'
import { useState } from 'react'
import type { Asset } from '../../model/asset.ts'
import type { DriverInfo } from '../../model/economics.ts'
import { networkById, networks } from '../../networks/index.ts'
import { defaultEra, type NetworkSpec } from '../../networks/network.ts'
import { RANKING_PAGE } from '../../stores/economy.ts'
import { Button } from '../controls/Button.tsx'
import { useLeave } from '../inspect/useLeave.ts'
import { useSlice, useTwin } from '../twin.ts'
import { CalculatorSection } from './CalculatorSection.tsx'
import { ChangedFacts } from './ChangedFacts.tsx'
import { FactsSection } from './FactsSection.tsx'
import { LayersTable } from './LayersTable.tsx'
import { MacroSection } from './MacroSection.tsx'
import styles from './networks.module.css'
import { PartsSection } from './PartsSection.tsx'
import { RankingSection } from './RankingSection.tsx'
import { StorySection } from './StorySection.tsx'

const WHICH = 'Which network?'

/** Everything about one network: told, run, calculated, and every fact of it. */
function OneNetwork({ network, placed }: { readonly network: NetworkSpec; readonly placed: Asset | null }) {
  const { stores } = useTwin()
  const era = defaultEra(network)
  const types = network.nodeTypes.filter(({ kind }) => era.earn[kind])
  const [kind, setKind] = useState(placed?.kind)
  const [drivers, setDrivers] = useState<readonly DriverInfo[]>([])
  const type = types.find((one) => one.kind === kind) ?? types[0]
  return (
    <>
      <StorySection network={network} />
      {type && (
        <CalculatorSection
          key={type.kind}
          network={network}
          types={types}
          type={type}
          placed={placed?.kind === type.kind ? placed : null}
          onType={(next) => setKind(next.kind)}
          onDrivers={setDrivers}
        />
      )}
      <MacroSection network={network} />
      <PartsSection network={network} all={networks} onOpen={(id) => stores.networkPage.getState().open(id)} />
      <FactsSection network={network} era={era} type={type} common={drivers} />
    </>
  )
}

/** The page of one network, or the question which network suits a place. Lies over the city; the address names it. */
export default function NetworkPage() {
  const page = useSlice('networkPage', (s) => s.page)
  const placed = useSlice('networkPage', (s) => s.asset)
  const { stores } = useTwin()
  const { open, ask, close } = stores.networkPage.getState()
  useLeave(close)
  if (page === null) return null
  const network = networkById.get(page)
  const title = network?.title ?? (page === RANKING_PAGE ? WHICH : 'No such network')
  const choose = (id: string) => (id === RANKING_PAGE ? ask(null) : open(id))
  return (
    <main className={styles.page} aria-label={title}>
      <nav className={styles.nav} aria-label="Networks">
        <button type="button" aria-current={page === RANKING_PAGE || undefined} onClick={() => ask(null)}>
          {WHICH}
        </button>
        {networks.map(({ id, title: name }) => (
          <button key={id} type="button" aria-current={id === page || undefined} onClick={() => open(id)}>
            {name}
          </button>
        ))}
      </nav>
      <div className={styles.body} key={page}>
        <header className={styles.head}>
          <h1>{title}</h1>
          <select
            aria-label="Network"
            value={network || page === RANKING_PAGE ? page : ''}
            onChange={(event) => choose(event.target.value)}
          >
            {!network && page !== RANKING_PAGE && <option value="">Choose a network</option>}
            <option value={RANKING_PAGE}>{WHICH}</option>
            {networks.map(({ id, title: name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <Button look="icon" aria-label={`Close ${title}`} onPress={close}>
            <X size={18} />
          </Button>
        </header>
        <ChangedFacts />
        {network && <OneNetwork key={network.id} network={network} placed={placed} />}
        {page === RANKING_PAGE && (
          <>
            <RankingSection />
            <LayersTable />
          </>
        )}
        {!network && page !== RANKING_PAGE && (
          <p className={styles.empty}>Got “{page}” in the address; there is no such network. Choose one of the list.</p>
        )}
      </div>
    </main>
  )
}
