import '../orders/orders.css'
import './goods.css'
import { keepPreviousData } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { SkuRow } from '../../../../src/contract/catalogue.ts'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { useCursor } from '../../parts/cursor.ts'
import { Go } from '../../parts/go.tsx'
import type { GridColumn } from '../../parts/grid/column.ts'
import { ColumnSettings } from '../../parts/grid/column-settings.tsx'
import { Grid } from '../../parts/grid/grid.tsx'
import { useGridColumns } from '../../parts/grid/setting.ts'
import { FilterRow, ListFoot, ViewTabs } from '../../parts/list.tsx'
import { Page } from '../../parts/page.tsx'
import { SearchBox } from '../../parts/search-box.tsx'
import { Money, Tag } from '../../parts/signs.tsx'
import { SplitView } from '../../parts/split.tsx'
import { Empty, Failed } from '../../parts/states.tsx'
import { say } from '../../parts/toast-store.ts'
import { useDo, useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { goodsWords } from '../../words/goods.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { Picture } from '../orders/cells.tsx'
import { cleanProduct, type ProductSearch, productInput, productViews, usualSize } from './product-search.ts'
import { EditSku, NewSku } from './sku-form.tsx'

const keyOf = (row: SkuRow) => row.id
const nameOf = (row: SkuRow) => row.code

/** 商品: our SKUs, what they weigh and cost, and what sells them. */
export default function ProductsPage() {
  const words = useWords(goodsWords).products
  const may = useMay()
  const search = useSearch({ from: '/products' })
  const navigate = useNavigate({ from: '/products' })
  const change = (next: ProductSearch) => void navigate({ search: next, replace: next.active === search.active })
  const list = useRead('GET /skus', productInput(search), { placeholderData: keepPreviousData })
  const [creates, setCreates] = useState(false)
  const rows = list.data?.rows
  const open = rows?.find((row) => row.id === search.open) ?? null
  const columns = useGridColumns('products', useColumns(), open !== null)
  const cursor = useCursor({
    after: search.after,
    next: list.data?.next,
    go: (after) => change(cleanProduct({ ...search, after, open: undefined })),
  })
  const view = search.active ?? 'yes'
  return (
    <Page
      shape="list"
      title={words.title}
      fact={list.data && words.fact(countText(list.data.total))}
      acts={
        <>
          {may('imports.work') && (
            <Go to="/transfers" kind="plain">
              {words.importFile}
            </Go>
          )}
          {may('catalogue.edit') && (
            <Button kind="primary" onPress={() => setCreates(true)}>
              {words.create}
            </Button>
          )}
        </>
      }
    >
      <ViewTabs
        chosen={view}
        onChoose={(next) => change(cleanProduct({ active: next === 'yes' ? undefined : next, q: search.q }))}
        tabs={productViews.map((id) => ({
          id,
          label: words.views[id],
          count: id === view ? list.data?.total : undefined,
        }))}
      >
        <ColumnSettings columns={columns} />
      </ViewTabs>
      <Filters search={search} change={change} />
      <SplitView
        title={open && <h2>{open.code}</h2>}
        details={open && <Details key={open.id} row={open} />}
        onClose={() => change(cleanProduct({ ...search, open: undefined }))}
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
                total={list.data?.total ?? null}
                isStale={list.isPlaceholderData}
                openKey={open?.id ?? null}
                onOpen={(row) => change(cleanProduct({ ...search, open: row?.id }))}
                empty={<Nothing search={search} change={change} />}
                takesFocus
                card={(row) => <Card row={row} />}
              />
            )}
            {list.data && list.data.rows.length > 0 && (
              <ListFoot
                total={list.data.total}
                {...cursor}
                size={search.size ?? usualSize}
                onSize={(size) =>
                  change(cleanProduct({ ...search, after: undefined, size: size === usualSize ? undefined : size }))
                }
              />
            )}
          </>
        }
      />
      {creates && <NewSku onClose={() => setCreates(false)} />}
    </Page>
  )
}

interface FiltersProps {
  readonly search: ProductSearch
  readonly change: (search: ProductSearch) => void
}

function Filters({ search, change }: FiltersProps) {
  const words = useWords(goodsWords)
  const set = (q: string | undefined) => change(cleanProduct({ ...search, after: undefined, open: undefined, q }))
  return (
    <FilterRow
      chosen={
        search.q === undefined
          ? []
          : [{ id: 'q', words: words.word(words.search, search.q), remove: () => set(undefined) }]
      }
      onClear={() => set(undefined)}
    >
      <SearchBox
        value={search.q ?? ''}
        placeholder={words.products.search}
        onSearch={(q) => set(q === '' ? undefined : q)}
      />
    </FilterRow>
  )
}

