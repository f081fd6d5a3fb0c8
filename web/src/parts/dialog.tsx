import { type FormEvent, type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react'
import { useWords } from '../words/language.ts'
import { partWords } from '../words/parts.ts'
import { Button } from './button.tsx'

export interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  /** The buttons; the deed itself last. */
  readonly foot?: ReactNode
  /** `drawer`: at the right edge, for previews and settings beside what they are about. */
  readonly shape?: 'centre' | 'drawer'
  readonly width?: number
  /** What `Ctrl Enter` does, and Enter in an input. */
  readonly onSend?: (() => void) | undefined
}

/**
 * The browser's own dialog: it holds the focus, hides the rest from readers, and gives the focus back. What was typed into it is not thrown
 * away by one slip: Esc, ✕ and a click beside it ask once.
 */
export function Dialog({ title, onClose, children, foot, shape = 'centre', width = 480, onSend }: DialogProps) {
  const words = useWords(partWords)
  const element = useModal()
  const name = useId()
  const { isAsking, onInput, leave, stay } = useLeaving(onClose)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc and the close button do the same by keyboard.
    <dialog
      ref={element}
      className="dialog"
      data-shape={shape}
      style={{ width }}
      aria-labelledby={name}
      onCancel={(event) => {
        event.preventDefault()
        leave()
      }}
      onClick={(event) => {
        if (event.target === element.current && shape === 'drawer') leave()
      }}
    >
      <form className="dialog-form" onInput={onInput} {...sending(onSend)}>
        <header>
          <h2 id={name} tabIndex={-1}>
            {title}
          </h2>
          <Button kind="quiet" icon="close" name={words.close} onPress={leave} />
        </header>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
        <section className="dialog-body" tabIndex={0} aria-labelledby={name}>
          {children}
        </section>
        {isAsking && (
          <p className="notice line wrap" data-tone="warn" role="alert">
            {words.unsaved.told}
            <Button kind="link" onPress={stay}>
              {words.unsaved.stay}
            </Button>
            <Button kind="link" onPress={onClose}>
              {words.unsaved.leave}
            </Button>
          </p>
        )}
        {foot && <footer>{foot}</footer>}
      </form>
    </dialog>
  )
}

/** Leaving asks once while something typed stands there; whoever leaves again means it. */
function useLeaving(onClose: () => void) {
  const typed = useRef(new Set<Written>())
  const [isAsking, setAsking] = useState(false)
  const hasWork = () => [...typed.current].some((input) => input.isConnected && input.value !== '')
  return {
    isAsking,
    onInput: ({ target }: FormEvent) => {
      if (isWork(target)) typed.current.add(target)
      setAsking(false)
    },
    leave: () => (hasWork() && !isAsking ? setAsking(true) : onClose()),
    stay: () => setAsking(false),
  }
}

type Written = HTMLInputElement | HTMLTextAreaElement

/** Text somebody wrote; what was typed in order to find something is no loss. */
const isWork = (target: EventTarget): target is Written =>
  target instanceof Element &&
  target.matches(
    'textarea, input:not([type="checkbox"], [type="radio"], [type="search"], [type="file"], [role="combobox"])',
  )

/** Opened as long as it is there. The head is read first; only what is opened in order to type takes the focus itself. */
function useModal() {
  const element = useRef<HTMLDialogElement>(null)
  // Closed before the element goes: only then does the browser give the focus back to where it was.
  useLayoutEffect(() => {
    const dialog = element.current
    dialog?.showModal()
    const first = dialog?.querySelector<HTMLElement>('[data-first]') ?? dialog?.querySelector('h2')
    first?.focus()
    return () => dialog?.close()
  }, [])
  return element
}

/** Enter in an input, and `Ctrl Enter` anywhere in the form. */
const sending = (onSend: (() => void) | undefined) => ({
  onSubmit: (event: FormEvent) => {
    event.preventDefault()
    onSend?.()
  },
  onKeyDown: (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    onSend?.()
  },
})
