import { useLayoutEffect, useRef } from 'react'
import { type Code, nothingTyped, readKey, releaseAlt, type Typed } from './scanner-keys.ts'

interface ScannerOptions {
  readonly onCode: (code: Code) => void
  /** What has been typed of the next code. */
  readonly onTyping?: (text: string) => void
  /** False while something else has the keyboard. */
  readonly isOn: boolean
}

/** Listens to the whole window, so that no input need be in sight or have the focus. What is typed into an input stays there. */
export function useScanner({ onCode, onTyping, isOn }: ScannerOptions): void {
  const latest = useRef({ onCode, onTyping })
  latest.current = { onCode, onTyping }
  // Before the page is seen: whoever reads “请扫面单” may scan at once.
  useLayoutEffect(() => {
    if (!isOn) return
    let typed: Typed = nothingTyped
    const take = (next: Typed) => {
      if (next.text !== typed.text) latest.current.onTyping?.(next.text)
      typed = next
    }
    const press = (event: KeyboardEvent) => {
      if (isElsewhere(event.target)) return
      const read = readKey(typed, event)
      if (read.isTaken) {
        event.preventDefault()
        event.stopPropagation()
      }
      take(read.typed)
      if (read.code) latest.current.onCode(read.code)
    }
    const release = (event: KeyboardEvent) => {
      if (event.key === 'Alt') take(releaseAlt(typed, event.timeStamp))
    }
    window.addEventListener('keydown', press, true)
    window.addEventListener('keyup', release, true)
    return () => {
      window.removeEventListener('keydown', press, true)
      window.removeEventListener('keyup', release, true)
    }
  }, [isOn])
}

/** Text fields and open dialogs keep their keys; the slot for scans is no text field. */
function isElsewhere(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]') !== null) return true
  return target instanceof Element && target.matches('input:not([type="checkbox"], [data-scan]), textarea, select')
}
