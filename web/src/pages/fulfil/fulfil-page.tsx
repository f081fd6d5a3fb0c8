import '../orders/orders.css'
import './fulfil.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { PickField } from '../../parts/field.tsx'
import { Go } from '../../parts/go.tsx'
import { ColumnSettings } from '../../parts/grid/column-settings.tsx'
import { useGridColumns } from '../../parts/grid/setting.ts'
import { FilterRow, type FilterWord, ViewTabs } from '../../parts/list.tsx'
import { Page } from '../../parts/page.tsx'
import { MoreFilters } from '../../parts/pick-many.tsx'
import { SearchBox } from '../../parts/search-box.tsx'
import { Tag } from '../../parts/signs.tsx'
import { Skeleton } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { fulfilWords } from '../../words/fulfil.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { type ShopName, useShops } from '../orders/shops.ts'
import { AllocateStep } from './allocate-step.tsx'
import { useCarriers } from './carriers.ts'
import { CarriersDialog } from './carriers-dialog.tsx'
import { useParcelColumns } from './columns.tsx'
import { ParcelsOfStep } from './parcel-step.tsx'
import { clean, type FulfilSearch, type ParcelStep, type Step, steps } from './search.ts'
import { UnsentStep } from './unsent-step.tsx'

const everyMs = 15_000

/** 打单发货: from approved orders to parcels that left, one step a tab. */
export default function FulfilPage() {
  const words = useWords(fulfilWords)
  const may = useMay()
  const search = useSearch({ from: '/fulfil' })
  const navigate = useNavigate({ from: '/fulfil' })
  const change = (next: FulfilSearch) => void navigate({ search: next, replace: next.step === search.step })
  const read = useRead('GET /parcels', { limit: 1 }, { refetchInterval: everyMs })
  const counts = read.data?.counts
  const shops = useShops()
  const step = search.step ?? firstStep(counts) ?? (read.error ? 'to-print' : null)
  return (
    <Page
      shape="list"
      title={words.title}
      count={counts && counts['to-allocate'] + counts['to-print']}
      acts={
        <>
          <Pool />
          {may('fulfilment.work') && (
            <Go to="/check" kind={step === 'printed' ? 'primary' : 'plain'}>
              {words.deeds.check}
            </Go>
          )}
        </>
      }
    >
      {step === null ? <Skeleton rows={10} /> : <Steps {...{ step, search, change, shops }} counts={counts ?? {}} />}
    </Page>
  )
}

/** The first step at which something waits. */
function firstStep(counts: Readonly<Record<string, number>> | undefined): Step | null {
  if (counts === undefined) return null
  return (
    (['to-allocate', 'to-print', 'printed', 'checked'] as const).find((each) => (counts[each] ?? 0) > 0) ?? 'to-print'
  )
}

interface StepsProps {
  readonly step: Step
  readonly search: FulfilSearch
  readonly change: (search: FulfilSearch) => void
  readonly shops: readonly ShopName[]
  readonly counts: Readonly<Partial<Record<string, number>>>
}

function Steps({ step, search, change, shops, counts }: StepsProps) {
  const words = useWords(fulfilWords)
  const listed: ParcelStep = step === 'to-allocate' || step === 'unsent' ? 'to-print' : step
  const columns = useGridColumns('parcels', useParcelColumns(shops, listed), search.open !== undefined)
  const isParcels = step === listed
  const clear = () => change(clean({ step }))
  return (
    <>
      <ViewTabs
        chosen={step}
        onChoose={(next) => change({ step: next })}
        tabs={steps.map((id) => ({
          id,
          label: words.steps[id],
          count: counts[id],
          isUrgent: id === 'stopped' || id === 'unsent',
        }))}
      >
        {isParcels && <ColumnSettings columns={columns} />}
      </ViewTabs>
      {step !== 'unsent' && <Filters search={search} change={change} shops={shops} onClear={clear} />}
      {step === 'to-allocate' && <AllocateStep search={search} change={change} shops={shops} />}
      {step === 'unsent' && <UnsentStep shops={shops} shop={search.shop} />}
      {isParcels && <ParcelsOfStep key={step} {...{ search, change, columns, shops }} step={listed} onClear={clear} />}
    </>
  )
}

