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
  const [text, setText] = useState(value)
  const [last, setLast] = useState(value)
  const input = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  if (value !== last) {
    setLast(value)
    setText(value)
  }
  useShortcuts([{ keys: 'Slash', words: words.keys.search, where: 'page', run: () => input.current?.focus() }])
  useEffect(() => () => clearTimeout(timer.current), [])

  const search = (wanted: string) => {
    clearTimeout(timer.current)
    const tidy = wanted.trim()
    if (tidy !== value) onSearch(tidy)
  }
  const change = (typed: string) => {
    setText(typed)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => search(typed), pauseMs)
  }
  return (
    <search>
      <form
        className="search-box"
        onSubmit={(event) => {
          event.preventDefault()
          search(text)
        }}
      >
        <Icon name="search" />
        <input
          ref={input}
          className="field"
          type="search"
          aria-label={words.filter.search}
          placeholder={placeholder}
          value={text}
          onChange={(event) => change(event.target.value)}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData('text')
            if (!/[\r\n\t]/.test(pasted)) return
            event.preventDefault()
            change(pasted.split(/\s+/).filter(Boolean).join(' '))
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
