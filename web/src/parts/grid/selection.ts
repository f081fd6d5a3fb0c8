import { useCallback, useMemo, useState } from 'react'

/** What is selected: rows by key, over all pages; or all that the list's filter finds (`isAll`), where the query is sent, not the keys. */
export interface Selection {
  readonly keys: ReadonlySet<number>
  readonly isAll: boolean
  readonly toggle: (key: number) => void
  readonly add: (keys: readonly number[]) => void
  readonly remove: (keys: readonly number[]) => void
  readonly chooseAll: () => void
  readonly clear: () => void
}

const nothing: ReadonlySet<number> = new Set()

/** `scope`: the address of the list; another filter ends a selection of all. */
export function useSelection(scope: string): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(nothing)
  const [allOf, setAllOf] = useState<string | null>(null)
  const change = useCallback((next: (keys: Set<number>) => void) => {
    setAllOf(null)
    setChosen((keys) => {
      const copy = new Set(keys)
      next(copy)
      return copy
    })
  }, [])
  const isAll = allOf === scope
  return useMemo(
    () => ({
      keys: chosen,
      isAll,
      toggle: (key) => change((keys) => void (keys.delete(key) || keys.add(key))),
      add: (more) => change((keys) => more.forEach((key) => void keys.add(key))),
      remove: (gone) => change((keys) => gone.forEach((key) => void keys.delete(key))),
      chooseAll: () => setAllOf(scope),
      clear: () => {
        setAllOf(null)
        setChosen(nothing)
      },
    }),
    [chosen, isAll, change, scope],
  )
}
