import type { ReactNode } from 'react'
import type { OrderRow } from '../../../../src/contract/orders.ts'
import { countText, moneyText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Grid } from '../../parts/grid/grid.tsx'
import type { GridColumns } from '../../parts/grid/setting.ts'
import { ListFoot, SelectionBar } from '../../parts/list.tsx'
import { Deadline, Money } from '../../parts/signs.tsx'
import { SplitView } from '../../parts/split.tsx'
import { Failed } from '../../parts/states.tsx'
import { useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'
import { isDeadlinePast, ReceiverCell, ShopLine, SignsCell, StateTag } from './cells.tsx'
import type { OrderDeeds } from './deeds.tsx'
import { Details, DetailsTitle, deedKeys } from './details.tsx'
import type { Deed } from './do-deed.ts'
import type { OrderList } from './order-list.ts'
import { type OrderSearch, type OrderSort, sorts, usualSize } from './search.ts'
import type { ShopName } from './shops.ts'

interface BodyProps {
  readonly search: OrderSearch
  readonly list: OrderList
  readonly columns: GridColumns<OrderRow>
  readonly shops: readonly ShopName[]
  readonly deeds: OrderDeeds
  /** What may be done with a selection here, the likeliest first. */
  readonly offered: readonly Deed[]
  readonly empty: ReactNode
}

const keyOf = (row: OrderRow) => row.id
const nameOf = (row: OrderRow) => row.orderNo

/** The list with its foot or selection bar, and the details beside it. */
export function OrderBody({ search, list, columns, shops, deeds, offered, empty }: BodyProps) {
  const words = useWords(orderWords)
  const shopOf = (row: OrderRow) => shops.find((shop) => shop.id === row.shopId)
  const { data, error } = list.list
  const isSelecting = list.selection.isAll || list.selection.keys.size > 0
  return (
    <SplitView
      title={search.open && <DetailsTitle orderNo={search.open} />}
      details={search.open ? <Details orderNo={search.open} deeds={deeds} /> : null}
      onClose={() => list.openRow(null)}
      list={
        <>
          {error && <Failed error={error} what={words.what} onAgain={() => void list.list.refetch()} />}
          {data && data.notFound.length > 0 && (
            <p className="notice" data-tone="warn">
              {words.filters.notFound(data.notFound.join('、'))}
            </p>
          )}
          {!(error && list.rows === undefined) && (
            <Grid
              label={words.list}
              columns={columns}
              rows={list.rows}
              keyOf={keyOf}
              nameOf={nameOf}
              total={data?.total ?? null}
              isStale={list.list.isPlaceholderData}
              selection={list.selection}
              openKey={list.open?.id ?? null}
              onOpen={list.openRow}
              onActive={list.setActive}
              isGone={list.steady.isGone}
              sort={{ by: search.sort ?? 'deadline', onSort: (by) => list.set({ sort: sortOf(by) }) }}
              empty={empty}
              takesFocus
              card={(row) => <OrderCard row={row} shop={shopOf(row)} />}
            />
          )}
          {isSelecting ? <Bar list={list} deeds={deeds} offered={offered} /> : <Foot list={list} search={search} />}
        </>
      }
    />
  )
}

const sortOf = (by: string): OrderSort | undefined => {
  const sort = sorts.find((each) => each === by)
  return sort === 'deadline' ? undefined : sort
}

function Foot({ list, search }: Pick<BodyProps, 'list' | 'search'>) {
  const words = useWords(orderWords)
  const data = list.list.data
  if (data === undefined || data.rows.length === 0) return null
  return (
    <ListFoot
      total={data.total}
      sum={data.paidFen === null ? undefined : words.sum(moneyText(data.paidFen))}
      hasPrevious={data.previous !== null}
      hasNext={data.next !== null}
      onPrevious={() => list.set({ before: data.previous ?? undefined, after: undefined, open: undefined }, true)}
      onNext={() => list.set({ after: data.next ?? undefined, before: undefined, open: undefined }, true)}
      size={search.size ?? usualSize}
      onSize={(size) => list.set({ size: size === usualSize ? undefined : size })}
    />
  )
}

function Bar({ list, deeds, offered }: Pick<BodyProps, 'list' | 'deeds' | 'offered'>) {
  const words = useWords(orderWords)
  const { selection, target } = list
  const chosen = (list.rows ?? []).filter((row) => selection.keys.has(row.id))
  const sum = selection.isAll ? list.list.data?.paidFen : sumOf(chosen, selection.keys.size)
  const count = selection.isAll ? (list.list.data?.total ?? null) : selection.keys.size
  return (
    <SelectionBar
      selection={selection}
      total={list.list.data?.total ?? null}
      sum={sum === null || sum === undefined ? undefined : words.sum(moneyText(sum))}
    >
      {offered.map((deed, at) => (
        <Button
          key={deed}
          kind={at === 0 ? 'primary' : 'plain'}
          keys={deedKeys[deed]}
          busy={deeds.isRunning}
          onPress={() => target && deeds.begin(deed, target)}
        >
          {count === null ? words.deeds[deed] : words.does[deed](countText(count))}
        </Button>
      ))}
    </SelectionBar>
  )
}

/** Of the selection, where all of it is on this page; else it is not known. */
function sumOf(rows: readonly OrderRow[], selected: number): number | null {
  return rows.length === selected ? rows.reduce((sum, row) => sum + row.paidFen, 0) : null
}

/** An order in the phone form. */
function OrderCard({ row, shop }: { readonly row: OrderRow; readonly shop: ShopName | undefined }) {
  return (
    <>
      <div className="line">
        <strong>{row.orderNo}</strong>
        <StateTag row={row} />
        <span className="push">
          <Money fen={row.paidFen} currency={row.currency} />
        </span>
      </div>
      <SignsCell row={row} dense={false} />
      <div className="line">
        <span className="cut">{row.goods.title}</span>
        <strong className="nowrap">×{row.goods.quantity}</strong>
      </div>
      <ReceiverCell row={row} dense={false} />
      <div className="line small">
        {shop && <ShopLine shop={shop} />}
        <span className="push">
          <Deadline at={row.shipBy} done={isDeadlinePast(row)} />
        </span>
      </div>
    </>
  )
}
