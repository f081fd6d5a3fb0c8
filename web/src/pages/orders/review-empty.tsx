import type { OrderView } from '../../../../src/contract/orders.ts'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Empty } from '../../parts/states.tsx'
import { useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'
import { partWords } from '../../words/parts.ts'
import { NothingYet } from './nothing-yet.tsx'
import type { OrderList } from './order-list.ts'
import { noFilters } from './search.ts'

interface EmptyProps {
  readonly list: OrderList
  readonly view: OrderView
  readonly isFiltered: boolean
}

/** Four kinds of nothing: filtered away, all done, never any, none of this kind. */
export function ReviewEmpty({ list, view, isFiltered }: EmptyProps) {
  const words = useWords(orderWords)
  const isWork = view === 'to-review' || view === 'exceptions'
  const title = isWork ? words.empty.done : words.empty.inView(words.views[view])
  const exceptions = list.counts?.views.exceptions ?? 0
  if (isFiltered) return <NothingFound onClear={() => list.set(noFilters)} />
  if (list.counts?.views.all === 0) return <NothingYet />
  if (view === 'exceptions' || exceptions === 0) return <Empty title={title} />
  return (
    <Empty
      title={title}
      act={
        <Button kind="primary" onPress={() => list.set({ view: 'exceptions' })}>
          {words.empty.toExceptions(countText(exceptions))}
        </Button>
      }
    >
      {words.empty.doneNext(countText(exceptions))}
    </Empty>
  )
}

/** The filters found nothing: they stand above the list as words, and one button takes all away. */
export function NothingFound({ onClear }: { readonly onClear: () => void }) {
  const words = useWords(partWords)
  return (
    <Empty title={words.empty.nothingFound} act={<Button onPress={onClear}>{words.filter.clear}</Button>}>
      {words.empty.culprit}
    </Empty>
  )
}
