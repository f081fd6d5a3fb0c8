import { type KeyboardEvent, type MouseEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { useShortcuts } from '../shortcuts.ts'
import type { GridProps } from './grid.tsx'

type KeysProps<Row> = GridProps<Row> & {
  readonly rows: readonly Row[]
  readonly grid: RefObject<HTMLDivElement | null>
  readonly scrollTo: (at: number) => void
}

/** The list's keys: walk, select, extend, open, close. The active row is the one that the grid points readers at. */
export function useGridKeys<Row>(props: KeysProps<Row>) {
  const { rows, keyOf, selection, openKey, onOpen, grid, scrollTo } = props
  const [place, setPlace] = useState<Place>({ key: openKey ?? null, at: -1 })
  const [anchor, setAnchor] = useState<number | null>(null)
  const found = rows.findIndex((row) => keyOf(row) === place.key)
  // Where the active row has left, the one that took its place is active now.
  const at = found >= 0 ? found : Math.min(place.at, rows.length - 1)
  const row = rows[at]
  const active = row === undefined ? null : keyOf(row)
  useActive(row, props.onActive)

  const go = (to: number) => {
    const index = Math.max(0, Math.min(rows.length - 1, to))
    const row = rows[index]
    if (row === undefined) return
    setPlace({ key: keyOf(row), at: index })
    scrollTo(index)
    if (openKey !== null && openKey !== undefined) onOpen?.(row)
  }
  const walk = (by: number) => {
    setAnchor(null)
    go(at < 0 ? 0 : at + by)
  }
  const extend = (to: number) => {
    if (!selection) return
    const from = anchor ?? Math.max(0, at)
    setAnchor(from)
    const index = Math.max(0, Math.min(rows.length - 1, to))
    const [low, high] = from < index ? [from, index] : [index, from]
    selection.add(rows.slice(low, high + 1).map(keyOf))
    go(index)
  }
  const pick = () => {
    if (active !== null && at >= 0) selection?.toggle(active)
  }
  const open = () => {
    const index = Math.max(0, at)
    const row = rows[index]
    if (row === undefined) return
    setPlace({ key: keyOf(row), at: index })
    onOpen?.(row)
  }
  const close = () => {
    if (openKey !== null && openKey !== undefined) onOpen?.(null)
    else selection?.clear()
    grid.current?.focus({ preventScroll: true })
  }
  const choosePage = () => {
    if (!selection) return
    const keys = rows.map(keyOf)
    if (keys.every((key) => selection.keys.has(key))) selection.chooseAll()
    else selection.add(keys)
  }

  useListKeys({ walk, pick, close, hasSelection: selection !== undefined })
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== grid.current && event.key !== 'Escape' && !event.key.startsWith('Arrow')) return
    const act = actOf(event, { walk, extend, go, open, pick, choosePage, at, last: rows.length - 1 })
    if (act === null) return
    event.preventDefault()
    act()
  }
  const activate = (index: number, event: MouseEvent) => {
    if (event.shiftKey && selection) {
      extend(index)
      return
    }
    const row = rows[index]
    if (row === undefined) return
    setAnchor(null)
    setPlace({ key: keyOf(row), at: index })
    onOpen?.(row)
  }
  return { active, onKeyDown, activate }
}

interface Place {
  readonly key: number | null
  readonly at: number
}

function useActive<Row>(row: Row | undefined, tell: ((row: Row) => void) | undefined): void {
  const latest = useRef(tell)
  latest.current = tell
  // At once, so that a key pressed right after already acts on this row.
  useLayoutEffect(() => {
    if (row !== undefined) latest.current?.(row)
  }, [row])
}

interface Acts {
  readonly walk: (by: number) => void
  readonly extend: (to: number) => void
  readonly go: (to: number) => void
  readonly open: () => void
  readonly pick: () => void
  readonly choosePage: () => void
  readonly at: number
  readonly last: number
}

const pageRows = 10

function actOf(event: KeyboardEvent, acts: Acts): (() => void) | null {
  const { key, shiftKey } = event
  const withMod = event.ctrlKey || event.metaKey
  if (withMod) return event.code === 'KeyA' ? acts.choosePage : null
  if (key === 'ArrowDown') return () => (shiftKey ? acts.extend(acts.at + 1) : acts.walk(1))
  if (key === 'ArrowUp') return () => (shiftKey ? acts.extend(acts.at - 1) : acts.walk(-1))
  if (key === 'PageDown') return () => acts.walk(pageRows)
  if (key === 'PageUp') return () => acts.walk(-pageRows)
  if (key === 'Home') return () => acts.go(0)
  if (key === 'End') return () => acts.go(acts.last)
  if (key === 'Enter') return acts.open
  return key === ' ' ? acts.pick : null
}

interface ListKeys {
  readonly walk: (by: number) => void
  readonly pick: () => void
  readonly close: () => void
  readonly hasSelection: boolean
}

/** Letters that also act while the details have the focus. */
function useListKeys({ walk, pick, close, hasSelection }: ListKeys): void {
  const words = useWords(partWords).keys
  useShortcuts([
    { keys: 'KeyJ', words: words.down, where: 'list', run: () => walk(1) },
    { keys: 'KeyK', words: words.up, where: 'list', run: () => walk(-1) },
    ...(hasSelection
      ? ([
          { keys: 'KeyX', words: words.select, where: 'list', run: pick },
          { keys: 'Shift+ArrowDown', words: words.extend, where: 'list' },
          { keys: '$mod+KeyA', words: words.page, where: 'list' },
        ] as const)
      : []),
    { keys: 'Enter', words: words.open, where: 'list' },
    { keys: 'Escape', words: words.close, where: 'list', run: close },
  ])
}
