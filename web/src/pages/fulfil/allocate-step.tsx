import { keepPreviousData } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { OrderRow } from '../../../../src/contract/orders.ts'
import { countText, moneyText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Go } from '../../parts/go.tsx'
import { Grid } from '../../parts/grid/grid.tsx'
import { useSelection } from '../../parts/grid/selection.ts'
import { useGridColumns } from '../../parts/grid/setting.ts'
import { useSteadyRows } from '../../parts/grid/steady.ts'
import { ListFoot, NewsLine, SelectionBar } from '../../parts/list.tsx'
import { useShortcuts } from '../../parts/shortcuts.ts'
import { Deadline, Money } from '../../parts/signs.tsx'
import { Empty, Failed } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { fulfilWords } from '../../words/fulfil.ts'
import { useWords } from '../../words/language.ts'
import { GoodsCell, OrderCell, ReceiverCell } from '../orders/cells.tsx'
import { useOrderColumns } from '../orders/columns.tsx'
import type { OrderSelection } from '../orders/do-deed.ts'
import type { ShopName } from '../orders/shops.ts'
import { AllocateDialog } from './allocate-dialog.tsx'
import { clean, type FulfilSearch, usualSize } from './search.ts'

interface StepProps {
  readonly search: FulfilSearch
  readonly change: (search: FulfilSearch) => void
  readonly shops: readonly ShopName[]
}

const keyOf = (row: OrderRow) => row.id
const nameOf = (row: OrderRow) => row.orderNo

/** 待配货: orders that were approved and have no parcel yet. */
export function AllocateStep({ search, change, shops }: StepProps) {
  const words = useWords(fulfilWords)
  const orders = useApproved(search, change)
  const columns = useGridColumns('allocate', useOrderColumns(shops, false), false)
  const [asked, setAsked] = useState<OrderSelection | null>(null)
  const [active, setActive] = useState<OrderRow | null>(null)
  const may = useMay()('fulfilment.work')
  const { selection, data, filter, rows, list } = orders
  const ask = () => {
    const one = active ? [active.id] : []
    const ids = selection.keys.size > 0 ? [...selection.keys] : one
    if (selection.isAll) setAsked({ filter })
    else if (ids.length > 0) setAsked({ ids })
  }
  useShortcuts(may ? [{ keys: 'KeyP', words: words.deeds.allocate, where: 'list', run: ask }] : [])
  return (
    <>
      {list.error && <Failed error={list.error} what={words.allocate.what} onAgain={() => void list.refetch()} />}
      <NewsLine count={orders.steady.news} onLoad={orders.steady.adopt} />
      {!(list.error && rows === undefined) && (
        <Grid
          label={words.allocate.what}
          columns={columns}
          rows={rows}
          keyOf={keyOf}
          nameOf={nameOf}
          total={data?.total ?? null}
          isStale={list.isPlaceholderData}
          selection={selection}
          onActive={setActive}
          isGone={orders.steady.isGone}
          empty={<NothingApproved />}
          takesFocus
          card={(row) => <Card row={row} shop={shops.find((shop) => shop.id === row.shopId)} />}
        />
      )}
      <Foot orders={orders} search={search} onAsk={ask} onAll={() => setAsked({ filter })} />
      {asked && (
        <AllocateDialog
          selection={asked}
          onClose={() => setAsked(null)}
          onDone={(ids) => {
            selection.remove(ids)
            if ('filter' in asked) selection.clear()
            orders.steady.adoptNext()
          }}
        />
      )}
    </>
  )
}

function useApproved(search: FulfilSearch, change: (search: FulfilSearch) => void) {
  const filter = useMemo(
    () => ({
      view: 'approved' as const,
      search: search.q ?? '',
      shopIds: search.shop === undefined ? [] : [search.shop],
      ...(search.warehouse !== undefined && { warehouseId: search.warehouse }),
    }),
    [search.q, search.shop, search.warehouse],
  )
  const [page, setPage] = useState<{ after?: string; before?: string }>({})
  const input = { ...filter, ...page, sort: 'deadline' as const, limit: search.size ?? usualSize }
  const list = useRead('GET /orders', input, { placeholderData: keepPreviousData })
  const steady = useSteadyRows({
    fresh: list.isPlaceholderData ? undefined : list.data?.rows,
    isWhole: list.data?.next === null && list.data.previous === null,
    keyOf,
    scope: JSON.stringify(input),
  })
  const selection = useSelection(JSON.stringify(filter))
  return { filter, list, data: list.data, steady, rows: steady.rows, selection, setPage, change }
}

type Approved = ReturnType<typeof useApproved>

interface FootProps {
  readonly orders: Approved
  readonly search: FulfilSearch
  readonly onAsk: () => void
  readonly onAll: () => void
}

function Foot({ orders, search, onAsk, onAll }: FootProps) {
  const words = useWords(fulfilWords)
  const may = useMay()('fulfilment.work')
  const { selection, data, setPage, change } = orders
  if (data === undefined || data.rows.length === 0) return null
  if (selection.isAll || selection.keys.size > 0) {
    const count = selection.isAll ? (data.total ?? 0) : selection.keys.size
    return (
      <SelectionBar selection={selection} total={data.total}>
        {may && (
          <Button kind="primary" keys="KeyP" onPress={onAsk}>
            {words.does.allocate(countText(count))}
          </Button>
        )}
      </SelectionBar>
    )
  }
  return (
    <div className="line">
      <div className="grows">
        <ListFoot
          total={data.total}
          sum={data.paidFen === null ? undefined : moneyText(data.paidFen)}
          hasPrevious={data.previous !== null}
          hasNext={data.next !== null}
          onPrevious={() => setPage(data.previous === null ? {} : { before: data.previous })}
          onNext={() => setPage(data.next === null ? {} : { after: data.next })}
          size={search.size ?? usualSize}
          onSize={(size) => change(clean({ ...search, size: size === usualSize ? undefined : size }))}
        />
      </div>
      {may && data.total !== null && (
        <Button kind="primary" onPress={onAll}>
          {words.does.allocateAll(countText(data.total))}
        </Button>
      )}
    </div>
  )
}

function NothingApproved() {
  const words = useWords(fulfilWords).allocate
  return (
    <Empty
      title={words.none}
      act={
        <Go to="/review" kind="primary">
          {words.toReview}
        </Go>
      }
    >
      {words.noneHelp}
    </Empty>
  )
}

function Card({ row, shop }: { readonly row: OrderRow; readonly shop: ShopName | undefined }) {
  return (
    <>
      <OrderCell row={row} shop={shop} dense={false} />
      <GoodsCell row={row} dense />
      <ReceiverCell row={row} dense={false} />
      <div className="line small">
        <Money fen={row.paidFen} currency={row.currency} />
        <span className="push">
          <Deadline at={row.shipBy} />
        </span>
      </div>
    </>
  )
}
