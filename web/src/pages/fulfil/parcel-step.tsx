import type { ParcelRow } from '../../../../src/contract/fulfilment.ts'
import { countText } from '../../format.ts'
import { Button } from '../../parts/button.tsx'
import { Copy } from '../../parts/copy.tsx'
import { Go } from '../../parts/go.tsx'
import { Grid } from '../../parts/grid/grid.tsx'
import type { GridColumns } from '../../parts/grid/setting.ts'
import { ListFoot, NewsLine, SelectionBar } from '../../parts/list.tsx'
import { useShortcuts } from '../../parts/shortcuts.ts'
import { Deadline } from '../../parts/signs.tsx'
import { SplitView } from '../../parts/split.tsx'
import { Empty, Failed } from '../../parts/states.tsx'
import { useMay } from '../../session.ts'
import { fulfilWords } from '../../words/fulfil.ts'
import { useWords } from '../../words/language.ts'
import type { ShopName } from '../orders/shops.ts'
import { GoodsCell, ParcelCell, ReceiverCell, SignsCell, StateTag, WaybillCell } from './cells.tsx'
import { hasLeft } from './columns.tsx'
import { type ParcelDeeds, useParcelDeeds } from './deeds.tsx'
import { ParcelDetails } from './details.tsx'
import { type ParcelList, useParcelList } from './parcel-list.ts'
import { lastLabel } from './print.ts'
import { PrintMenu } from './print-menu.tsx'
import { type FulfilSearch, type ParcelStep, usualSize } from './search.ts'

interface StepProps {
  readonly step: ParcelStep
  readonly search: FulfilSearch
  readonly change: (search: FulfilSearch) => void
  readonly columns: GridColumns<ParcelRow>
  readonly shops: readonly ShopName[]
  /** The paper that P prints. */
  readonly onClear: () => void
}

const keyOf = (row: ParcelRow) => row.id
const nameOf = (row: ParcelRow) => row.parcelNo

/** The parcels of one step, with what is done there. */
export function ParcelsOfStep({ step, search, change, columns, shops, onClear }: StepProps) {
  const words = useWords(fulfilWords)
  const list = useParcelList({ search, step, change })
  const deeds = useParcelDeeds((ids) => {
    list.selection.remove(ids)
    list.steady.adoptNext()
  })
  useStepKeys(list, deeds, step)
  const { data, error } = list.list
  return (
    <>
      {step === 'stopped' && (data?.rows.length ?? 0) > 0 && (
        <p className="notice" data-tone="err">
          {words.stoppedHelp}
        </p>
      )}
      <SplitView
        title={list.open && <Title parcel={list.open} />}
        details={list.open && <ParcelDetails parcel={list.open} deeds={deeds} />}
        onClose={() => list.openRow(null)}
        list={
          <>
            {error && <Failed error={error} what={words.what} onAgain={() => void list.list.refetch()} />}
            <NewsLine count={list.steady.news} onLoad={list.steady.adopt} />
            {!(error && list.rows === undefined) && (
              <Grid
                label={words.list}
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
                empty={<NoParcels step={step} search={search} onClear={onClear} />}
                takesFocus
                card={(row) => <Card row={row} shop={shops.find((shop) => shop.id === row.orders[0]?.shopId)} />}
              />
            )}
            <Foot list={list} deeds={deeds} step={step} size={search.size ?? usualSize} />
          </>
        }
      />
      {deeds.dialogs}
    </>
  )
}

function Title({ parcel }: { readonly parcel: ParcelRow }) {
  const words = useWords(fulfilWords).details
  return (
    <>
      <h2>{parcel.parcelNo}</h2>
      <Copy text={parcel.parcelNo} what={words.parcelNo} />
    </>
  )
}

function useStepKeys(list: ParcelList, deeds: ParcelDeeds, step: ParcelStep): void {
  const words = useWords(fulfilWords).deeds
  const may = useMay()('fulfilment.work')
  const act = (does: (parcels: readonly ParcelRow[]) => void) => async () => {
    const parcels = await list.meant()
    if (parcels.length > 0) does(parcels)
  }
  const keys = [
    {
      keys: 'KeyP',
      words: words.print,
      run: act((parcels) => deeds.print(parcels, lastLabel())),
      isHere: step !== 'stopped',
    },
    {
      keys: 'KeyN',
      words: words.draw,
      run: act((parcels) => deeds.draw(parcels.map(keyOf))),
      isHere: step === 'to-print',
    },
    { keys: 'KeyD', words: words.ship, run: act((parcels) => deeds.open('ship', parcels)), isHere: mayShip(step) },
  ]
  useShortcuts(
    keys
      .filter(({ isHere }) => isHere && may)
      .map(({ isHere: _, run, ...key }) => ({ ...key, where: 'list' as const, run: () => void run() })),
  )
}

