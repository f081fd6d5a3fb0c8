import './orders.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { OrderView } from '../../../../src/contract/orders.ts'
import { findings } from '../../../../src/core/review/findings.ts'
import { countText } from '../../format.ts'
import { Chips } from '../../parts/chips.tsx'
import { ColumnSettings } from '../../parts/grid/column-settings.tsx'
import { useGridColumns } from '../../parts/grid/setting.ts'
import { NewsLine, ViewTabs } from '../../parts/list.tsx'
import { Page } from '../../parts/page.tsx'
import { useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { useLanguage, useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'
import { useOrderColumns } from './columns.tsx'
import { deedRights, useDeedKeys } from './deed-keys.ts'
import { useOrderDeeds } from './deeds.tsx'
import type { Deed } from './do-deed.ts'
import { ExportButton } from './export-button.tsx'
import { OrderBody } from './order-body.tsx'
import { OrderFilters } from './order-filters.tsx'
import { nextRow, type OrderList, useOrderList } from './order-list.ts'
import { ReviewEmpty } from './review-empty.tsx'
import { isFiltered, type OrderSearch } from './search.ts'
import { useShops } from './shops.ts'

const views = [
  'to-review',
  'exceptions',
  'held',
  'approved',
  'late-today',
  'all',
] as const satisfies readonly OrderView[]

/** 订单审核: what the rules would not pass by themselves, why, and what to do about it. */
export default function ReviewPage() {
  const words = useWords(orderWords)
  const search = useSearch({ from: '/review' })
  const navigate = useNavigate({ from: '/review' })
  const change = (next: OrderSearch) => void navigate({ search: next, replace: next.view === search.view })
  const first = useFirstView()
  const view = search.view ?? first ?? 'to-review'
  const list = useOrderList({ search, fallback: view, change, isReady: search.view !== undefined || first !== null })
  const deeds = useOrderDeeds((deed, ids) => {
    list.selection.remove(ids)
    if (deed === 'approve' && list.open && ids.includes(list.open.id))
      list.openRow(nextRow(list.rows ?? [], list.open.orderNo))
    list.steady.adoptNext()
  })
  useDeedKeys(deeds, list.target)
  const shops = useShops()
  const columns = useGridColumns('review', useOrderColumns(shops, false), search.open !== undefined)
  return (
    <Page
      shape="list"
      title={words.review}
      count={list.counts && list.counts.views['to-review'] + list.counts.views.exceptions}
      fact={list.counts && words.approvedToday(countText(list.counts.approvedToday))}
      acts={<ExportButton selection={list.target?.row === null ? list.target.selection : { filter: list.filter }} />}
    >
      <Views view={view} list={list}>
        <NewsLine count={list.steady.news} onLoad={list.steady.adopt} />
        <ColumnSettings columns={columns} />
      </Views>
      <OrderFilters search={search} list={list} shops={shops}>
        <ReasonChips list={list} search={search} />
      </OrderFilters>
      <OrderBody
        search={search}
        list={list}
        columns={columns}
        shops={shops}
        deeds={deeds}
        offered={useOffered(view)}
        empty={<ReviewEmpty list={list} view={view} isFiltered={isFiltered(search)} />}
      />
      {deeds.dialogs}
    </Page>
  )
}

interface ViewsProps {
  readonly view: OrderView
  readonly list: OrderList
  readonly children: ReactNode
}

function Views({ view, list, children }: ViewsProps) {
  const words = useWords(orderWords)
  const tabs = views.map((id) => ({
    id,
    label: words.views[id],
    count: list.counts?.views[id],
    isUrgent: id === 'late-today',
  }))
  return (
    <ViewTabs chosen={view} tabs={tabs} onChoose={(next) => list.set({ view: next, findings: undefined })}>
      {children}
    </ViewTabs>
  )
}

/** 待审核 where something waits there, else 异常; null until it is known. Once chosen it stays, whatever is approved meanwhile. */
function useFirstView(): OrderView | null {
  const counts = useRead('GET /orders/counts', {}).data?.views
  const [first, setFirst] = useState<OrderView | null>(null)
  if (first === null && counts !== undefined)
    setFirst(counts['to-review'] === 0 && counts.exceptions > 0 ? 'exceptions' : 'to-review')
  return first
}

const deedsOf: Partial<Record<OrderView, readonly Deed[]>> = {
  'to-review': ['approve', 'hold'],
  exceptions: ['approve', 'hold', 'release'],
  held: ['release', 'approve', 'hold'],
  approved: ['allocate', 'recall', 'hold'],
}

function useOffered(view: OrderView): readonly Deed[] {
  const may = useMay()
  return (deedsOf[view] ?? ['approve', 'hold', 'release', 'recall']).filter((deed) => may(deedRights[deed]))
}

function ReasonChips({ list, search }: { readonly list: OrderList; readonly search: OrderSearch }) {
  const words = useWords(orderWords)
  const language = useLanguage()
  const chosen = search.findings ?? []
  const codes = (Object.keys(findings) as (keyof typeof findings)[]).filter(
    (code) => (list.counts?.findings[code] ?? 0) > 0 || chosen.includes(code),
  )
  if (codes.length === 0) return null
  return (
    <Chips
      label={words.reasons}
      chips={codes.map((id) => ({ id, label: findings[id][language], count: list.counts?.findings[id] ?? 0 }))}
      chosen={chosen}
      onToggle={list.toggleFinding}
    />
  )
}
