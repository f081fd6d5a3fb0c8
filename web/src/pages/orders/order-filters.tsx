import type { ReactNode } from 'react'
import type { Warehouse } from '../../../../src/contract/inventory.ts'
import { findings } from '../../../../src/core/review/findings.ts'
import { Labelled, PickField } from '../../parts/field.tsx'
import { FilterRow, type FilterWord } from '../../parts/list.tsx'
import { MoreFilters, PickMany } from '../../parts/pick-many.tsx'
import { SearchBox } from '../../parts/search-box.tsx'
import { ChannelMark } from '../../parts/signs.tsx'
import { useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { type Language, useLanguage, useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'
import { partWords } from '../../words/parts.ts'
import { provinces } from '../../words/provinces.ts'
import type { OrderList } from './order-list.ts'
import { noFilters, type OrderSearch } from './search.ts'
import type { ShopName } from './shops.ts'

interface FiltersProps {
  readonly search: OrderSearch
  readonly list: OrderList
  readonly shops: readonly ShopName[]
  /** What stands after the filters in the same line: the reason chips. */
  readonly children?: ReactNode
}

/** Search, shops, 更多筛选, then the page's own; below, the chosen ones as words. */
export function OrderFilters({ search, list, shops, children }: FiltersProps) {
  const words = useWords(orderWords)
  const chosen = useChosen(search, list, shops)
  return (
    <FilterRow chosen={chosen} onClear={() => list.set(noFilters)}>
      <SearchBox
        value={search.q ?? ''}
        placeholder={words.search}
        onSearch={(q) => list.set({ q: q === '' ? undefined : q })}
      />
      {shops.length > 1 && (
        <PickMany
          label={words.filters.shop}
          options={shops.map((shop) => ({
            value: shop.id,
            label: shop.name,
            sign: <ChannelMark channel={shop.channel} mark={shop.mark} />,
          }))}
          chosen={search.shops ?? []}
          onChange={(ids) => list.set({ shops: ids.length > 0 ? ids : undefined })}
        />
      )}
      <More search={search} list={list} />
      {children}
    </FilterRow>
  )
}

function More({ search, list }: Pick<FiltersProps, 'search' | 'list'>) {
  const words = useWords(orderWords).filters
  const parts = useWords(partWords).filter
  const warehouses = useWarehouses()
  const inUse = [search.warehouse, search.province, search.from ?? search.to, search.note].filter(Boolean).length
  const notes = [
    { value: '', label: parts.any },
    { value: 'yes', label: words.noteYes },
    { value: 'no', label: words.noteNo },
  ] as const
  return (
    <MoreFilters label={parts.more} inUse={inUse}>
      <div className="line">
        <DayField label={words.from} value={search.from} onChange={(from) => list.set({ from })} />
        <DayField label={words.to} value={search.to} onChange={(to) => list.set({ to })} />
      </div>
      {warehouses.length > 0 && (
        <PickField
          label={words.warehouse}
          value={search.warehouse ?? 0}
          options={[{ value: 0, label: parts.any }, ...warehouses.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(id) => list.set({ warehouse: id === 0 ? undefined : id })}
        />
      )}
      <PickField
        label={words.province}
        value={search.province ?? ''}
        options={[{ value: '', label: parts.any }, ...provinces.map((name) => ({ value: name, label: name }))]}
        onChange={(province) => list.set({ province: province === '' ? undefined : province })}
      />
      <PickField
        label={words.note}
        value={search.note ?? ''}
        options={notes}
        onChange={(note) => list.set({ note: note === '' ? undefined : note })}
      />
    </MoreFilters>
  )
}

const warehousesMs = 5 * 60_000

function useWarehouses(): readonly Warehouse[] {
  const may = useMay()
  return useRead('GET /warehouses', {}, { enabled: may('stock.read'), staleTime: warehousesMs }).data?.rows ?? []
}

interface DayProps {
  readonly label: string
  readonly value: string | undefined
  readonly onChange: (day: string | undefined) => void
}

function DayField({ label, value, onChange }: DayProps) {
  return (
    <Labelled label={label}>
      {(ids) => (
        <input
          {...ids}
          type="date"
          className="field"
          value={value ?? ''}
          onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
        />
      )}
    </Labelled>
  )
}

function useChosen(search: OrderSearch, list: OrderList, shops: readonly ShopName[]): FilterWord[] {
  const words = useWords(orderWords).filters
  const or = useWords(partWords).filter.or
  const language = useLanguage()
  const warehouses = useWarehouses()
  const { warehouse: id } = search
  const warehouse = id === undefined ? undefined : (warehouses.find((each) => each.id === id)?.name ?? String(id))
  const said: readonly (readonly [keyof OrderSearch, string, string | undefined])[] = [
    ['q', words.search, search.q && shortened(search.q)],
    [
      'shops',
      words.shop,
      joined(
        search.shops?.map((id) => shops.find((shop) => shop.id === id)?.name ?? String(id)),
        or,
      ),
    ],
    [
      'findings',
      words.findings,
      joined(
        search.findings?.map((code) => findings[code][language as Language]),
        or,
      ),
    ],
    ['warehouse', words.warehouse, warehouse],
    ['province', words.province, search.province],
    ['from', words.from, search.from],
    ['to', words.to, search.to],
    ['note', words.note, search.note && (search.note === 'yes' ? words.noteYes : words.noteNo)],
  ]
  return said.flatMap(([field, name, value]) =>
    value === undefined
      ? []
      : [{ id: field, words: words.word(name, value), remove: () => list.set({ [field]: undefined }) }],
  )
}

const longest = 32
const shortened = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text)

const joined = (values: readonly string[] | undefined, or: string) =>
  values && values.length > 0 ? values.join(` ${or} `) : undefined
