import { useEffect, useRef, useState } from 'react'
import { useWords } from '../words/language.ts'
import { partWords } from '../words/parts.ts'
import { Icon } from './icon.tsx'
import { useShortcuts } from './shortcuts.ts'

interface SearchBoxProps {
  readonly value: string
  readonly onSearch: (value: string) => void
  readonly placeholder: string
}

const pauseMs = 350

/** The search of a list: acts on Enter, or after a pause. Several pasted numbers stay on one line, parted by spaces. `/` leads here. */
export function SearchBox({ value, onSearch, placeholder }: SearchBoxProps) {
  const words = useWords(partWords)
  const input = useRef<HTMLInputElement>(null)
  const typed = useTyped(value, onSearch)
  useShortcuts([{ keys: 'Slash', words: words.keys.search, where: 'page', run: () => input.current?.focus() }])
  return (
    <search>
      <form
        className="search-box"
        onSubmit={(event) => {
          event.preventDefault()
          typed.search(typed.text)
        }}
      >
        <Icon name="search" />
        <input
          ref={input}
          className="field"
          type="search"
          aria-label={words.filter.search}
          placeholder={placeholder}
          value={typed.text}
          // What is still being composed in Chinese is not searched.
          onChange={(event) => typed.change(event.target.value, (event.nativeEvent as InputEvent).isComposing)}
          onCompositionEnd={(event) => typed.change(event.currentTarget.value, false)}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData('text')
            if (!/[\r\n\t]/.test(pasted)) return
            event.preventDefault()
            typed.change(pasted.split(/\s+/).filter(Boolean).join(' '), false)
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
            event.stopPropagation()
            input.current?.blur()
          }}
        />
      </form>
    </search>
  )
}

/** The text as typed, which becomes a search after a pause; another `value` from outside replaces it. */
function useTyped(value: string, onSearch: (value: string) => void) {
  const [text, setText] = useState(value)
  const [last, setLast] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  if (value !== last) {
    setLast(value)
    setText(value)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  const search = (wanted: string) => {
    clearTimeout(timer.current)
    const tidy = wanted.trim()
    if (tidy !== value) onSearch(tidy)
  }
  const change = (next: string, isComposing: boolean) => {
    setText(next)
    clearTimeout(timer.current)
    if (!isComposing) timer.current = setTimeout(() => search(next), pauseMs)
  }
  return { text, search, change }
}
