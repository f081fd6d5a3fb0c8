import { useState } from 'react'
import type { OrderRow } from '../../../../src/contract/orders.ts'
import { stateFacts } from '../../../../src/core/order/moves.ts'
import { findings } from '../../../../src/core/review/findings.ts'
import { Copy } from '../../parts/copy.tsx'
import { Go } from '../../parts/go.tsx'
import { Icon } from '../../parts/icon.tsx'
import { ChannelMark, Tag, type Tone } from '../../parts/signs.tsx'
import { useLanguage, useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'
import { useTold } from '../../words/told.ts'
import type { ShopName } from './shops.ts'

export interface Sign {
  readonly text: string
  readonly tone: Tone
  readonly tip?: string
}

const isOver = (row: OrderRow) => row.state === 'shipped' || row.state === 'completed' || row.state === 'closed'

/** Why an order needs somebody, worst first; or that nothing does. */
function useSigns(): (row: OrderRow) => Sign[] {
  const words = useWords(orderWords)
  const language = useLanguage()
  const told = useTold()
  return (row) => {
    const found = row.findings.map((code): Sign => {
      const { grade, next } = findings[code]
      return { text: findings[code][language], tone: grade <= 2 ? 'err' : 'warn', tip: told('next', code, next) }
    })
    const others: readonly (Sign | false)[] = [
      row.holdReason !== null && { text: words.row.held(row.holdReason), tone: 'warn' },
      row.refundState !== 'none' &&
        !row.findings.includes('refund-open') && { text: words.row.refund[row.refundState], tone: 'warn' },
      row.isUnsent && { text: words.row.unsent, tone: 'warn' },
      row.hasNote && { text: words.row.note, tone: 'info' },
      row.hasRemark && { text: words.row.remark, tone: 'info' },
    ]
    const all = [...found, ...others.filter((each) => each !== false)]
    const isFree = row.state === 'to-review' && found.length === 0 && row.holdReason === null
    return isFree ? [{ text: words.row.clean, tone: 'ok' }, ...all] : all
  }
}

export function SignsCell({ row, dense }: { readonly row: OrderRow; readonly dense: boolean }) {
  const signs = useSigns()(row)
  const words = useWords(orderWords).row
  const shown = signs.slice(0, dense ? 1 : 3)
  const hidden = signs.slice(shown.length)
  return (
    <span className="signs">
      {shown.map((sign) => (
        <Tag key={sign.text} tone={sign.tone} tip={sign.tip ? `${sign.text}\n${sign.tip}` : sign.text}>
          <span className="sign-text">{sign.text}</span>
        </Tag>
      ))}
      {hidden.length > 0 && <Tag tip={hidden.map((sign) => sign.text).join('\n')}>{words.more(hidden.length)}</Tag>}
    </span>
  )
}

interface OrderCellProps {
  readonly row: OrderRow
  readonly shop: ShopName | undefined
  readonly dense: boolean
}

/** Our number, and below it the shop. */
export function OrderCell({ row, shop, dense }: OrderCellProps) {
  const words = useWords(orderWords).details
  return (
    <div className="two">
      <span className="line">
        <Go to={`/orders/${row.orderNo}`} className="order-no" isRow>
          {row.orderNo}
        </Go>
        <Copy text={row.orderNo} what={words.orderNo} isRow />
      </span>
      {!dense && shop && <ShopLine shop={shop} />}
    </div>
  )
}

export function ShopLine({ shop }: { readonly shop: ShopName }) {
  return (
    <span className="line">
      <ChannelMark channel={shop.channel} mark={shop.mark} />
      <span className="cut">{shop.name}</span>
    </span>
  )
}

export function GoodsCell({ row, dense }: { readonly row: OrderRow; readonly dense: boolean }) {
  const words = useWords(orderWords).row
  const { title, imageUrl, code, quantity, kinds, pieces } = row.goods
  const second = kinds > 1 ? words.others(kinds - 1, pieces) : (code ?? '')
  return (
    <div className={dense ? undefined : 'with-picture'}>
      {!dense && <Picture url={imageUrl} />}
      <div className="two">
        <span className="line">
          <span className="cut">{title || words.noGoods}</span>
          <strong className="nowrap">×{quantity}</strong>
        </span>
        {!dense && <span className="cut">{second}</span>}
      </div>
    </div>
  )
}

/** The goods' picture; a sign in its place where there is none or it does not come. */
export function Picture({ url }: { readonly url: string | null }) {
  const [broken, setBroken] = useState<string | null>(null)
  if (url === null || url === broken)
    return (
      <span className="picture">
        <Icon name="picture" />
      </span>
    )
  return (
    <img className="picture" src={url} alt="" loading="lazy" width="36" height="36" onError={() => setBroken(url)} />
  )
}

export function ReceiverCell({ row, dense }: { readonly row: OrderRow; readonly dense: boolean }) {
  const words = useWords(orderWords).row
  const { province, city, district } = row.region
  const place = [...new Set([province, city, district])].filter(Boolean).join(' ')
  return (
    <div className="two">
      <span className="cut">{row.receiver ? `${row.receiver.name} ${row.receiver.phone}` : words.hidden}</span>
      {!dense && <span className="cut">{place || '—'}</span>}
    </div>
  )
}

export function WarehouseCell({ row, dense }: { readonly row: OrderRow; readonly dense: boolean }) {
  const words = useWords(orderWords).row
  return (
    <div className="two">
      <span className={row.warehouse ? 'cut' : 'cut quiet'}>{row.warehouse ?? words.noWarehouse}</span>
      {!dense && (
        <span className="cut">{[row.carrier ?? words.noCarrier, row.waybillNo].filter(Boolean).join(' ')}</span>
      )}
    </div>
  )
}

export function StateTag({ row }: { readonly row: Pick<OrderRow, 'state'> }) {
  const language = useLanguage()
  return <Tag tone={stateTones[row.state]}>{stateFacts[row.state][language]}</Tag>
}

const stateTones = {
  unpaid: 'neutral',
  'to-review': 'info',
  held: 'warn',
  approved: 'info',
  allocated: 'info',
  shipped: 'ok',
  completed: 'ok',
  closed: 'neutral',
} as const satisfies Record<OrderRow['state'], Tone>

/** Whether the deadline to ship still matters. */
export const isDeadlinePast = (row: OrderRow) => isOver(row) || row.state === 'unpaid'
