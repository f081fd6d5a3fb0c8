import { useRef } from 'react'

interface CursorOptions {
  /** Where the page in sight begins, as the address says; undefined for the first. */
  readonly after: string | undefined
  /** From the answer: where the next page begins, or null. */
  readonly next: string | null | undefined
  readonly go: (after: string | undefined) => void
}

/** The pages of a list of which only the next is known: the way back is remembered; from a pasted address it leads to the first page. */
export function useCursor({ after, next, go }: CursorOptions) {
  const trail = useRef<(string | undefined)[]>([])
  return {
    hasPrevious: after !== undefined,
    hasNext: next !== null && next !== undefined,
    onPrevious: () => go(trail.current.pop()),
    onNext: () => {
      if (next === null || next === undefined) return
      trail.current.push(after)
      go(next)
    },
  }
}
