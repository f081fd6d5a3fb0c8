import { useEffect, useRef } from 'react'
import { tinykeys } from 'tinykeys'
import { keep, kept } from '../keep.ts'

/** A key of this page. Without `run` it is only told in the list of keys (`?`): somebody else acts on it. */
export interface Shortcut {
  /** Written by the keys' places, so that a Chinese input method does not swallow them: `KeyA`, `$mod+Enter`, `KeyG KeyH`. */
  readonly keys: string
  readonly words: string
  readonly run?: ((event: KeyboardEvent) => void) | undefined
  /** `list`: only while the list or its details have the focus; `typing`: everywhere, in inputs too. */
  readonly where: 'list' | 'page' | 'typing'
  /** Pinyin and its initials, for the palette: `shtg`. */
  readonly pinyin?: string
}

const shown = new Set<readonly Shortcut[]>()
const lettersPlace = 'tongdan.letters'

export const shortcutsNow = (): Shortcut[] => [...shown].flat()

export const lettersAreOn = (): boolean => kept(lettersPlace) !== false
export const switchLetters = (on: boolean): void => keep(lettersPlace, on)

/** Binds keys as long as the component is there. Single letters act only where they cannot be meant as text. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  const signature = shortcuts.map(({ keys, where }) => `${keys}@${where}`).join()

  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature stands for the keys; what they do is read when pressed.
  useEffect(() => {
    const told = latest.current
    shown.add(told)
    const bound = told.map(({ keys, where }, at) => [
      keys,
      (event: KeyboardEvent) => {
        const shortcut = latest.current[at]
        if (!shortcut?.run || !mayAct(event, where) || (isAfterG(event) && !keys.includes(' '))) return
        event.preventDefault()
        shortcut.run(event)
      },
    ])
    const unbind = tinykeys(window, Object.fromEntries(bound) as Record<string, (event: KeyboardEvent) => void>)
    return () => {
      shown.delete(told)
      unbind()
    }
  }, [signature])
}

function mayAct(event: KeyboardEvent, where: Shortcut['where']): boolean {
  if (event.isComposing || event.defaultPrevented) return false
  const target = event.target instanceof Element ? event.target : document.body
  // An open dialog has the keyboard to itself.
  if (document.querySelector('dialog[open]') !== null) return false
  if (where === 'typing') return true
  if (isTyping(target)) return false
  const isLetter = event.code.startsWith('Key') && !event.ctrlKey && !event.metaKey && !event.altKey
  if (isLetter && !lettersAreOn()) return false
  return where === 'page' || target === document.body || target.closest('[data-list]') !== null
}

// `G H` goes home and must not hold an order: after G the next letter belongs to the jump.
let lastG = Number.NEGATIVE_INFINITY
let afterG = -1
const jumpMs = 1_000

window.addEventListener(
  'keydown',
  (event) => {
    afterG = event.timeStamp - lastG < jumpMs ? event.timeStamp : -1
    const isG = event.code === 'KeyG' && !event.ctrlKey && !event.metaKey && !event.altKey
    lastG = isG ? event.timeStamp : Number.NEGATIVE_INFINITY
  },
  true,
)

const isAfterG = (event: KeyboardEvent) => event.timeStamp === afterG

function isTyping(target: Element): boolean {
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button|submit|range|file)$/.test(target.type)
  return target.matches('textarea, select, [contenteditable], [role="combobox"], [role="textbox"], [role="menu"] *')
}
