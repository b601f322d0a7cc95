import { type DragEvent, useEffect, useMemo, useState } from 'react'
import { CityCanvas } from '../../scenes/CityCanvas.tsx'
import { Shell } from '../ui/shell/Shell.tsx'
import { TwinContext } from '../ui/twin.ts'
import styles from './app.module.css'
import type { CreatedTwin } from './createTwin.ts'
import { watchFirstLight } from './firstLight.ts'

/** The page: the picture behind, the interface around it. Files may be dropped anywhere. */
export function App({ created }: { readonly created: CreatedTwin }) {
  const { twin, shown, placing, renderer } = created
  const stage = useMemo(() => ({ ...twin.stores, scenario: shown }), [twin, shown])
  useEffect(() => watchFirstLight(twin.stores), [twin])
  const [isOpen, setIsOpen] = useState(false)
  useEffect(() => void created.cityHadItsTurn.then(() => setIsOpen(true)), [created])
  const webgl = twin.stores.view.getState().webgl

  const drop = (event: DragEvent) => {
    event.preventDefault()
    const files = [...event.dataTransfer.files]
    if (files.length > 0) void twin.actions.openFiles(files)
  }
  return (
    <TwinContext value={twin}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; every file can be opened by button */}
      <div className={styles.page} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
        <Shell isOpen={isOpen}>
          <div className={styles.scene}>
            {webgl && renderer && (
              <CityCanvas
                stage={stage}
                renderer={renderer}
                onAim={placing.aim}
                onPlace={placing.click}
                onWhole={created.onWhole}
                onReady={created.onPicture}
              />
            )}
          </div>
        </Shell>
      </div>
    </TwinContext>
  )
}
