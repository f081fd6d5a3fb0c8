import { useEffect, useSyncExternalStore } from 'react'

// Details beside a list need room: on a middling window the menu folds as long as they are open.
let openDetails = 0
const listeners = new Set<() => void>()

function change(by: 1 | -1): void {
  openDetails += by
  for (const listener of listeners) listener()
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether details are open beside a list. */
export const useDetailsOpen = (): boolean => useSyncExternalStore(listen, () => openDetails > 0)

/** Says that details are open, as long as they are. */
export function useTakesRoom(isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) return undefined
    change(1)
    return () => change(-1)
  }, [isOpen])
}