function useColumns(): readonly GridColumn<SkuRow>[] {
  const words = useWords(goodsWords).products
  const seesCost = useMay()('costs.see')
  return useMemo(() => {
    const { columns } = words
    const cost: GridColumn<SkuRow> = {
      id: 'cost',
      title: columns.cost,
      width: 100,
      align: 'right',
      yields: true,
      render: (row) => <Money fen={row.costFen} />,
    }
    return [
      {
        id: 'code',
        title: columns.code,
        width: 120,
        pin: 'left',
        render: (row) => <strong className="cut">{row.code}</strong>,
      },
      {
        id: 'name',
        title: columns.name,
        width: 220,
        grow: 2,
        render: (row, dense) => <NameCell row={row} dense={dense} />,
      },
      {
        id: 'barcode',
        title: columns.barcode,
        width: 130,
        yields: true,
        render: (row) => <span className="cut">{row.barcode ?? '—'}</span>,
      },
      {
        id: 'weight',
        title: columns.weight,
        width: 90,
        align: 'right',
        yields: true,
        render: (row) => (row.weightG === null ? '—' : words.weight(countText(row.weightG))),
      },
      ...(seesCost ? [cost] : []),
      {
        id: 'listings',
        title: columns.listings,
        width: 84,
        align: 'right',
        render: (row) => words.listings(countText(row.listings)),
      },
      { id: 'onHand', title: columns.onHand, width: 72, align: 'right', render: (row) => countText(row.onHand) },
      { id: 'reserved', title: columns.reserved, width: 72, align: 'right', render: (row) => countText(row.reserved) },
      {
        id: 'state',
        title: columns.state,
        width: 84,
        render: (row) => (
          <Tag tone={row.isActive ? 'ok' : 'neutral'}>{row.isActive ? words.state.on : words.state.off}</Tag>
        ),
      },
    ] satisfies GridColumn<SkuRow>[]
  }, [words, seesCost])
}

function NameCell({ row, dense }: { readonly row: SkuRow; readonly dense: boolean }) {
  return (
    <div className={dense ? undefined : 'with-picture'}>
      {!dense && <Picture url={row.imageUrl} />}
      <div className="two">
        <span className="cut">{row.productName}</span>
        {!dense && <span className="cut">{row.specification || '—'}</span>}
      </div>
    </div>
  )
}

function Details({ row }: { readonly row: SkuRow }) {
  const words = useWords(goodsWords).products
  const may = useMay()
  const change = useDo('PATCH /skus/:id', {
    changes: ['GET /skus', 'GET /listings'],
    onDone: (_, input) =>
      say({
        tone: 'ok',
        text: input.isActive ? words.didOn : words.didOff,
        undo: () => change.run({ id: row.id, isActive: !input.isActive }),
      }),
  })
  return (
    <div className="stack details">
      <div className="line wrap">
        <Go to={`/listings?view=all&sku=${row.id}`} kind="plain">
          {words.seeListings}
        </Go>
        {may('stock.read') && (
          <Go to={`/stock?q=${encodeURIComponent(row.code)}`} kind="plain">
            {words.seeStock}
          </Go>
        )}
        {may('catalogue.edit') && (
          <Button busy={change.isRunning} onPress={() => change.run({ id: row.id, isActive: !row.isActive })}>
            {row.isActive ? words.off : words.on}
          </Button>
        )}
      </div>
      {may('catalogue.edit') ? <EditSku row={row} /> : <Facts row={row} />}
    </div>
  )
}

/** For whoever may look and not change. */
function Facts({ row }: { readonly row: SkuRow }) {
  const words = useWords(goodsWords).products
  const { columns, fields } = words
  const facts: readonly (readonly [string, string])[] = [
    [columns.name, `${row.productName} ${row.specification}`],
    [fields.barcode, row.barcode ?? '—'],
    [columns.weight, row.weightG === null ? '—' : words.weight(countText(row.weightG))],
    [columns.onHand, countText(row.onHand)],
    [columns.reserved, countText(row.reserved)],
  ]
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Nothing({ search, change }: FiltersProps) {
  const words = useWords(goodsWords).products.empty
  const parts = useWords(partWords)
  if (search.q !== undefined) {
    const clear = () => change(cleanProduct({ active: search.active }))
    return <Empty title={parts.empty.nothingFound} act={<Button onPress={clear}>{parts.filter.clear}</Button>} />
  }
  if (search.active === 'no') return <Empty title={words.off} />
  return (
    <Empty
      title={words.none}
      act={
        <Go to="/listings" kind="primary">
          {words.toListings}
        </Go>
      }
    >
      {words.noneHelp}
    </Empty>
  )
}

function Card({ row }: { readonly row: SkuRow }) {
  const words = useWords(goodsWords).products
  return (
    <>
      <div className="line">
        <strong>{row.code}</strong>
        {!row.isActive && <Tag>{words.state.off}</Tag>}
        <span className="push">
          {words.columns.onHand} {countText(row.onHand)}
        </span>
      </div>
      <NameCell row={row} dense={false} />
    </>
  )
}
