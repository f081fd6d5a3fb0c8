import { useMemo } from 'react'
import type { OrderRow } from '../../../../src/contract/orders.ts'
import type { GridColumn } from '../../parts/grid/column.ts'
import { Deadline, Money, Time } from '../../parts/signs.tsx'
import { useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'
import { GoodsCell, isDeadlinePast, OrderCell, ReceiverCell, SignsCell, StateTag, WarehouseCell } from './cells.tsx'
import type { ShopName } from './shops.ts'

/** The columns of every list of orders, 订单审核 and 全部订单 alike. `withState`: the list shows orders of several states. */
export function useOrderColumns(shops: readonly ShopName[], withState: boolean): readonly GridColumn<OrderRow>[] {
  const words = useWords(orderWords)
  return useMemo(() => {
    const shopOf = (row: OrderRow) => shops.find((shop) => shop.id === row.shopId)
    return [...whatItIs(words, shopOf, withState), ...whereItGoes(words), ...otherColumns(words), ...otherTimes(words)]
  }, [words, shops, withState])
}

type OrderTexts = typeof orderWords.zh

function whatItIs(
  { columns }: OrderTexts,
  shopOf: (row: OrderRow) => ShopName | undefined,
  withState: boolean,
): GridColumn<OrderRow>[] {
  return [
    {
      id: 'order',
      title: columns.order,
      width: 152,
      pin: 'left',
      render: (row, dense) => <OrderCell row={row} shop={shopOf(row)} dense={dense} />,
    },
    {
      id: 'signs',
      title: columns.signs,
      width: 156,
      pin: 'left',
      render: (row, dense) => <SignsCell row={row} dense={dense} />,
    },
    { id: 'state', title: columns.state, width: 84, optional: !withState, render: (row) => <StateTag row={row} /> },
    {
      id: 'goods',
      title: columns.goods,
      width: 196,
      grow: 3,
      render: (row, dense) => <GoodsCell row={row} dense={dense} />,
    },
  ]
}

function whereItGoes({ columns }: OrderTexts): GridColumn<OrderRow>[] {
  return [
    {
      id: 'receiver',
      title: columns.receiver,
      width: 164,
      grow: 1,
      yields: true,
      render: (row, dense) => <ReceiverCell row={row} dense={dense} />,
    },
    {
      id: 'warehouse',
      title: columns.warehouse,
      width: 116,
      grow: 1,
      yields: true,
      render: (row, dense) => <WarehouseCell row={row} dense={dense} />,
    },
    {
      id: 'paid',
      title: columns.paid,
      width: 100,
      align: 'right',
      render: (row) => <Money fen={row.paidFen} currency={row.currency} />,
    },
    {
      id: 'due',
      title: columns.due,
      width: 124,
      pin: 'right',
      sort: { up: 'deadline' },
      render: (row) => <Deadline at={row.shipBy} done={isDeadlinePast(row)} />,
    },
  ]
}

function otherColumns({ columns, row: texts }: OrderTexts): GridColumn<OrderRow>[] {
  return [
    {
      id: 'channelNo',
      title: columns.channelNo,
      width: 180,
      optional: true,
      render: (row) => <span className="cut">{row.channelOrderNo}</span>,
    },
    {
      id: 'note',
      title: columns.note,
      width: 120,
      optional: true,
      render: (row) => (
        <span className="cut">
          {[row.hasNote && texts.note, row.hasRemark && texts.remark].filter(Boolean).join(' · ') || '—'}
        </span>
      ),
    },
    {
      id: 'waybill',
      title: columns.waybill,
      width: 150,
      optional: true,
      render: (row) => <span className="cut">{row.waybillNo ?? '—'}</span>,
    },
  ]
}

function otherTimes({ columns }: OrderTexts): GridColumn<OrderRow>[] {
  const time = (
    id: 'created' | 'paidAt' | 'heldUntil',
    at: (row: OrderRow) => number | null,
  ): GridColumn<OrderRow> => ({
    id,
    title: columns[id],
    width: 110,
    optional: true,
    render: (row) => <Time at={at(row)} />,
  })
  return [
    { ...time('created', (row) => row.createdAt), sort: { up: 'oldest', down: 'newest' } },
    time('paidAt', (row) => row.paidAt),
    time('heldUntil', (row) => row.holdUntil),
  ]
}
