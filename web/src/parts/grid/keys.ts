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
  const { rows, grid, selection, onOpen } = props
  const place = usePlace(props)
  const range = useState<number | null>(null)
  const walking = walkingIn(props, place, range)
  const acts = { ...walking, ...actsOn(props, place) }

  useListKeys({ ...acts, hasSelection: selection !== undefined })
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== grid.current && event.key !== 'Escape' && !event.key.startsWith('Arrow')) return
    const act = actOf(event, { ...acts, at: place.at, last: rows.length - 1 })
    if (act === null) return
    event.preventDefault()
    act()
  }
  const activate = (index: number, event: MouseEvent) => {
    if (event.shiftKey && selection) {
      acts.extend(index)
      return
    }
    range[1](null)
    const row = place.put(index)
    if (row !== undefined) onOpen?.(row)
  }
  return { active: place.active, onKeyDown, activate }
}

/** Where one is in the list, by key; where that row has left, the one that took its place is active now. */
function usePlace<Row>({ rows, keyOf, openKey, onActive }: KeysProps<Row>) {
  const [last, setLast] = useState<{ readonly key: number | null; readonly at: number }>({
    key: openKey ?? null,
    at: -1,
  })
  const found = rows.findIndex((row) => keyOf(row) === last.key)
  const at = found >= 0 ? found : Math.min(last.at, rows.length - 1)
  const row = rows[at]
  useActive(row, onActive)
  return {
    at,
    active: row === undefined ? null : keyOf(row),
    /** Makes a row the active one, and gives it. */
    put: (index: number): Row | undefined => {
      const next = rows[index]
      if (next !== undefined) setLast({ key: keyOf(next), at: index })
      return next
    },
  }
}

type Place<Row> = ReturnType<typeof usePlace<Row>>
type Range = readonly [from: number | null, set: (from: number | null) => void]

function walkingIn<Row>(props: KeysProps<Row>, place: Place<Row>, [from, setFrom]: Range) {
  const { rows, keyOf, selection, openKey, onOpen, scrollTo } = props
  const inside = (index: number) => Math.max(0, Math.min(rows.length - 1, index))
  const go = (to: number) => {
    const row = place.put(inside(to))
    if (row === undefined) return
    scrollTo(inside(to))
    if (openKey !== null && openKey !== undefined) onOpen?.(row)
  }
  return {
    go,
    walk: (by: number) => {
      setFrom(null)
      go(place.at < 0 ? 0 : place.at + by)
    },
    extend: (to: number) => {
      if (!selection) return
      const start = from ?? Math.max(0, place.at)
      setFrom(start)
      const [low, high] = start < inside(to) ? [start, inside(to)] : [inside(to), start]
      selection.add(rows.slice(low, high + 1).map(keyOf))
      go(to)
    },
  }
}

function actsOn<Row>({ rows, keyOf, selection, openKey, onOpen, grid }: KeysProps<Row>, place: Place<Row>) {
  return {
    pick: () => {
      if (place.active !== null) selection?.toggle(place.active)
    },
    open: () => {
      const row = place.put(Math.max(0, place.at))
      if (row !== undefined) onOpen?.(row)
    },
    close: () => {
      if (openKey !== null && openKey !== undefined) onOpen?.(null)
      else selection?.clear()
      grid.current?.focus({ preventScroll: true })
    },
    choosePage: () => {
      if (!selection) return
      const keys = rows.map(keyOf)
      if (keys.every((key) => selection.keys.has(key))) selection.chooseAll()
      else selection.add(keys)
    },
  }
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
