import '../orders/orders.css'
import '../goods/goods.css'
import './stock.css'
import { keepPreviousData } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { StockRow } from '../../../../src/contract/inventory.ts'
import { Button } from '../../parts/button.tsx'
import { useCursor } from '../../parts/cursor.ts'
import { Go, useGo } from '../../parts/go.tsx'
import { ColumnSettings } from '../../parts/grid/column-settings.tsx'
import { Grid } from '../../parts/grid/grid.tsx'
import type { GridColumns } from '../../parts/grid/setting.ts'
import { useGridColumns } from '../../parts/grid/setting.ts'
import { FilterRow, ListFoot, ViewTabs } from '../../parts/list.tsx'
import { MenuButton, type MenuItem } from '../../parts/menu.tsx'
import { Page } from '../../parts/page.tsx'
import { SearchBox } from '../../parts/search-box.tsx'
import { SplitView } from '../../parts/split.tsx'
import { Empty, Failed } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { stockWords } from '../../words/stock.ts'
import { type ShopName, useShops } from '../orders/shops.ts'
import { Figure, SkuCell, ToldCell } from './cells.tsx'
import { useStockColumns } from './columns.tsx'
import { StockDetails } from './details.tsx'
import { useLedgerCheck } from './ledger-check.tsx'
import { LinesDialog } from './lines-dialog.tsx'
import { clean, type StockSearch, type StockView, stockInput, stockViews, usualSize } from './search.ts'
import { WarehouseList } from './warehouse-list.tsx'

const keyOf = (row: StockRow) => row.skuId
const nameOf = (row: StockRow) => row.code

/** 库存: five plain numbers, each with how it comes about; what is short comes to the front. */
export default function StockPage() {
  const words = useWords(stockWords)
  const search = useSearch({ from: '/stock' })
  const navigate = useNavigate({ from: '/stock' })
  const change = (next: StockSearch) => void navigate({ search: next, replace: next.view === search.view })
  const list = useRead('GET /stock', stockInput(search), { placeholderData: keepPreviousData })
  const shops = useShops()
  const view = search.view ?? 'all'
  const columns = useGridColumns('stock', useStockColumns(shops), search.open !== undefined)
  const counts = list.data?.counts
  return (
    <Page shape={view === 'warehouses' ? 'read' : 'list'} title={words.title} count={counts?.short} acts={<Acts />}>
      <ViewTabs
        chosen={view}
        onChoose={(next) => change(clean({ view: next === 'all' ? undefined : next, q: search.q }))}
        tabs={stockViews.map((id) => ({
          id,
          label: words.views[id],
          count: id === 'warehouses' ? undefined : counts?.[id],
          isUrgent: id === 'short',
        }))}
      >
        {view !== 'warehouses' && <ColumnSettings columns={columns} />}
      </ViewTabs>
      {view === 'warehouses' ? (
        <WarehouseList />
      ) : (
        <StockList {...{ search, change, shops, columns, list }} view={view} />
      )}
    </Page>
  )
}

/** At most three things at the head: count, receive, and the rest. */
function Acts() {
  const words = useWords(stockWords)
  const may = useMay()
  const more = useWords(partWords).more
  const go = useGo()
  const ledger = useLedgerCheck()
  const [open, setOpen] = useState<'receive' | 'count' | null>(null)
  const items: readonly MenuItem[] = [
    { label: words.ledger.check, run: ledger.run },
    ...(may('imports.work') ? [{ label: words.importFile, run: () => go('/transfers') }] : []),
  ]
  return (
    <>
      <MenuButton icon="more" name={more} items={items} />
      {ledger.dialog}
      {may('stock.adjust') && (
        <>
          <Button onPress={() => setOpen('count')}>{words.deeds.count}</Button>
          <Button kind="primary" onPress={() => setOpen('receive')}>
            {words.deeds.receive}
          </Button>
        </>
      )}
      {open && <LinesDialog kind={open} first={null} onClose={() => setOpen(null)} />}
    </>
  )
}

