import { type Shortcut, useShortcuts } from '../../parts/shortcuts.ts'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'
import type { OrderDeeds } from './deeds.tsx'
import { deedKeys, editKeys } from './details.tsx'
import type { Deed } from './do-deed.ts'
import type { Target } from './target.ts'

const rights = {
  approve: 'orders.review',
  hold: 'orders.review',
  release: 'orders.review',
  recall: 'orders.review',
  allocate: 'fulfilment.work',
} as const

export const deedRights = rights

/** The keys of all that can be done to orders, in any list of them; they act on the selection, or else on the row one is at. */
export function useDeedKeys(deeds: OrderDeeds, target: Target | null): void {
  const words = useWords(orderWords)
  const may = useMay()
  const many = (Object.keys(rights) as Deed[]).filter((deed) => may(rights[deed]))
  const edits = may('orders.edit') ? (['remark', 'warehouse', 'address'] as const) : []
  useShortcuts([
    ...many.map(
      (deed): Shortcut => ({
        keys: deedKeys[deed],
        words: words.deeds[deed],
        pinyin: words.pinyin[deed],
        where: 'list',
        run: () => {
          if (target && !deeds.isRunning) deeds.begin(deed, target)
        },
      }),
    ),
    ...edits.map(
      (kind): Shortcut => ({
        keys: editKeys[kind],
        words: words.deeds[kind],
        pinyin: words.pinyin[kind],
        where: 'list',
        run: () => {
          if (target?.row) deeds.edit(kind, target.row.orderNo)
        },
      }),
    ),
  ])
}
