import '../orders/orders.css'
import './goods.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ListingRow } from '../../../../src/contract/catalogue.ts'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Go } from '../../parts/go.tsx'
import { ColumnSettings } from '../../parts/grid/column-settings.tsx'
import { Grid } from '../../parts/grid/grid.tsx'
import { useGridColumns } from '../../parts/grid/setting.ts'
import { FilterRow, type FilterWord, ListFoot, NewsLine, SelectionBar, ViewTabs } from '../../parts/list.tsx'
import { Page } from '../../parts/page.tsx'
import { PickMany } from '../../parts/pick-many.tsx'
import { SearchBox } from '../../parts/search-box.tsx'
import { useShortcuts } from '../../parts/shortcuts.ts'
import { ChannelMark } from '../../parts/signs.tsx'
import { SplitView } from '../../parts/split.tsx'
import { Empty, Failed } from '../../parts/states.tsx'
import { useMay } from '../../session.ts'
import { goodsWords } from '../../words/goods.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { type ShopName, useShops } from '../orders/shops.ts'
import { MatchCell, StateTag, TitleCell, WaitingCell } from './listing-cells.tsx'
import { useListingColumns } from './listing-columns.tsx'
import { type ListingDeeds, useListingDeeds } from './listing-deeds.tsx'
import { ListingDetails } from './listing-details.tsx'
import { type ListingList, useListingList } from './listing-list.ts'
import { cleanListing, type ListingSearch, type ListingView, usualSize } from './listing-search.ts'

const views = ['open', 'matched', 'ignored', 'vanished', 'all'] as const satisfies readonly ListingView[]
const keyOf = (row: ListingRow) => row.id
const nameOf = (row: ListingRow) => row.title

/** 商品匹配: which SKU of ours each thing in the shops is; what orders wait for comes first. */
export default function ListingsPage() {
  const words = useWords(goodsWords).listings
  const search = useSearch({ from: '/listings' })
  const navigate = useNavigate({ from: '/listings' })
  const change = (next: ListingSearch) => void navigate({ search: next, replace: next.view === search.view })
  const list = useListingList(search, change)
  const deeds = useListingDeeds({
    onAsk: (rows) => {
      const [one] = rows
      if (one && rows.length === 1) list.decided(one)
    },
    onDone: (ids) => {
      list.selection.remove(ids)
      list.steady.adoptNext()
    },
  })
  const shops = useShops()
  const columns = useGridColumns('listings', useListingColumns(shops), list.open !== null)
  useListingKeys(list, deeds)
  const may = useMay()('catalogue.edit')
  const counts = list.list.data?.counts
  const open = counts && counts.unmatched + counts.proposed
  const countOf = (view: ListingView) => {
    if (view === 'open') return open
    return view === 'all' || view === 'unmatched' || view === 'proposed' ? undefined : counts?.[view]
  }
  const view = search.view ?? 'open'
  return (
    <Page
      shape="list"
      title={words.title}
      count={open}
      fact={counts && words.fact(countText(counts.unmatched), countText(counts.proposed))}
      acts={
        may &&
        (counts?.proposed ?? 0) > 0 && (
          <Button kind="primary" onPress={deeds.acceptAbove}>
            {words.deeds.above}
          </Button>
        )
      }
    >
      <ViewTabs
        chosen={view === 'unmatched' || view === 'proposed' ? 'open' : view}
        onChoose={(next) => change(next === 'open' ? {} : { view: next })}
        tabs={views.map((id) => ({ id, label: words.views[id], count: countOf(id), isUrgent: id === 'open' }))}
      >
        <ColumnSettings columns={columns} />
      </ViewTabs>
      <Filters search={search} change={change} shops={shops} />
      <SplitView
        title={list.open && <h2 className="cut">{list.open.title}</h2>}
        details={
          list.open && (
            <ListingDetails row={list.open} deeds={deeds} shop={shops.find(({ id }) => id === list.open?.shopId)} />
          )
        }
        onClose={() => list.openRow(null)}
        list={
          <>
            {list.list.error && (
              <Failed error={list.list.error} what={words.what} onAgain={() => void list.list.refetch()} />
            )}
            <NewsLine count={list.steady.news} onLoad={list.steady.adopt} />
            {!(list.list.error && list.rows === undefined) && (
              <Grid
                label={words.what}
                columns={columns}
                rows={list.rows}
                keyOf={keyOf}
                nameOf={nameOf}
                total={list.total}
                isStale={list.list.isPlaceholderData}
                selection={list.selection}
                openKey={list.open?.id ?? null}
                onOpen={list.openRow}
                onActive={list.setActive}
                isGone={list.steady.isGone}
                empty={<Nothing search={search} change={change} />}
                takesFocus
                card={(row) => <Card row={row} shop={shops.find(({ id }) => id === row.shopId)} />}
              />
            )}
            <Foot list={list} deeds={deeds} search={search} />
          </>
        }
      />
      {deeds.dialogs}
    </Page>
  )
}

function useListingKeys(list: ListingList, deeds: ListingDeeds): void {
  const words = useWords(goodsWords).listings.deeds
  const may = useMay()('catalogue.edit')
  const on = (does: (rows: readonly ListingRow[]) => void) => () => {
    const rows = list.meant()
    if (rows.length > 0) does(rows)
  }
  const key = (keys: string, text: string, run: () => void) => ({ keys, words: text, where: 'list' as const, run })
  useShortcuts(
    may
      ? [
          key('KeyA', words.accept, on(deeds.accept)),
          key('KeyS', words.pick, on(deeds.pick)),
          key('KeyN', words.create, on(deeds.create)),
          key(
            'KeyI',
            words.ignore,
            on((rows) => deeds.ignore(rows, true)),
          ),
          key(
            'KeyU',
            words.unmatch,
            on(([row]) => row?.state === 'matched' && deeds.unmatch(row)),
          ),
        ]
      : [],
  )
}

