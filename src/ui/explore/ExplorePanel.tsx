import { useSlice } from '../twin.ts'
import { CheckpointList } from './CheckpointList.tsx'
import { CityFile } from './CityFile.tsx'
import { DeviceGroups } from './DeviceGroups.tsx'
import styles from './explore.module.css'
import { LayerList } from './LayerList.tsx'
import { LiveNow } from './LiveNow.tsx'
import { NetworkState } from './NetworkState.tsx'
import { RejectedList } from './RejectedList.tsx'
import { SearchBox } from './SearchBox.tsx'
import { SourceLine } from './SourceLine.tsx'
import { WithheldLine } from './WithheldLine.tsx'

/** The door for looking: find a place, see who reports, choose what is drawn. */
export function ExplorePanel() {
  const rejected = useSlice('readings', (s) => s.rejected.length)
  return (
    <>
      <SearchBox />
      <SourceLine />
      <DeviceGroups />
      {rejected > 0 && <RejectedList />}
      <WithheldLine />
      <CheckpointList />
      <LiveNow />
      <NetworkState />
      <section className={styles.section}>
        <h2>Layers</h2>
        <LayerList />
      </section>
      <CityFile />
    </>
  )
}