interface ListProps {
  readonly search: StockSearch
  readonly change: (search: StockSearch) => void
  readonly shops: readonly ShopName[]
  readonly columns: GridColumns<StockRow>
  readonly list: ReturnType<typeof useRead<'GET /stock'>>
  readonly view: Exclude<StockView, 'warehouses'>
}

function StockList({ search, change, shops, columns, list, view }: ListProps) {
  const words = useWords(stockWords)
  const rows = list.data?.rows
  const open = rows?.find((row) => row.skuId === search.open) ?? null
  const cursor = useCursor({
    after: search.after,
    next: list.data?.next,
    go: (after) => change(clean({ ...search, after, open: undefined })),
  })
  const set = (q: string | undefined) => change(clean({ ...search, after: undefined, open: undefined, q }))
  const total = search.q === undefined ? (list.data?.counts[view] ?? null) : null
  return (
    <>
      <FilterRow
        chosen={search.q === undefined ? [] : [{ id: 'q', words: words.word(search.q), remove: () => set(undefined) }]}
        onClear={() => set(undefined)}
      >
        <SearchBox value={search.q ?? ''} placeholder={words.search} onSearch={(q) => set(q === '' ? undefined : q)} />
      </FilterRow>
      <SplitView
        title={open && <h2>{open.code}</h2>}
        details={open && <StockDetails row={open} shops={shops} />}
        onClose={() => change(clean({ ...search, open: undefined }))}
        list={
          <>
            {list.error && <Failed error={list.error} what={words.what} onAgain={() => void list.refetch()} />}
            {!(list.error && rows === undefined) && (
              <Grid
                label={words.what}
                columns={columns}
                rows={rows}
                keyOf={keyOf}
                nameOf={nameOf}
                total={total}
                isStale={list.isPlaceholderData}
                openKey={open?.skuId ?? null}
                onOpen={(row) => change(clean({ ...search, open: row?.skuId }))}
                empty={<Nothing view={view} search={search} onClear={() => set(undefined)} />}
                takesFocus
                card={(row) => <Card row={row} shops={shops} />}
              />
            )}
            {rows && rows.length > 0 && (
              <ListFoot
                total={total ?? rows.length}
                {...cursor}
                size={search.size ?? usualSize}
                onSize={(size) =>
                  change(clean({ ...search, after: undefined, size: size === usualSize ? undefined : size }))
                }
              />
            )}
          </>
        }
      />
    </>
  )
}

interface NothingProps {
  readonly view: ListProps['view']
  readonly search: StockSearch
  readonly onClear: () => void
}

function Nothing({ view, search, onClear }: NothingProps) {
  const words = useWords(stockWords).empty
  const parts = useWords(partWords)
  if (search.q !== undefined) {
    return <Empty title={parts.empty.nothingFound} act={<Button onPress={onClear}>{parts.filter.clear}</Button>} />
  }
  if (view !== 'all') return <Empty title={words[view]} />
  return (
    <Empty
      title={words.all}
      act={
        <Go to="/products" kind="primary">
          {words.toProducts}
        </Go>
      }
    >
      {words.allHelp}
    </Empty>
  )
}

function Card({ row, shops }: { readonly row: StockRow; readonly shops: readonly ShopName[] }) {
  const words = useWords(stockWords).columns
  return (
    <>
      <SkuCell row={row} dense={false} />
      <dl className="stock-figures">
        {(['onHand', 'reserved', 'available', 'sellable', 'short'] as const).map((id) => (
          <div key={id}>
            <dt>{words[id]}</dt>
            <dd>
              <Figure value={row[id]} {...(id === 'short' && row.short > 0 && { tone: 'err' as const })} />
            </dd>
          </div>
        ))}
      </dl>
      <ToldCell row={row} dense shops={shops} />
    </>
  )
}