interface FiltersProps {
  readonly search: ListingSearch
  readonly change: (search: ListingSearch) => void
  readonly shops?: readonly ShopName[]
}

function Filters({ search, change, shops = [] }: FiltersProps) {
  const words = useWords(goodsWords)
  const set = (part: { readonly [K in keyof ListingSearch]?: ListingSearch[K] | undefined }) =>
    change(cleanListing({ ...search, after: undefined, open: undefined, ...part }))
  const shop = shops.find(({ id }) => id === search.shop)
  const chosen: FilterWord[] = [
    ...(search.q === undefined
      ? []
      : [{ id: 'q', words: words.word(words.search, search.q), remove: () => set({ q: undefined }) }]),
    ...(search.shop === undefined
      ? []
      : [
          {
            id: 'shop',
            words: words.word(words.shop, shop?.name ?? String(search.shop)),
            remove: () => set({ shop: undefined }),
          },
        ]),
    ...(search.sku === undefined
      ? []
      : [{ id: 'sku', words: words.word('SKU', String(search.sku)), remove: () => set({ sku: undefined }) }]),
  ]
  const isOpen = (search.view ?? 'open') === 'open' || search.view === 'unmatched' || search.view === 'proposed'
  return (
    <FilterRow chosen={chosen} onClear={() => change(cleanListing({ view: search.view }))}>
      <SearchBox
        value={search.q ?? ''}
        placeholder={words.listings.search}
        onSearch={(q) => set({ q: q === '' ? undefined : q })}
      />
      {shops.length > 1 && (
        <PickMany
          label={words.shop}
          options={shops.map((each) => ({
            value: each.id,
            label: each.name,
            sign: <ChannelMark channel={each.channel} mark={each.mark} />,
          }))}
          chosen={search.shop === undefined ? [] : [search.shop]}
          onChange={(ids) => set({ shop: ids.at(-1) })}
        />
      )}
      {isOpen && (
        <fieldset className="chips plain-set" aria-label={words.listings.views.open}>
          {(['unmatched', 'proposed'] as const).map((id) => (
            <button
              key={id}
              type="button"
              className="choice"
              aria-pressed={search.view === id}
              onClick={() => set({ view: search.view === id ? undefined : id })}
            >
              {words.listings.states[id]}
            </button>
          ))}
        </fieldset>
      )}
    </FilterRow>
  )
}

interface FootProps {
  readonly list: ListingList
  readonly deeds: ListingDeeds
  readonly search: ListingSearch
}

function Foot({ list, deeds, search }: FootProps) {
  const words = useWords(goodsWords).listings
  const may = useMay()('catalogue.edit')
  const { data } = list.list
  const rows = list.meant()
  if (list.selection.keys.size > 0) {
    const accepted = rows.filter(({ proposal, state }) => proposal !== null && state !== 'matched')
    return (
      <SelectionBar selection={list.selection} total={list.selection.keys.size}>
        {may && (
          <>
            {accepted.length > 0 && (
              <Button kind="primary" keys="KeyA" busy={deeds.isRunning} onPress={() => deeds.accept(accepted)}>
                {words.does.accept(countText(accepted.length))}
              </Button>
            )}
            <Button keys="KeyN" busy={deeds.isRunning} onPress={() => deeds.create(rows)}>
              {words.does.create(countText(rows.length))}
            </Button>
            <Button keys="KeyI" busy={deeds.isRunning} onPress={() => deeds.ignore(rows, true)}>
              {words.does.ignore(countText(rows.length))}
            </Button>
          </>
        )}
      </SelectionBar>
    )
  }
  if (data === undefined || data.rows.length === 0) return null
  return (
    <ListFoot
      total={list.total ?? data.rows.length}
      {...list.cursor}
      size={search.size ?? usualSize}
      onSize={(size) => list.set({ size: size === usualSize ? undefined : size })}
    />
  )
}

function Nothing({ search, change }: FiltersProps) {
  const words = useWords(goodsWords).listings
  const parts = useWords(partWords)
  const isNarrowed = search.q !== undefined || search.shop !== undefined || search.sku !== undefined
  if (isNarrowed) {
    return (
      <Empty
        title={parts.empty.nothingFound}
        act={<Button onPress={() => change(cleanListing({ view: search.view }))}>{parts.filter.clear}</Button>}
      />
    )
  }
  if ((search.view ?? 'open') === 'open') {
    return (
      <Empty
        title={words.empty.open}
        act={
          <Go to="/shops" kind="plain">
            {words.empty.toShops}
          </Go>
        }
      >
        {words.empty.openHelp}
      </Empty>
    )
  }
  return (
    <Empty
      title={words.empty.view(
        words.views[search.view === 'unmatched' || search.view === 'proposed' ? 'open' : (search.view ?? 'open')],
      )}
    />
  )
}

function Card({ row, shop }: { readonly row: ListingRow; readonly shop: ShopName | undefined }) {
  return (
    <>
      <TitleCell row={row} shop={shop} dense={false} />
      <div className="line wrap">
        <StateTag state={row.state} />
        <WaitingCell row={row} />
      </div>
      <MatchCell row={row} dense={false} />
    </>
  )
}
