import { countText } from '../../format.ts'
import { useRead } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { shopWords } from '../../words/shops.ts'
import type { ShopCard } from './signs.tsx'

const everyMs = 2_000

/** The first pull as it goes, read anew until it is done. */
export function useFirstPull(shopId: number) {
  const read = useRead('GET /shops/:shopId/first-pull', { shopId }, { refetchInterval: everyMs })
  return read.data?.firstPull ?? null
}

/** Days done of all days, and the orders they brought. The bar moves with real progress only. */
export function FirstPullBar({ pull }: { readonly pull: NonNullable<ShopCard['firstPull']> }) {
  const words = useWords(shopWords).firstPull
  const orders = countText(pull.orders)
  const text = {
    waiting: words.waiting,
    running: words.running(countText(pull.doneDays), countText(pull.totalDays), orders),
    done: words.done(countText(pull.totalDays), orders),
  }[pull.state]
  return (
    <div className="pull-bar">
      <progress aria-label={words.title} max={pull.totalDays} value={pull.doneDays} />
      <span role="status">{text}</span>
    </div>
  )
}
