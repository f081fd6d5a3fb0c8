import { useMemo } from 'react'
import type { Answer } from '../../api.ts'
import { countText } from '../../format.ts'
import type { GridColumn } from '../../parts/grid/column.ts'
import { Tag, Time } from '../../parts/signs.tsx'
import { Empty } from '../../parts/states.tsx'
import { useRead } from '../../query.ts'
import { useWords } from '../../words/language.ts'
import { shopWords } from '../../words/shops.ts'
import type { TabProps } from './one-shop.tsx'
import { RecordList, recordReading } from './record-list.tsx'
import { cleanShop } from './search.ts'

type Pushes = Answer<'GET /pushes'>
type Row = Pushes['rows'][number]

const keyOf = (row: Row) => row.pushId
const nameOf = (row: Row) => row.eventNo

/** 推送: what the platform told by itself, what was made of it, and what was refused and why. */
export function PushesTab({ shop, search, change }: TabProps) {
  const words = useWords(shopWords).pushes
  const { before } = search
  const read = useRead('GET /pushes', { shopId: shop.shopId, before }, recordReading(before))
  const columns = useColumns()
  return (
    <>
      {read.data && <Refused refused={read.data.refused.filter(({ channel }) => channel === shop.channel)} />}
      <RecordList
        place="shop-pushes"
        what={words.what}
        {...{ columns, read, keyOf, nameOf, before }}
        empty={<Empty title={words.none}>{words.noneHelp}</Empty>}
        card={(row) => <Card row={row} />}
        go={(next) => change(cleanShop({ ...search, before: next }))}
      />
    </>
  )
}

/** Refused pushes are counted per channel, since what was refused belongs to no shop for certain. */
function Refused({ refused }: { readonly refused: Pushes['refused'] }) {
  const words = useWords(shopWords).pushes
  const reasons: Readonly<Record<string, string>> = words.reasons
  if (refused.length === 0) return <p className="small quiet">{words.refusedNone}</p>
  return (
    <section className="notice" data-tone="warn">
      <strong>{words.refused}</strong>
      <ul className="refused">
        {refused.map((each) => (
          <li key={each.reason} className="line wrap">
            <span>{reasons[each.reason] ?? each.reason}</span>
            <span>
              {words.count} {countText(each.count)}
            </span>
            <span>
              {words.last} <Time at={each.lastAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const tones = { waiting: 'warn', worked: 'ok', nothing: 'neutral' } as const

function useColumns(): readonly GridColumn<Row>[] {
  const words = useWords(shopWords).pushes
  return useMemo(
    () => [
      {
        id: 'received',
        title: words.columns.received,
        width: 120,
        pin: 'left' as const,
        render: (row) => <Time at={row.receivedAt} />,
      },
      {
        id: 'type',
        title: words.columns.type,
        width: 240,
        grow: 1,
        render: (row) => <span className="cut">{row.type}</span>,
      },
      {
        id: 'order',
        title: words.columns.order,
        width: 200,
        render: (row) => <span className="cut">{row.channelOrderNo ?? '—'}</span>,
      },
      {
        id: 'event',
        title: words.columns.event,
        width: 220,
        render: (row) => <span className="cut quiet">{row.eventNo}</span>,
      },
      {
        id: 'state',
        title: words.columns.state,
        width: 130,
        render: (row) => <Tag tone={tones[row.state]}>{words.states[row.state]}</Tag>,
      },
    ],
    [words],
  )
}

function Card({ row }: { readonly row: Row }) {
  const words = useWords(shopWords).pushes
  return (
    <>
      <span className="line wrap">
        <strong className="cut">{row.type}</strong>
        <span className="quiet push">
          <Time at={row.receivedAt} />
        </span>
      </span>
      <span className="line wrap">
        <Tag tone={tones[row.state]}>{words.states[row.state]}</Tag>
        <span className="quiet">{row.channelOrderNo ?? '—'}</span>
      </span>
    </>
  )
}
