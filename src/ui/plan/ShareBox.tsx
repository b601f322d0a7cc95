import { Check, Copy, X } from 'lucide-react'
import { useState } from 'react'
import type { SharedLink } from '../actions.ts'
import { Button } from '../controls/Button.tsx'
import styles from './plan.module.css'

/** The link that carries the whole plan, and what it cannot carry. */
export function ShareBox({ link, onClose }: { readonly link: SharedLink; readonly onClose: () => void }) {
  const [copied, setCopied] = useState(false)
  return (
    <div className={styles.share}>
      {link.url && (
        <div className={styles.shareRow}>
          <input readOnly value={link.url} aria-label="Link to this plan" onFocus={(event) => event.target.select()} />
          <Button
            look="icon"
            aria-label={copied ? 'Link copied' : 'Copy link'}
            onPress={() =>
              void navigator.clipboard.writeText(link.url ?? '').then(
                () => setCopied(true),
                () => setCopied(false),
              )
            }
          >
            {copied ? <Check size={16} /> : <Copy size={16} />}
          </Button>
          <Button look="icon" aria-label="Close link" onPress={onClose}>
            <X size={16} />
          </Button>
        </div>
      )}
      <p>{link.warning ?? 'Whoever opens it sees the same plan, camera and time. Nothing is sent anywhere.'}</p>
    </div>
  )
}