const mayShip = (step: ParcelStep): boolean => step === 'to-print' || step === 'printed' || step === 'checked'

interface FootProps {
  readonly list: ParcelList
  readonly deeds: ParcelDeeds
  readonly step: ParcelStep
  readonly size: number
}

function Foot({ list, deeds, step, size }: FootProps) {
  const { data } = list.list
  if (list.selection.isAll || list.selection.keys.size > 0) return <Bar list={list} deeds={deeds} step={step} />
  if (data === undefined || data.rows.length === 0) return null
  return (
    <ListFoot
      total={list.total ?? data.rows.length}
      {...list.cursor}
      size={size}
      onSize={(next) => list.set({ size: next === usualSize ? undefined : next } as Partial<FulfilSearch>)}
    />
  )
}

/** What is done with the selection, the likeliest first. */
function Bar({ list, deeds, step }: Omit<FootProps, 'size'>) {
  const words = useWords(fulfilWords)
  const may = useMay()('fulfilment.work')
  const count = list.selection.isAll ? (list.total ?? 0) : list.selection.keys.size
  const n = countText(count)
  const act = (does: (parcels: readonly ParcelRow[]) => void) => () => void list.meant().then(does)
  const ship = (
    <Button kind="primary" keys="KeyD" busy={deeds.isRunning} onPress={act((parcels) => deeds.open('ship', parcels))}>
      {words.does.ship(n)}
    </Button>
  )
  const print = (
    <PrintMenu
      kind={step === 'to-print' ? 'primary' : 'plain'}
      label={words.print.choose}
      onPrint={(document) => act((parcels) => deeds.print(parcels, document))()}
    />
  )
  return (
    <SelectionBar selection={list.selection} total={list.total}>
      {may && (
        <>
          {step === 'checked' && ship}
          {step !== 'stopped' && print}
          {step === 'to-print' && (
            <>
              <Button
                keys="KeyN"
                busy={deeds.isRunning}
                onPress={act((parcels) => deeds.draw(parcels.map(({ id }) => id)))}
              >
                {words.does.draw(n)}
              </Button>
              <Button
                onPress={act((parcels) =>
                  deeds.open(
                    'numbers',
                    parcels.filter(({ waybillNo }) => waybillNo === null),
                  ),
                )}
              >
                {words.deeds.scanNumbers}
              </Button>
            </>
          )}
          {step === 'printed' && ship}
          {!hasLeft(step) && (
            <Button kind="danger" onPress={act((parcels) => deeds.open('cancel', parcels))}>
              {words.does.cancel(n)}
            </Button>
          )}
        </>
      )}
    </SelectionBar>
  )
}

interface NoneProps {
  readonly step: ParcelStep
  readonly search: FulfilSearch
  readonly onClear: () => void
}

function NoParcels({ step, search, onClear }: NoneProps) {
  const words = useWords(fulfilWords)
  const isNarrowed = [search.q, search.shop, search.carrier, search.warehouse].some((each) => each !== undefined)
  if (isNarrowed) {
    return <Empty title={words.empty.found} act={<Button onPress={onClear}>{words.empty.clear}</Button>} />
  }
  const next =
    step === 'to-print' ? (
      <Go to="/fulfil?step=to-allocate" kind="primary">
        {words.steps['to-allocate']}
      </Go>
    ) : undefined
  return (
    <Empty title={words.empty[step]} act={next}>
      {words.empty.help[step]}
    </Empty>
  )
}

function Card({ row, shop }: { readonly row: ParcelRow; readonly shop: ShopName | undefined }) {
  return (
    <>
      <ParcelCell row={row} dense={false} shop={shop} />
      <div className="line wrap">
        <StateTag state={row.state} />
        <SignsCell row={row} dense={false} />
      </div>
      <GoodsCell row={row} dense />
      <ReceiverCell row={row} dense={false} />
      <WaybillCell row={row} dense={false} />
      <div className="line small">
        <span className="push">
          <Deadline at={row.shipBy} done={row.state === 'shipped' || row.state === 'stopped'} />
        </span>
      </div>
    </>
  )
}
