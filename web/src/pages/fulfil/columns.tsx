import { useMemo } from 'react'
import type { ParcelRow } from '../../../../src/contract/fulfilment.ts'
import type { GridColumn } from '../../parts/grid/column.ts'
import { Deadline, Time } from '../../parts/signs.tsx'
import { fulfilWords } from '../../words/fulfil.ts'
import { useWords } from '../../words/language.ts'
import type { ShopName } from '../orders/shops.ts'
import { GoodsCell, ParcelCell, PrintsCell, ReceiverCell, ReportCell, SignsCell, WaybillCell } from './cells.tsx'
import type { ParcelStep } from './search.ts'

/** The columns of parcels: before they leave with the deadline, afterwards with when and what the shop knows. */
export function useParcelColumns(shops: readonly ShopName[], step: ParcelStep): readonly GridColumn<ParcelRow>[] {
  const words = useWords(fulfilWords).columns
  return useMemo(() => {
    const shopOf = (row: ParcelRow) => shops.find((shop) => shop.id === row.orders[0]?.shopId)
    const isLeft = hasLeft(step)
    return [...firstColumns({ words, shopOf, isLeft }), ...(isLeft ? leftColumns(words) : hereColumns(words))]
  }, [words, shops, step])
}

/** Parcels of these steps are on their way. */
export const hasLeft = (step: ParcelStep): boolean => step === 'shipped'

type Titles = typeof fulfilWords.zh.columns

interface FirstOptions {
  readonly words: Titles
  readonly shopOf: (row: ParcelRow) => ShopName | undefined
  /** What mattered before they left is there when asked for. */
  readonly isLeft: boolean
}

const firstColumns = ({ words, shopOf, isLeft }: FirstOptions): GridColumn<ParcelRow>[] => [
  {
    id: 'parcel',
    title: words.parcel,
    width: 196,
    pin: 'left',
    render: (row, dense) => <ParcelCell row={row} dense={dense} shop={shopOf(row)} />,
  },
  {
    id: 'signs',
    title: words.signs,
    width: 110,
    yields: true,
    optional: isLeft,
    render: (row, dense) => <SignsCell row={row} dense={dense} />,
  },
  {
    id: 'goods',
    title: words.goods,
    width: 190,
    grow: 3,
    render: (row, dense) => <GoodsCell row={row} dense={dense} />,
  },
  {
    id: 'receiver',
    title: words.receiver,
    width: 144,
    grow: 1,
    yields: true,
    render: (row, dense) => <ReceiverCell row={row} dense={dense} />,
  },
  {
    id: 'waybill',
    title: words.waybill,
    width: 150,
    grow: 1,
    render: (row, dense) => <WaybillCell row={row} dense={dense} />,
  },
  {
    id: 'prints',
    title: words.prints,
    width: 92,
    yields: true,
    optional: isLeft,
    render: (row, dense) => <PrintsCell row={row} dense={dense} />,
  },
]

const hereColumns = (words: Titles): GridColumn<ParcelRow>[] => [
  {
    id: 'due',
    title: words.due,
    width: 122,
    pin: 'right',
    render: (row) => <Deadline at={row.shipBy} done={row.state === 'stopped' || row.state === 'cancelled'} />,
  },
]

const leftColumns = (words: Titles): GridColumn<ParcelRow>[] => [
  { id: 'shippedAt', title: words.shippedAt, width: 92, render: (row) => <Time at={row.shippedAt} /> },
  {
    id: 'report',
    title: words.report,
    width: 130,
    pin: 'right',
    render: (row, dense) => <ReportCell row={row} dense={dense} />,
  },
]
