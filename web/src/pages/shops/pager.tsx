import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { useCursor } from '../../parts/cursor.ts'
import { useWords } from '../../words/language.ts'
import { shopWords } from '../../words/shops.ts'

interface PagerProps {
  readonly before: number | undefined
  /** Where the next page begins, or null. */
  readonly next: number | null | undefined
  readonly count: number
  readonly go: (before: number | undefined) => void
}

/** The foot of a record that only grows: newer and older. */
export function Pager({ before, next, count, go }: PagerProps) {
  const words = useWords(shopWords).pages
  const cursor = useCursor({
    after: before === undefined ? undefined : String(before),
    next: next === null || next === undefined ? null : String(next),
    go: (after) => go(after === undefined ? undefined : Number(after)),
  })
  if (count === 0 && !cursor.hasPrevious) return null
  return (
    <div className="list-foot">
      <span role="status">{words.here(countText(count))}</span>
      <span className="line push">
        <Button small icon="left" disabled={!cursor.hasPrevious} onPress={cursor.onPrevious}>
          {words.newer}
        </Button>
        <Button small icon="right" disabled={!cursor.hasNext} onPress={cursor.onNext}>
          {words.older}
        </Button>
      </span>
    </div>
  )
}