interface FiltersProps {
  readonly search: FulfilSearch
  readonly change: (search: FulfilSearch) => void
  readonly shops: readonly ShopName[]
  readonly onClear: () => void
}

function Filters({ search, change, shops, onClear }: FiltersProps) {
  const words = useWords(fulfilWords)
  const parts = useWords(partWords).filter
  const may = useMay()('stock.read')
  const carriers = useCarriers()
  const warehouses = useRead('GET /warehouses', {}, { enabled: may, staleTime: 300_000 }).data?.rows ?? []
  const set = (part: { readonly [K in keyof FulfilSearch]?: FulfilSearch[K] | undefined }) =>
    change(clean({ ...search, after: undefined, open: undefined, ...part }))
  const named = [
    ['q', words.filters.search, search.q],
    ['shop', words.filters.shop, shops.find(({ id }) => id === search.shop)?.name ?? search.shop],
    ['carrier', words.filters.carrier, carriers.find(({ code }) => code === search.carrier)?.name ?? search.carrier],
    [
      'warehouse',
      words.filters.warehouse,
      warehouses.find(({ id }) => id === search.warehouse)?.name ?? search.warehouse,
    ],
  ] as const
  const chosen = named.flatMap(([id, name, value]): FilterWord[] =>
    value === undefined
      ? []
      : [{ id, words: words.filters.word(name, String(value)), remove: () => set({ [id]: undefined }) }],
  )
  const any = { value: 0, label: words.filters.any }
  return (
    <FilterRow chosen={chosen} onClear={onClear}>
      <SearchBox
        value={search.q ?? ''}
        placeholder={words.search}
        onSearch={(q) => set({ q: q === '' ? undefined : q })}
      />
      <MoreFilters label={parts.more} inUse={chosen.filter(({ id }) => id !== 'q').length}>
        <PickField
          label={words.filters.shop}
          value={search.shop ?? 0}
          options={[any, ...shops.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(shop) => set({ shop: shop === 0 ? undefined : shop })}
        />
        <PickField
          label={words.filters.carrier}
          value={search.carrier ?? ''}
          options={[
            { value: '', label: words.filters.any },
            ...carriers.map(({ code, name }) => ({ value: code, label: name })),
          ]}
          onChange={(carrier) => set({ carrier: carrier === '' ? undefined : carrier })}
        />
        {warehouses.length > 1 && (
          <PickField
            label={words.filters.warehouse}
            value={search.warehouse ?? 0}
            options={[any, ...warehouses.map(({ id, name }) => ({ value: id, label: name }))]}
            onChange={(warehouse) => set({ warehouse: warehouse === 0 ? undefined : warehouse })}
          />
        )}
      </MoreFilters>
    </FilterRow>
  )
}

const few = 50

/** 号池余量: how many waybill numbers are left, always in sight; amber when few, red when none. */
function Pool() {
  const words = useWords(fulfilWords).pool
  const may = useMay()('logistics.manage')
  const carriers = useCarriers()
  const [manages, setManages] = useState(false)
  const shown = carriers.slice(0, 4)
  return (
    <>
      <span className="line wrap">
        <span className="heard-only">{words.name}</span>
        {shown.map(({ code, name, numbersLeft }) => (
          <Tag key={code} tone={poolTone(numbersLeft)} tip={words.name}>
            {numbersLeft === 0 ? words.empty(name) : words.left(name, countText(numbersLeft))}
          </Tag>
        ))}
      </span>
      {may && <Button onPress={() => setManages(true)}>{words.manage}</Button>}
      {manages && <CarriersDialog onClose={() => setManages(false)} />}
    </>
  )
}

function poolTone(left: number): 'err' | 'warn' | 'neutral' {
  if (left === 0) return 'err'
  return left < few ? 'warn' : 'neutral'
}
