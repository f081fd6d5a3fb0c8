import type { ParcelRow } from '../../../../src/contract/fulfilment.ts'
import { countText } from '../../format.ts'
import { Copy } from '../../parts/copy.tsx'
import { Tag, Time, type Tone } from '../../parts/signs.tsx'
import { fulfilWords } from '../../words/fulfil.ts'
import { useWords } from '../../words/language.ts'
import { Picture, ShopLine } from '../orders/cells.tsx'
import type { ShopName } from '../orders/shops.ts'

interface CellProps {
  readonly row: ParcelRow
  readonly dense: boolean
}

/** The parcel's number, and below it its order and shop. */
export function ParcelCell({ row, dense, shop }: CellProps & { readonly shop: ShopName | undefined }) {
  const words = useWords(fulfilWords)
  const [first] = row.orders
  return (
    <div className="two">
      <span className="line">
        <span className="parcel-no">{row.parcelNo}</span>
        <Copy text={row.parcelNo} what={words.details.parcelNo} isRow />
      </span>
      {!dense && (
        <span className="line">
          <span className="nowrap">{first && words.row.orders(first.orderNo, row.orders.length - 1)}</span>
          {shop && <ShopLine shop={shop} />}
        </span>
      )}
    </div>
  )
}

/** What is special about a parcel, worst first. */
export function SignsCell({ row, dense }: CellProps) {
  const words = useWords(fulfilWords).row
  const signs: { text: string; tone: Tone }[] = [
    ...(row.stopped !== null ? [{ text: row.stopped, tone: 'err' as const }] : []),
    ...(row.waybillNo === null ? [{ text: words.noNumber, tone: 'warn' as const }] : []),
    ...(row.note !== null && row.note !== '' ? [{ text: words.note, tone: 'info' as const }] : []),
    ...(row.prints > 1 ? [{ text: words.printed(row.prints), tone: 'neutral' as const }] : []),
    ...(row.state === 'printed' || row.state === 'checked' ? [checkSign(row, words)] : []),
  ]
  if (signs.length === 0) return <span className="quiet">—</span>
  return (
    <span className="signs">
      {signs.slice(0, dense ? 1 : 3).map(({ text, tone }) => (
        <Tag key={text} tone={tone} tip={text}>
          <span className="sign-text">{text}</span>
        </Tag>
      ))}
    </span>
  )
}

function checkSign(row: ParcelRow, words: typeof fulfilWords.zh.row): { text: string; tone: Tone } {
  const got = row.lines.reduce((sum, line) => sum + line.checked, 0)
  if (row.state === 'checked' || got >= row.pieces) return { text: words.checkedAll, tone: 'ok' }
  return { text: words.checked(countText(got), countText(row.pieces)), tone: 'neutral' }
}

export function GoodsCell({ row, dense }: CellProps) {
  const words = useWords(fulfilWords).row
  const [first] = row.lines
  if (first === undefined) return <span className="quiet">—</span>
  const second =
    row.lines.length > 1
      ? words.others(row.lines.length - 1, row.pieces)
      : [first.specification, first.code].filter(Boolean).join(' · ')
  return (
    <div className={dense ? undefined : 'with-picture'}>
      {!dense && <Picture url={first.imageUrl} />}
      <div className="two">
        <span className="line">
          <span className="cut">{first.name}</span>
          <strong className="nowrap">×{first.quantity}</strong>
        </span>
        {!dense && <span className="cut">{second}</span>}
      </div>
    </div>
  )
}

export function ReceiverCell({ row, dense }: CellProps) {
  const words = useWords(fulfilWords).row
  const { province, city, district } = row.region
  return (
    <div className="two">
      <span className="cut">{row.receiver ? `${row.receiver.name} ${row.receiver.phone}` : words.hidden}</span>
      {!dense && <span className="cut">{[...new Set([province, city, district])].filter(Boolean).join(' ')}</span>}
    </div>
  )
}

export function WaybillCell({ row, dense }: CellProps) {
  const words = useWords(fulfilWords)
  return (
    <div className="two">
      <span className={row.carrierName ? 'cut' : 'cut quiet'}>{row.carrierName ?? words.row.noCarrier}</span>
      {!dense && (
        <span className="line">
          <span className="cut">{row.waybillNo ?? words.row.noNumber}</span>
          {row.waybillNo && <Copy text={row.waybillNo} what={words.details.waybillNo} isRow />}
        </span>
      )}
    </div>
  )
}

export function PrintsCell({ row, dense }: CellProps) {
  const words = useWords(fulfilWords).row
  if (row.prints === 0) return <span className="quiet">{words.notPrinted}</span>
  return (
    <div className="two">
      <Time at={row.printedAt} />
      {!dense && <span className="cut">{row.printedBy && words.by(row.printedBy)}</span>}
    </div>
  )
}

const reportTones = { waiting: 'info', reported: 'ok', 'for-file': 'warn', failed: 'err' } as const

export function ReportCell({ row, dense }: CellProps) {
  const words = useWords(fulfilWords).report
  if (row.report === null) return <span className="quiet">—</span>
  return (
    <div className="two">
      <span>
        <Tag tone={reportTones[row.report.state]}>{words[row.report.state]}</Tag>
      </span>
      {!dense && row.report.words && <span className="cut">{row.report.words}</span>}
    </div>
  )
}

export function StateTag({ state }: { readonly state: ParcelRow['state'] }) {
  const words = useWords(fulfilWords).states
  return <Tag tone={stateTones[state]}>{words[state]}</Tag>
}

const stateTones = {
  'to-print': 'info',
  printed: 'info',
  checked: 'info',
  shipped: 'ok',
  stopped: 'err',
  cancelled: 'neutral',
} as const satisfies Record<ParcelRow['state'], Tone>
