import './orders.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { OrderView } from '../../../../src/contract/orders.ts'
import { findings } from '../../../../src/core/review/findings.ts'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Chips } from '../../parts/chips.tsx'
import { ColumnSettings } from '../../parts/grid/column-settings.tsx'
import { useGridColumns } from '../../parts/grid/setting.ts'
import { NewsLine, ViewTabs } from '../../parts/list.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { useLanguage, useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'
import { partWords } from '../../words/parts.ts'
import { useOrderColumns } from './columns.tsx'
import { deedRights, useDeedKeys } from './deed-keys.ts'
import { useOrderDeeds } from './deeds.tsx'
import type { Deed } from './do-deed.ts'
import { ExportButton } from './export-button.tsx'
import { NothingYet } from './nothing-yet.tsx'
import { OrderBody } from './order-body.tsx'
import { OrderFilters } from './order-filters.tsx'
import { nextRow, type OrderList, useOrderList } from './order-list.ts'
import type { OrderSearch } from './search.ts'
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
  const fallback = useFirstView()
  const list = useOrderList({
    search,
    fallback: fallback ?? 'to-review',
    change,
    isReady: search.view !== undefined || fallback !== null,
  })
  const deeds = useOrderDeeds((deed, ids) => {
    list.selection.remove(ids)
    if (deed === 'approve' && list.open && ids.includes(list.open.id))
      list.openRow(nextRow(list.rows ?? [], list.open.orderNo))
    list.steady.adoptNext()
  })
  useDeedKeys(deeds, list.target)
  const shops = useShops()
  const columns = useGridColumns('review', useOrderColumns(shops, false), search.open !== undefined)
  const view = search.view ?? fallback ?? 'to-review'
  const waiting = list.counts && list.counts.views['to-review'] + list.counts.views.exceptions

  return (
    <Page
      shape="list"
      title={words.review}
      count={waiting}
      fact={list.counts && words.approvedToday(countText(list.counts.approvedToday))}
      acts={<ExportButton selection={list.target?.row === null ? list.target.selection : { filter: list.filter }} />}
    >
      <ViewTabs
        chosen={view}
        onChoose={(next) => list.set({ view: next, findings: undefined })}
        tabs={views.map((id) => ({
          id,
          label: words.views[id],
          count: list.counts?.views[id],
          isUrgent: id === 'late-today',
        }))}
      >
        <NewsLine count={list.steady.news} onLoad={list.steady.adopt} />
        <ColumnSettings columns={columns} />
      </ViewTabs>
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

/** 待审核 where something waits there, else 异常; null until it is known. */
function useFirstView(): OrderView | null {
  const counts = useRead('GET /orders/counts', {}).data?.views
  if (counts === undefined) return null
  return counts['to-review'] === 0 && counts.exceptions > 0 ? 'exceptions' : 'to-review'
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

const isFiltered = ({ view: _, open: __, sort: ___, size: ____, ...rest }: OrderSearch) => Object.keys(rest).length > 0

interface EmptyProps {
  readonly list: OrderList
  readonly view: OrderView
  readonly isFiltered: boolean
}

/** Four kinds of nothing: filtered away, all done, never any, none of this kind. */
function ReviewEmpty({ list, view, isFiltered: isNarrowed }: EmptyProps) {
  const words = useWords(orderWords)
  const parts = useWords(partWords)
  const counts = list.counts?.views
  if (isNarrowed)
    return (
      <Empty
        title={parts.empty.nothingFound}
        act={
          <Button
            onPress={() =>
              list.set({
                q: undefined,
                shops: undefined,
                findings: undefined,
                warehouse: undefined,
                province: undefined,
                from: undefined,
                to: undefined,
                note: undefined,
              })
            }
          >
            {parts.filter.clear}
          </Button>
        }
      >
        {parts.empty.culprit}
      </Empty>
    )
  if (counts?.all === 0) return <NothingYet />
  const exceptions = counts?.exceptions ?? 0
  if (view !== 'exceptions' && exceptions > 0)
    return (
      <Empty
        title={view === 'to-review' ? words.empty.done : words.empty.inView(words.views[view])}
        act={
          <Button kind="primary" onPress={() => list.set({ view: 'exceptions' })}>
            {words.empty.toExceptions(countText(exceptions))}
          </Button>
        }
      >
        {words.empty.doneNext(countText(exceptions))}
      </Empty>
    )
  return (
    <Empty
      title={view === 'to-review' || view === 'exceptions' ? words.empty.done : words.empty.inView(words.views[view])}
    />
  )
}
