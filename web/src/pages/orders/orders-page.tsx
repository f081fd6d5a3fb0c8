import './orders.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { OrderView } from '../../../../src/contract/orders.ts'
import { ColumnSettings } from '../../parts/grid/column-settings.tsx'
import { useGridColumns } from '../../parts/grid/setting.ts'
import { NewsLine, ViewTabs } from '../../parts/list.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'
import { useOrderColumns } from './columns.tsx'
import { deedRights, useDeedKeys } from './deed-keys.ts'
import { useOrderDeeds } from './deeds.tsx'
import { ExportButton } from './export-button.tsx'
import { NothingYet } from './nothing-yet.tsx'
import { OrderBody } from './order-body.tsx'
import { OrderFilters } from './order-filters.tsx'
import { type OrderList, useOrderList } from './order-list.ts'
import { NothingFound } from './review-empty.tsx'
import { isFiltered, noFilters, type OrderSearch } from './search.ts'
import { useShops } from './shops.ts'

const views = [
  'all',
  'unpaid',
  'to-review',
  'held',
  'approved',
  'allocated',
  'shipped',
  'closed',
] as const satisfies readonly OrderView[]
const deedsHere = ['hold', 'release', 'recall', 'approve'] as const

/** 全部订单: every order of every channel, by state. */
export default function OrdersPage() {
  const words = useWords(orderWords)
  const may = useMay()
  const search = useSearch({ from: '/orders' })
  const navigate = useNavigate({ from: '/orders' })
  const change = (next: OrderSearch) => void navigate({ search: next, replace: next.view === search.view })
  const list = useOrderList({ search, fallback: 'all', change, isReady: true })
  const deeds = useOrderDeeds((_, ids) => {
    list.selection.remove(ids)
    list.steady.adoptNext()
  })
  useDeedKeys(deeds, list.target)
  const shops = useShops()
  const columns = useGridColumns('orders', useOrderColumns(shops, true), search.open !== undefined)
  const view = search.view ?? 'all'

  return (
    <Page
      shape="list"
      title={words.all}
      acts={<ExportButton selection={list.target?.row === null ? list.target.selection : { filter: list.filter }} />}
    >
      <ViewTabs
        chosen={view}
        onChoose={(next) => list.set({ view: next === 'all' ? undefined : next })}
        tabs={views.map((id) => ({ id, label: words.views[id], count: list.counts?.views[id] }))}
      >
        <NewsLine count={list.steady.news} onLoad={list.steady.adopt} />
        <ColumnSettings columns={columns} />
      </ViewTabs>
      <OrderFilters search={search} list={list} shops={shops} />
      <OrderBody
        search={search}
        list={list}
        columns={columns}
        shops={shops}
        deeds={deeds}
        offered={deedsHere.filter((deed) => may(deedRights[deed]))}
        empty={<OrdersEmpty list={list} view={view} isFiltered={isFiltered(search)} />}
      />
      {deeds.dialogs}
    </Page>
  )
}

interface EmptyProps {
  readonly list: OrderList
  readonly view: OrderView
  readonly isFiltered: boolean
}

function OrdersEmpty({ list, view, isFiltered: isNarrowed }: EmptyProps) {
  const words = useWords(orderWords)
  if (isNarrowed) return <NothingFound onClear={() => list.set(noFilters)} />
  return list.counts?.views.all === 0 ? <NothingYet /> : <Empty title={words.empty.inView(words.views[view])} />
}
