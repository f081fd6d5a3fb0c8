import { useMemo, useState } from 'react'
import type { Answer } from '../../api.ts'
import { download } from '../../api.ts'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import type { GridColumn } from '../../parts/grid/column.ts'
import { Grid } from '../../parts/grid/grid.tsx'
import { useSelection } from '../../parts/grid/selection.ts'
import { useGridColumns } from '../../parts/grid/setting.ts'
import { SelectionBar } from '../../parts/list.tsx'
import { saveFile } from '../../parts/save-file.ts'
import { Ago, Tag, Time } from '../../parts/signs.tsx'
import { Empty, Failed } from '../../parts/states.tsx'
import { say, sayFailure } from '../../parts/toast-store.ts'
import { reread, useDo, useRead } from '../../query.ts'
import { useMay } from '../../session.ts'
import { fulfilWords } from '../../words/fulfil.ts'
import { useWords } from '../../words/language.ts'
import { ShopLine } from '../orders/cells.tsx'
import type { ShopName } from '../orders/shops.ts'

type Row = Answer<'GET /unsent'>['rows'][number]

const everyMs = 15_000
const keyOf = (row: Row) => row.id
const nameOf = (row: Row) => row.zh

interface StepProps {
  readonly shops: readonly ShopName[]
  readonly shop: number | undefined
}

/** 未回传: what the shops do not know yet, why, when it is tried again; and the files of shops without keys. */
export function UnsentStep({ shops, shop }: StepProps) {
  const words = useWords(fulfilWords).unsent
  const may = useMay()
  const input = { kind: 'shipment' as const, ...(shop !== undefined && { shopId: shop }) }
  const unsent = useRead('GET /unsent', input, { refetchInterval: everyMs })
  const selection = useSelection(JSON.stringify(input))
  const columns = useGridColumns('unsent', useColumns(shops), false)
  const retry = useRetry(selection.clear)
  const rows = unsent.data?.rows
  const chosen = (rows ?? []).filter((row) => selection.isAll || selection.keys.has(row.id))
  return (
    <>
      {unsent.error && <Failed error={unsent.error} what={words.what} onAgain={() => void unsent.refetch()} />}
      <ShopFiles shops={shops} rows={rows ?? []} />
      {!(unsent.error && rows === undefined) && (
        <Grid
          label={words.list}
          columns={columns}
          rows={rows}
          keyOf={keyOf}
          nameOf={nameOf}
          total={unsent.data?.total ?? null}
          selection={may('fulfilment.work') ? selection : undefined}
          empty={<Empty title={words.none}>{words.noneHelp}</Empty>}
          takesFocus
          card={(row) => <Card row={row} shops={shops} />}
        />
      )}
      {chosen.length > 0 && (
        <SelectionBar selection={selection} total={unsent.data?.total ?? null}>
          <Button kind="primary" busy={retry.isRunning} onPress={() => retry.run(chosen)}>
            {words.retryAll(countText(chosen.length))}
          </Button>
        </SelectionBar>
      )}
    </>
  )
}

function useRetry(onDone: () => void) {
  const words = useWords(fulfilWords).did
  const { run, isRunning } = useDo('POST /unsent/retry', {
    changes: ['GET /unsent', 'GET /parcels'],
    onDone: ({ done }) => {
      say({ tone: 'ok', text: words.retry(countText(done)) })
      onDone()
    },
  })
  return { isRunning, run: (rows: readonly Row[]) => run({ items: rows.map(({ kind, id }) => ({ kind, id })) }) }
}

const tones = { waiting: 'info', 'for-file': 'warn', 'needs-person': 'err' } as const

function useColumns(shops: readonly ShopName[]): readonly GridColumn<Row>[] {
  const words = useWords(fulfilWords).unsent
  return useMemo(
    () => [
      {
        id: 'what',
        title: words.columns.what,
        width: 240,
        grow: 1,
        pin: 'left' as const,
        render: (row, dense) => (
          <div className="two">
            <span className="cut">{row.zh}</span>
            {!dense && <ShopOf row={row} shops={shops} />}
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
        width: 250,
        grow: 2,
        render: (row, dense) => (
          <div className="two">
            <span>
              <Tag tone={tones[row.state]}>{words.state[row.state]}</Tag>
            </span>
            {!dense && <span className="cut">{row.cause?.zh ?? words.causeNone}</span>}
          </div>
        ),
      },
      {
        id: 'tried',
        title: words.columns.tried,
        width: 72,
        align: 'right' as const,
        render: (row) => <span className="num">{words.tried(countText(row.tried))}</span>,
      },
      {
        id: 'next',
        title: words.columns.next,
        width: 120,
        render: (row) => <Time at={row.nextTryAt} none={row.state === 'waiting' ? words.soon : words.byHand} />,
      },
      { id: 'since', title: words.columns.since, width: 110, render: (row) => <Ago at={row.since} /> },
    ],
    [words, shops],
  )
}

function ShopOf({ row, shops }: { readonly row: Row; readonly shops: readonly ShopName[] }) {
  const shop = shops.find(({ id }) => id === row.shopId)
  return shop ? <ShopLine shop={shop} /> : null
}

function Card({ row, shops }: { readonly row: Row; readonly shops: readonly ShopName[] }) {
  const words = useWords(fulfilWords).unsent
  return (
    <>
      <strong>{row.zh}</strong>
      <ShopOf row={row} shops={shops} />
      <div className="line wrap">
        <Tag tone={tones[row.state]}>{words.state[row.state]}</Tag>
        <span className="quiet">{row.cause?.zh ?? words.causeNone}</span>
      </div>
      <span className="small quiet">
        {words.columns.next} <Time at={row.nextTryAt} none={words.soon} />
      </span>
    </>
  )
}

/** Shops in file mode with parcels that wait: one button makes the file for the platform's bulk upload. */
function ShopFiles({ shops, rows }: { readonly shops: readonly ShopName[]; readonly rows: readonly Row[] }) {
  const words = useWords(fulfilWords).unsent
  const may = useMay()('fulfilment.work')
  const waiting = Map.groupBy(
    rows.filter((row) => row.state === 'for-file'),
    (row) => row.shopId,
  )
  if (waiting.size === 0 || !may) return null
  return (
    <section className="card shop-files" aria-label={words.files}>
      <h2>{words.files}</h2>
      <ul>
        {[...waiting].map(([shopId, parcels]) => (
          <li key={shopId} className="line wrap">
            <OneShop shop={shops.find(({ id }) => id === shopId)} />
            <span>{words.fileWaiting(countText(parcels.length))}</span>
            <span className="push">
              <MakeFile shopId={shopId} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const OneShop = ({ shop }: { readonly shop: ShopName | undefined }) => (shop ? <ShopLine shop={shop} /> : null)

function MakeFile({ shopId }: { readonly shopId: number }) {
  const words = useWords(fulfilWords).unsent
  const [isRunning, setRunning] = useState(false)
  const make = async () => {
    setRunning(true)
    try {
      const file = await download('POST /shops/:shopId/shipment-file', { shopId })
      saveFile(file.blob, file.fileName || 'shipments.xlsx')
      say({ tone: 'ok', text: words.made })
      await reread('GET /unsent', 'GET /parcels', 'GET /shops/:shopId/shipment-files')
    } catch (error) {
      sayFailure(error)
    } finally {
      setRunning(false)
    }
  }
  return (
    <Button kind="primary" icon="export" busy={isRunning} onPress={() => void make()}>
      {words.make}
    </Button>
  )
}
