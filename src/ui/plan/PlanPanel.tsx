import { CompareSection } from './CompareSection.tsx'
import { GridSection } from './GridSection.tsx'
import { NetworksLine } from './NetworksLine.tsx'
import { Palette } from './Palette.tsx'
import { PlacedList } from './PlacedList.tsx'
import { PlanHead } from './PlanHead.tsx'
import { Results } from './Results.tsx'
import { Settings } from './Settings.tsx'

/** The door for planning: place, see what it does, compare, keep and share. */
export function PlanPanel() {
  return (
    <>
      <PlanHead />
      <Palette />
      <NetworksLine />
      <PlacedList />
      <Results />
      <GridSection />
      <CompareSection />
      <Settings />
    </>
  )
}
