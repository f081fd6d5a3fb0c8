import { useMemo } from 'react'
import type { StockRow } from '../../../../src/contract/inventory.ts'
import type { GridColumn } from '../../parts/grid/column.ts'
import { Money } from '../../parts/signs.tsx'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { stockWords } from '../../words/stock.ts'
import type { ShopName } from '../orders/shops.ts'
import { Figure, formulas, SkuCell, ToldCell } from './cells.tsx'

/** Five plain numbers, what is on its way, what is short, and what the shops know. */
export function useStockColumns(shops: readonly ShopName[]): readonly GridColumn<StockRow>[] {
  const words = useWords(stockWords)
  const seesCost = useMay()('costs.see')
  return useMemo(() => {
    const { columns } = words
    const figure = (
      id: 'onHand' | 'reserved' | 'available' | 'safety' | 'sellable' | 'incoming' | 'short',
    ): GridColumn<StockRow> => ({
      id,
      title: columns[id],
      width: 78,
      align: 'right',
      yields: id === 'safety' || id === 'incoming' || id === 'reserved',
      render: (row) => <Figure value={row[id]} {...sign(row, id, words)} />,
    })
    const cost: GridColumn<StockRow> = {
      id: 'cost',
      title: columns.cost,
      width: 100,
      align: 'right',
      optional: true,
      render: (row) => <Money fen={row.costFen} />,
    }
    return [
      {
        id: 'sku',
        title: columns.sku,
        width: 280,
        pin: 'left',
        render: (row, dense) => <SkuCell row={row} dense={dense} />,
      },
      ...(['onHand', 'reserved', 'available', 'safety', 'sellable', 'incoming', 'short'] as const).map(figure),
      ...(seesCost ? [cost] : []),
      {
        id: 'told',
        title: columns.told,
        width: 150,
        grow: 1,
        render: (row, dense) => <ToldCell row={row} dense={dense} shops={shops} />,
      },
    ] satisfies GridColumn<StockRow>[]
  }, [words, shops, seesCost])
}

function sign(row: StockRow, id: string, words: typeof stockWords.zh) {
  const told = formulas(row, words.formulas)
  if (id === 'available' || id === 'sellable') return { tip: told[id], ...(row[id] === 0 && { tone: 'err' as const }) }
  if (id === 'short') return { tone: row.short > 0 ? ('err' as const) : ('quiet' as const), tip: words.formulas.short }
  return { tip: words.formulas[id as 'onHand' | 'reserved' | 'safety' | 'incoming'] }
}
