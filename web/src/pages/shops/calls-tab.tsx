import { useMemo } from 'react'
import type { Answer } from '../../api.ts'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { PickField } from '../../parts/field.tsx'
import type { GridColumn } from '../../parts/grid/column.ts'
import { FilterRow, type FilterWord } from '../../parts/list.tsx'
import { SearchBox } from '../../parts/search-box.tsx'
import { Tag, Time } from '../../parts/signs.tsx'
import { Empty } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { shopWords } from '../../words/shops.ts'
import { useChannels } from './keys-form.tsx'
import type { TabProps } from './one-shop.tsx'
import { RecordList, recordReading } from './record-list.tsx'
import { cleanShop, type ShopSearch } from './search.ts'

type Row = Answer<'GET /calls'>['rows'][number]

const keyOf = (row: Row) => row.callId
const nameOf = (row: Row) => row.operation

/** 接口调用: every call to the platform, how long it took and waited, and what came of it. */
export function CallsTab({ shop, search, change }: TabProps) {
  const words = useWords(shopWords).calls
  const { outcome, operation, code, before } = search
  const input = { shopId: shop.shopId, outcome, operation, code, before }
  const read = useRead('GET /calls', input, recordReading(before))
  const columns = useColumns()
  const set = (part: { readonly [K in keyof ShopSearch]?: ShopSearch[K] | undefined }) =>
    change(cleanShop({ ...search, before: undefined, ...part }))
  const isNarrowed = outcome !== undefined || operation !== undefined || code !== undefined
  const clear = () => change(cleanShop({ shop: search.shop, tab: search.tab }))
  return (
    <>
      <Filters shop={shop} search={search} set={set} onClear={clear} />
      <RecordList
        place="shop-calls"
        what={words.what}
        {...{ columns, read, keyOf, nameOf, before }}
        empty={<Nothing isNarrowed={isNarrowed} onClear={clear} />}
        card={(row) => <Card row={row} />}
        go={(next) => set({ before: next })}
      />
    </>
  )
}

interface FiltersProps {
  readonly shop: TabProps['shop']
  readonly search: ShopSearch
  readonly set: (part: { readonly [K in keyof ShopSearch]?: ShopSearch[K] | undefined }) => void
  readonly onClear: () => void
}

function Filters({ shop, search, set, onClear }: FiltersProps) {
  const words = useWords(shopWords).calls
  const operations = useChannels()?.find((each) => each.channel === shop.channel)?.operations ?? []
  const named = [
    ['operation', words.operation, search.operation],
    ['outcome', words.result, search.outcome && words.outcome[search.outcome]],
    ['code', words.code, search.code],
  ] as const
  const chosen = named.flatMap(([id, name, value]): FilterWord[] =>
    value === undefined ? [] : [{ id, words: words.word(name, value), remove: () => set({ [id]: undefined }) }],
  )
  return (
    <FilterRow chosen={chosen} onClear={onClear}>
      <SearchBox
        value={search.code ?? ''}
        placeholder={words.codeHelp}
        onSearch={(code) => set({ code: code === '' ? undefined : code.trim() })}
      />
      <fieldset className="line plain-set" aria-label={words.result}>
        {(['good', 'failed'] as const).map((each) => (
          <button
            key={each}
            type="button"
            className="choice"
            aria-pressed={search.outcome === each}
            onClick={() => set({ outcome: search.outcome === each ? undefined : each })}
          >
            {words.outcome[each]}
          </button>
        ))}
      </fieldset>
      <div className="inline-pick">
        <PickField
          label={words.operation}
          value={search.operation ?? ''}
          options={[{ value: '', label: words.any }, ...operations.map((each) => ({ value: each, label: each }))]}
          onChange={(operation) => set({ operation: operation === '' ? undefined : operation })}
        />
      </div>
    </FilterRow>
  )
}

function Nothing({ isNarrowed, onClear }: { readonly isNarrowed: boolean; readonly onClear: () => void }) {
  const words = useWords(shopWords).calls
  const parts = useWords(partWords)
  if (!isNarrowed) return <Empty title={words.none}>{words.noneHelp}</Empty>
  return (
    <Empty title={parts.empty.nothingFound} act={<Button onPress={onClear}>{parts.filter.clear}</Button>}>
      {parts.empty.culprit}
    </Empty>
  )
}

function Outcome({ row }: { readonly row: Row }) {
  const words = useWords(shopWords).calls
  if (row.failure === null) return <Tag tone="ok">{words.good}</Tag>
  return (
    <div className="two">
      <span className="cut" data-tone="err">
        {row.failure.zh}
      </span>
      <span className="cut">{row.failure.code}</span>
    </div>
  )
}

function useColumns(): readonly GridColumn<Row>[] {
  const words = useWords(shopWords).calls
  return useMemo(
    () => [
      { id: 'at', title: words.columns.at, width: 110, pin: 'left' as const, render: (row) => <Time at={row.at} /> },
      {
        id: 'operation',
        title: words.columns.operation,
        width: 170,
        render: (row) => <span className="cut">{row.operation}</span>,
      },
      {
        id: 'target',
        title: words.columns.target,
        width: 260,
        grow: 1,
        render: (row) => <span className="cut quiet">{`${row.method} ${row.target}`}</span>,
      },
      {
        id: 'status',
        title: words.columns.status,
        width: 90,
        align: 'right' as const,
        render: (row) => <span className="num">{row.status ?? words.noAnswer}</span>,
      },
      {
        id: 'ms',
        title: words.columns.ms,
        width: 100,
        align: 'right' as const,
        render: (row) => <span className="num">{words.ms(countText(row.ms))}</span>,
      },
      {
        id: 'waited',
        title: words.columns.waited,
        width: 100,
        align: 'right' as const,
        render: (row) => <span className="num">{words.ms(countText(row.waitedMs))}</span>,
      },
      {
        id: 'failure',
        title: words.columns.failure,
        width: 280,
        grow: 1,
        render: (row) => <Outcome row={row} />,
      },
    ],
    [words],
  )
}

function Card({ row }: { readonly row: Row }) {
  const words = useWords(shopWords).calls
  return (
    <>
      <span className="line wrap">
        <strong>{row.operation}</strong>
        <span className="quiet push">
          <Time at={row.at} />
        </span>
      </span>
      <Outcome row={row} />
      <span className="small quiet">
        {words.columns.ms} {words.ms(countText(row.ms))} · {words.columns.waited} {words.ms(countText(row.waitedMs))}
      </span>
    </>
  )
}
