import { useMemo, useState } from 'react'
import type { Answer } from '../../api.ts'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import type { GridColumn } from '../../parts/grid/column.ts'
import { Grid } from '../../parts/grid/grid.tsx'
import { useSelection } from '../../parts/grid/selection.ts'
import { useGridColumns } from '../../parts/grid/setting.ts'
import { SelectionBar } from '../../parts/list.tsx'
import { Ago, Tag, Time } from '../../parts/signs.tsx'
import { Empty, Failed } from '../../parts/states.tsx'
import { say } from '../../parts/toast-store.ts'
import { useDo, useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { useWords } from '../../words/language.ts'
import { shopWords } from '../../words/shops.ts'
import { DismissDialog } from './dismiss-dialog.tsx'
import type { TabProps } from './one-shop.tsx'
import { cleanShop } from './search.ts'

export type Unsent = Answer<'GET /unsent'>['rows'][number]

const everyMs = 15_000
const kinds = ['shipment', 'remark', 'stock'] as const
/** Each kind counts for itself. */
const keyOf = (row: Unsent) => row.id * kinds.length + kinds.indexOf(row.kind)
const nameOf = (row: Unsent) => row.zh

/** 未送达: what the platform has not taken, why, when it is tried again; retried, or dismissed with a reason. */
export function UnsentTab({ shop, search, change }: TabProps) {
  const words = useWords(shopWords).unsent
  const may = useMay()
  const { kind } = search
  const input = { shopId: shop.shopId, kind }
  const read = useRead('GET /unsent', input, { refetchInterval: everyMs, placeholderData: (old) => old })
  const selection = useSelection(JSON.stringify(input))
  const columns = useGridColumns('shop-unsent', useColumns(), false)
  const rows = read.data?.rows
  const chosen = (rows ?? []).filter((row) => selection.isAll || selection.keys.has(keyOf(row)))
  const mayAct = may('fulfilment.work') || may('shops.manage')
  return (
    <>
      <fieldset className="line plain-set" aria-label={words.what}>
        {kinds.map((each) => (
          <button
            key={each}
            type="button"
            className="choice"
            aria-pressed={kind === each}
            onClick={() => change(cleanShop({ ...search, kind: kind === each ? undefined : each }))}
          >
            {words.kinds[each]}
          </button>
        ))}
      </fieldset>
      {read.error && <Failed error={read.error} what={words.what} onAgain={() => void read.refetch()} />}
      {!(read.error && rows === undefined) && (
        <Grid
          label={words.what}
          columns={columns}
          rows={rows}
          keyOf={keyOf}
          nameOf={nameOf}
          total={read.data?.total ?? null}
          isStale={read.isPlaceholderData}
          selection={mayAct ? selection : undefined}
          empty={<Empty title={words.none}>{words.noneHelp}</Empty>}
          card={(row) => <Card row={row} />}
        />
      )}
      {chosen.length > 0 && (
        <SelectionBar selection={selection} total={rows?.length ?? null}>
          <Deeds chosen={chosen} onDone={selection.clear} />
        </SelectionBar>
      )}
    </>
  )
}

interface DeedsProps {
  readonly chosen: readonly Unsent[]
  readonly onDone: () => void
}

function Deeds({ chosen, onDone }: DeedsProps) {
  const words = useWords(shopWords).unsent
  const may = useMay()
  const [isDismissing, setDismissing] = useState(false)
  const { run, isRunning } = useDo('POST /unsent/retry', {
    changes: ['GET /unsent', 'GET /shops', 'GET /shops/:shopId'],
    onDone: ({ done }) => {
      say({ tone: 'ok', text: words.didRetry(countText(done)) })
      onDone()
    },
  })
  const count = countText(chosen.length)
  return (
    <>
      {may('fulfilment.work') && (
        <Button
          kind="primary"
          busy={isRunning}
          onPress={() => run({ items: chosen.map(({ kind, id }) => ({ kind, id })) })}
        >
          {words.retry(count)}
        </Button>
      )}
      {may('shops.manage') && <Button onPress={() => setDismissing(true)}>{words.dismiss(count)}</Button>}
      {isDismissing && <DismissDialog chosen={chosen} onClose={() => setDismissing(false)} onDone={onDone} />}
    </>
  )
}

const tones = { waiting: 'info', 'for-file': 'warn', 'needs-person': 'err' } as const

function Next({ row }: { readonly row: Unsent }) {
  const words = useWords(shopWords).unsent
  return <Time at={row.nextTryAt} none={row.state === 'waiting' ? words.soon : words.byHand} />
}

function Cause({ row, dense }: { readonly row: Unsent; readonly dense: boolean }) {
  const words = useWords(shopWords).unsent
  return (
    <div className="two">
      <span>
        <Tag tone={tones[row.state]}>{words.states[row.state]}</Tag>
      </span>
      {!dense && <span className="cut">{row.cause?.zh ?? words.noCause}</span>}
    </div>
  )
}

function useColumns(): readonly GridColumn<Unsent>[] {
  const words = useWords(shopWords).unsent
  return useMemo(
    () => [
      {
        id: 'thing',
        title: words.columns.thing,
        width: 220,
        grow: 1,
        pin: 'left' as const,
        render: (row, dense) => (
          <div className="two">
            <span className="cut">{row.zh}</span>
            {!dense && <span className="cut">{words.kinds[row.kind]}</span>}
          </div>
        ),
      },
      {
        id: 'order',
        title: words.columns.order,
        width: 190,
        render: (row) => <span className="cut">{row.channelOrderNo ?? '—'}</span>,
      },
      {
        id: 'cause',
        title: words.columns.cause,
        width: 300,
        grow: 2,
        render: (row, dense) => <Cause row={row} dense={dense} />,
      },
      {
        id: 'tried',
        title: words.columns.tried,
        width: 80,
        align: 'right' as const,
        render: (row) => <span className="num">{words.tried(countText(row.tried))}</span>,
      },
      { id: 'next', title: words.columns.next, width: 130, render: (row) => <Next row={row} /> },
      { id: 'since', title: words.columns.since, width: 110, render: (row) => <Ago at={row.since} /> },
    ],
    [words],
  )
}

function Card({ row }: { readonly row: Unsent }) {
  const words = useWords(shopWords).unsent
  return (
    <>
      <strong>{row.zh}</strong>
      <span className="quiet">{row.channelOrderNo ?? words.kinds[row.kind]}</span>
      <Cause row={row} dense={false} />
      <span className="small quiet">
        {words.columns.next} <Next row={row} />
      </span>
    </>
  )
}
