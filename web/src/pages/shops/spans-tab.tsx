import { useMemo } from 'react'
import type { Answer } from '../../api.ts'
import { countText, instantOf, timeText } from '../../format.ts'
import { useNow } from '../../now.ts'
import type { GridColumn } from '../../parts/grid/column.ts'
import { Tag, Time } from '../../parts/signs.tsx'
import { Empty } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { partWords } from '../../words/parts.ts'
import { shopWords } from '../../words/shops.ts'
import type { TabProps } from './one-shop.tsx'
import { RecordList, recordReading } from './record-list.tsx'
import { cleanShop } from './search.ts'

type Row = Answer<'GET /shops/:shopId/spans'>['rows'][number]

const keyOf = (row: Row) => row.spanId
const nameOf = (row: Row) => `${row.from} ${row.to}`

/** 抓单窗口: each stretch of time with its proof: the channel's count, what was seen, what was stored. */
export function SpansTab({ shop, search, change }: TabProps) {
  const words = useWords(shopWords).spans
  const { before } = search
  const read = useRead('GET /shops/:shopId/spans', { shopId: shop.shopId, before }, recordReading(before))
  const columns = useColumns()
  return (
    <RecordList
      place="shop-spans"
      what={words.what}
      {...{ columns, read, keyOf, nameOf, before }}
      empty={<Empty title={words.none}>{words.noneHelp}</Empty>}
      card={(row) => <Card row={row} />}
      go={(next) => change(cleanShop({ ...search, before: next }))}
    />
  )
}

const tones = { open: 'info', agreed: 'ok', disagreed: 'err' } as const

function Range({ row }: { readonly row: Row }) {
  const words = useWords(shopWords).spans
  const yesterday = useWords(partWords).time.yesterday
  const now = useNow()
  const text = (at: string) => timeText(instantOf(at), now, yesterday)
  return <span className="cut">{words.to(text(row.from), text(row.to))}</span>
}

function Counts({ row }: { readonly row: Row }) {
  const words = useWords(shopWords).spans
  const theirs = row.channelCount === null ? words.unknown : countText(row.channelCount)
  return <span className="num">{`${theirs} / ${countText(row.seen)} / ${countText(row.stored)}`}</span>
}

function State({ row }: { readonly row: Row }) {
  const words = useWords(shopWords).spans
  const tip = row.digest === null ? '' : `${words.digest} ${row.digest}`
  return (
    <Tag tone={tones[row.state]} tip={tip}>
      {words.states[row.state]}
    </Tag>
  )
}

function useColumns(): readonly GridColumn<Row>[] {
  const words = useWords(shopWords).spans
  return useMemo(
    () => [
      {
        id: 'range',
        title: words.columns.range,
        width: 220,
        grow: 1,
        render: (row) => <Range row={row} />,
      },
      {
        id: 'kind',
        title: words.columns.kind,
        width: 150,
        render: (row, dense) => (
          <div className="two">
            <span className="cut">{words.kinds[row.kind]}</span>
            {!dense && <span className="cut">{words.by[row.by]}</span>}
          </div>
        ),
      },
      {
        id: 'counts',
        title: words.columns.counts,
        width: 180,
        align: 'right' as const,
        render: (row) => <Counts row={row} />,
      },
      { id: 'state', title: words.columns.state, width: 140, render: (row) => <State row={row} /> },
      {
        id: 'tries',
        title: words.columns.tries,
        width: 80,
        align: 'right' as const,
        render: (row) => <span className="num">{countText(row.tries)}</span>,
      },
      { id: 'closed', title: words.columns.closed, width: 130, render: (row) => <Time at={row.closedAt} /> },
    ],
    [words],
  )
}

function Card({ row }: { readonly row: Row }) {
  const words = useWords(shopWords).spans
  return (
    <>
      <strong>
        <Range row={row} />
      </strong>
      <span className="line wrap">
        <State row={row} />
        <span className="quiet">{`${words.kinds[row.kind]} · ${words.by[row.by]}`}</span>
      </span>
      <span className="small quiet">
        {words.columns.counts} <Counts row={row} />
      </span>
    </>
  )
}
