import type { StockRow } from '../../../../src/contract/inventory.ts'
import { countText } from '../../format.ts'
import { Tag } from '../../parts/signs.tsx'
import { useWords } from '../../words/language.ts'
import { stockWords } from '../../words/stock.ts'
import { Picture } from '../orders/cells.tsx'
import type { ShopName } from '../orders/shops.ts'

export function SkuCell({ row, dense }: { readonly row: StockRow; readonly dense: boolean }) {
  return (
    <div className={dense ? undefined : 'with-picture'}>
      {!dense && <Picture url={row.imageUrl} />}
      <div className="two">
        <strong className="cut">{row.code}</strong>
        {!dense && (
          <span className="cut">
            {row.name} {row.specification}
          </span>
        )}
      </div>
    </div>
  )
}

/** How each number comes about, in figures: `可售 10 = 可用 12 − 安全 2`. */
export function formulas(row: StockRow, words: typeof stockWords.zh.formulas) {
  const { onHand, reserved, available, safety, sellable } = row
  return {
    available: words.available(countText(available), countText(onHand), countText(reserved)),
    sellable: words.sellable(countText(sellable), countText(available), countText(safety)),
  }
}

interface NumberProps {
  readonly value: number
  readonly tip?: string
  readonly tone?: 'err' | 'quiet'
}

export function Figure({ value, tip, tone }: NumberProps) {
  return (
    <span className={tone === 'err' ? 'num is-short' : 'num'} data-quiet={tone === 'quiet' || undefined} data-tip={tip}>
      {countText(value)}
    </span>
  )
}

/** What the shops were told, in one line: all of them, or the worst. */
export function ToldCell({
  row,
  dense,
  shops,
}: {
  readonly row: StockRow
  readonly dense: boolean
  readonly shops: readonly ShopName[]
}) {
  const words = useWords(stockWords).told
  if (row.told.length === 0) return <span className="quiet">{words.none}</span>
  const problem = row.told.find((told) => told.problem !== null)
  const waiting = row.told.filter((told) => told.waiting !== null || told.quantity === null)
  const names = row.told
    .map(({ shopId, quantity }) => `${nameOf(shops, shopId)} ${quantity === null ? '—' : countText(quantity)}`)
    .join('，')
  return (
    <div className="two">
      <span>
        {problem ? (
          <Tag tone="err" tip={problem.problem ?? ''}>
            {words.problem}
          </Tag>
        ) : (
          <Tag tone={waiting.length > 0 ? 'warn' : 'ok'}>
            {waiting.length > 0 ? words.waiting(countText(waiting.length)) : words.all(countText(row.told.length))}
          </Tag>
        )}
      </span>
      {!dense && <span className="cut">{names}</span>}
    </div>
  )
}

const nameOf = (shops: readonly ShopName[], shopId: number): string =>
  shops.find(({ id }) => id === shopId)?.name ?? String(shopId)
