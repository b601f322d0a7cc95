import { FilePlus2, FolderOpen, Link2, Redo2, Save, Undo2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { Input } from 'react-aria-components/Input'
import { TextField } from 'react-aria-components/TextField'
import { explainError } from '../../base/errors.ts'
import type { SharedLink } from '../actions.ts'
import { Button } from '../controls/Button.tsx'
import { formatAge } from '../format.ts'
import { useWallClock } from '../inspect/useWallClock.ts'
import { useSlice, useTwin } from '../twin.ts'
import styles from './plan.module.css'
import { ShareBox } from './ShareBox.tsx'

function SavedLine() {
  const saving = useSlice('saving', (s) => s.saving)
  const wallMs = useWallClock()
  if (saving.status === 'saving') return <p className={styles.saved}>Saving …</p>
  if (saving.status === 'other-tab')
    return <p className={styles.saved}>Open in another tab too: this copy is kept on its own.</p>
  if (saving.status === 'failed') {
    return (
      <p className={styles.saved} data-bad role="alert">
        {explainError(saving.error)}
      </p>
    )
  }
  return (
    <p className={styles.saved}>
      {saving.atMs === null
        ? 'Kept in this browser as you work'
        : `Saved ${formatAge(wallMs - saving.atMs)} ago in this browser`}
    </p>
  )
}

/** The plan's name, whether it is safe, undo and redo, and the ways in and out. */
export function PlanHead() {
  const title = useSlice('scenario', (s) => s.scenario.title)
  const canUndo = useSlice('scenario', (s) => s.scenario.edits.length > 0)
  const canRedo = useSlice('scenario', (s) => s.undone.length > 0)
  const { stores, actions } = useTwin()
  const [link, setLink] = useState<SharedLink | null>(null)
  const file = useRef<HTMLInputElement>(null)
  const plan = stores.scenario.getState()

  return (
    <section className={styles.head}>
      <TextField aria-label="Name of the plan" value={title} onChange={(text) => plan.rename(text.slice(0, 80))}>
        <Input className={styles.title!} />
      </TextField>
      <SavedLine />
      <div className={styles.tools}>
        <Button look="icon" aria-label="Undo" isDisabled={!canUndo} onPress={() => plan.undo()}>
          <Undo2 size={18} />
        </Button>
        <Button look="icon" aria-label="Redo" isDisabled={!canRedo} onPress={() => plan.redo()}>
          <Redo2 size={18} />
        </Button>
        <Button look="icon" aria-label="Save to a file" onPress={() => void actions.saveScenario()}>
          <Save size={18} />
        </Button>
        <Button look="icon" aria-label="Open a file" onPress={() => file.current?.click()}>
          <FolderOpen size={18} />
        </Button>
        <Button look="icon" aria-label="New plan" onPress={() => actions.newPlan()}>
          <FilePlus2 size={18} />
        </Button>
        <Button onPress={() => void actions.share().then(setLink)}>
          <Link2 size={16} aria-hidden="true" /> Share
        </Button>
        <input
          ref={file}
          type="file"
          hidden
          aria-label="File to open"
          onChange={(event) => {
            const chosen = [...(event.target.files ?? [])]
            event.target.value = ''
            if (chosen.length > 0) void actions.openFiles(chosen)
          }}
        />
      </div>
      {link && <ShareBox link={link} onClose={() => setLink(null)} />}
    </section>
  )
}
