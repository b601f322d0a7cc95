import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { formatHash } from '../format.ts'
import { Button } from './Button.tsx'
import styles from './controls.module.css'

/** A hash or address, shortened in the middle, whole on the clipboard. */
export function CopyText({ text, what }: { readonly text: string; readonly what: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
      setTimeout(() => setCopied(false), 1500)
    } catch {
      setCopied(false) // no permission: the whole text stands in the tooltip
    }
  }
  return (
    <span className={styles.copy}>
      <code title={text}>{formatHash(text)}</code>
      <Button look="icon" aria-label={copied ? `${what} copied` : `Copy ${what}`} onPress={() => void copy()}>
        {copied ? <Check size={14} /> : <Copy size={14} />}
      </Button>
    </span>
  )
}
