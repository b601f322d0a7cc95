import { Search } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { ComboBox } from 'react-aria-components/ComboBox'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { useSlice, useTwin } from '../twin.ts'
import styles from './explore.module.css'

/** Finds buildings, streets and devices by name, address or tag, and flies there. */
export function SearchBox() {
  const [query, setQuery] = useState('')
  const asked = useDeferredValue(query)
  const ready = useSlice('city', (s) => s.status === 'ready')
  const { actions, stores } = useTwin()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer changes when the city is there
  const hits = useMemo(
    () => (asked.trim().length < 2 ? [] : actions.search(asked).map((hit, i) => ({ ...hit, id: i }))),
    [asked, actions, ready],
  )

  return (
    <ComboBox
      className={styles.search!}
      aria-label="Search"
      items={hits}
      inputValue={query}
      onInputChange={setQuery}
      allowsEmptyCollection={asked.trim().length >= 2}
      menuTrigger="input"
      allowsCustomValue
      onSelectionChange={(key) => {
        const hit = hits.find(({ id }) => id === key)
        if (!hit) return
        setQuery(hit.title)
        if (hit.pick) actions.visit(hit.pick)
        else stores.camera.getState().flyTo({ xM: hit.xM, yM: hit.yM, distanceM: 900 })
      }}
    >
      <Label className="visually-hidden">Search places and devices</Label>
      <Search size={16} aria-hidden="true" />
      <Input placeholder="Search places and devices" />
      <Popover className={styles.hits!}>
        <ListBox<(typeof hits)[number]>
          renderEmptyState={() => <p className={styles.empty}>Nothing is called that here.</p>}
        >
          {(hit) => (
            <ListBoxItem id={hit.id} textValue={hit.title} className={styles.hit!}>
              <strong>{hit.title}</strong>
              <span>{hit.subtitle}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
