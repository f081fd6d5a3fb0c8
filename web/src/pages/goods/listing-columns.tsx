import { useMemo } from 'react'
import type { ListingRow } from '../../../../src/contract/catalogue.ts'
import type { GridColumn } from '../../parts/grid/column.ts'
import { Money } from '../../parts/signs.tsx'
import { goodsWords } from '../../words/goods.ts'
import { useWords } from '../../words/language.ts'
import type { ShopName } from '../orders/shops.ts'
import { MatchCell, StateTag, TitleCell, ToldCell, WaitingCell } from './listing-cells.tsx'

export function useListingColumns(shops: readonly ShopName[]): readonly GridColumn<ListingRow>[] {
  const words = useWords(goodsWords).listings.columns
  return useMemo(
    () => [
      {
        id: 'listing',
        title: words.listing,
        width: 260,
        pin: 'left' as const,
        render: (row, dense) => <TitleCell row={row} dense={dense} shop={shops.find(({ id }) => id === row.shopId)} />,
      },
      { id: 'waiting', title: words.waiting, width: 84, render: (row) => <WaitingCell row={row} /> },
      {
        id: 'code',
        title: words.code,
        width: 100,
        yields: true,
        render: (row) => <span className="cut">{row.merchantCode ?? '—'}</span>,
      },
      {
        id: 'match',
        title: words.match,
        width: 220,
        grow: 2,
        render: (row, dense) => <MatchCell row={row} dense={dense} />,
      },
      { id: 'state', title: words.state, width: 84, render: (row) => <StateTag state={row.state} /> },
      {
        id: 'price',
        title: words.price,
        width: 90,
        align: 'right' as const,
        yields: true,
        render: (row) => <Money fen={row.priceFen} />,
      },
      {
        id: 'told',
        title: words.told,
        width: 120,
        yields: true,
        render: (row, dense) => <ToldCell row={row} dense={dense} />,
      },
    ],
    [words, shops],
  )
}
