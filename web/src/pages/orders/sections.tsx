import { useState } from 'react'
import type { HistoryRow, OrderDetail } from '../../../../src/contract/orders.ts'
import { findings } from '../../../../src/core/review/findings.ts'
import { Button } from '../../parts/button.tsx'
import { Copy } from '../../parts/copy.tsx'
import { Go } from '../../parts/go.tsx'
import { Money, Tag, Time } from '../../parts/signs.tsx'
import { useWords } from '../../words/language.ts'
import { orderWords } from '../../words/orders.ts'
import { useTold } from '../../words/told.ts'
import { Picture } from './cells.tsx'

// The pieces of which the details beside a list and the order's own page are made.

interface OrderProps {
  readonly order: OrderDetail
}

/** 为什么停下: each reason with the next step; or that nothing speaks against the order. */
export function Why({ order }: OrderProps) {
  const words = useWords(orderWords).details
  const told = useTold()
  const isWaiting = order.state === 'to-review' || order.state === 'held'
  if (order.why.length === 0)
    return isWaiting ? (
      <p className="notice" data-tone="ok">
        {words.whyNone}
      </p>
    ) : null
  const isFirm = order.findings.some((code) => findings[code].grade <= 2)
  return (
    <section className="notice" data-tone={isFirm ? 'err' : 'warn'} aria-label={words.why}>
      <ul className="why">
        {order.why.map((each) => (
          <li key={each.code}>
            <strong>{told('finding', each.code, each.zh)}</strong>
            <span>{told('next', each.code, each.next)}</span>
          </li>
        ))}
      </ul>
      {order.holdUntil !== null && (
        <span className="small">
          {words.holdUntil} <Time at={order.holdUntil} />
        </span>
      )}
    </section>
  )
}

export function Lines({ order }: OrderProps) {
  return (
    <ul className="order-lines">
      {order.lines.map((line) => (
        <li key={line.id} className="with-picture">
          <Picture url={line.imageUrl} />
          <div className="order-line">
            <div>
              <p className="order-line-title">{line.title}</p>
              <LineFacts line={line} />
            </div>
            <div className="num">
              <strong>×{line.quantity}</strong>
              <br />
              <Money fen={line.paidFen} currency={order.currency} />
            </div>
          </div>
        </li>
      ))}
    </ul>
  )
}

type Line = OrderDetail['lines'][number]

function LineFacts({ line }: { readonly line: Line }) {
  const words = useWords(orderWords)
  const short = line.available !== null && line.available + line.reserved < line.quantity - line.shipped
  return (
    <div className="line wrap small quiet">
      <span>
        {[line.specification, line.skuCode ?? line.merchantCode ?? words.details.noCode].filter(Boolean).join(' · ')}
      </span>
      {line.isGift && <Tag tone="special">{words.details.gift}</Tag>}
      {line.skuId === null && (
        <Go to={`/listings?q=${encodeURIComponent(line.merchantCode ?? line.title)}`}>
          <Tag tone="err">{words.details.unmatched}</Tag> {words.details.match}
        </Go>
      )}
      {line.refundState !== 'none' && <Tag tone="warn">{words.lineRefund[line.refundState]}</Tag>}
      {line.refundedQuantity > 0 && <Tag tone="warn">{words.details.refunded(line.refundedQuantity)}</Tag>}
      {line.available !== null && (
        <span className={short ? 'is-short' : undefined}>{words.details.available(line.available)}</span>
      )}
      {line.reserved > 0 && <span>{words.details.reserved(line.reserved)}</span>}
      {line.shipped > 0 && <span>{words.details.shipped(line.shipped)}</span>}
    </div>
  )
}

/** A small statement: what the goods cost, what came off, what was paid, what went back. */
export function Statement({ order }: OrderProps) {
  const words = useWords(orderWords).money
  // A line's amount stands after discounts; added to them it is what the goods cost, and the sums below agree to the fen.
  const goods = order.lines.reduce((sum, line) => sum + line.paidFen, order.discountFen)
  const rows: readonly (readonly [string, number | null, boolean])[] = [
    [words.goods, goods, true],
    [words.discount, 0 - order.discountFen, order.discountFen !== 0],
    [words.freight, order.freightFen, true],
    [words.extra, order.extraFen, order.extraFen !== 0],
    [words.payable, order.payableFen, order.payableFen !== null],
    [words.paid, order.paidFen, true],
    [words.refunded, 0 - order.refundedFen, order.refundedFen !== 0],
    [words.left, order.paidFen - order.refundedFen, order.refundedFen !== 0],
  ]
  return (
    <dl className="statement">
      {rows
        .filter(([, , shown]) => shown)
        .map(([name, fen]) => (
          <div key={name} data-strong={name === words.paid || undefined}>
            <dt>{name}</dt>
            <dd>
              <Money fen={fen} currency={order.currency} />
            </dd>
          </div>
        ))}
    </dl>
  )
}

export function Parcels({ order }: OrderProps) {
  const words = useWords(orderWords)
  const states: Readonly<Record<string, string>> = words.parcel.states
  const reports: Readonly<Record<string, string>> = words.parcel.reports
  if (order.parcels.length === 0 && order.channelShipments.length === 0)
    return <p className="quiet">{words.parcel.none}</p>
  return (
    <ul className="stack">
      {order.parcels.map((parcel) => (
        <li key={parcel.id} className="line wrap">
          <Go to={`/fulfil?view=all&q=${parcel.parcelNo}`}>{parcel.parcelNo}</Go>
          <Tag tone={parcel.state === 'stopped' ? 'err' : 'info'}>{states[parcel.state] ?? parcel.state}</Tag>
          <span>
            {parcel.carrier ?? words.row.noCarrier} {parcel.waybillNo}
          </span>
          {parcel.waybillNo && <Copy text={parcel.waybillNo} what={words.details.waybill} />}
          {parcel.report && (
            <Tag tone={parcel.report === 'failed' ? 'err' : 'neutral'}>{reports[parcel.report] ?? parcel.report}</Tag>
          )}
          <span className="push quiet">
            <Time at={parcel.shippedAt} none="" />
          </span>
        </li>
      ))}
      {order.channelShipments.map((shipment) => (
        <li key={shipment.waybillNo} className="line wrap">
          <span className="quiet">{words.parcel.channel}</span>
          {shipment.carrierName} {shipment.waybillNo}
          <Copy text={shipment.waybillNo} what={words.details.waybill} />
        </li>
      ))}
    </ul>
  )
}

const shownAtFirst = 8

/** 经过: newest first, who did what, and what it was before. Personal values are only told to have changed. */
export function History({ order }: OrderProps) {
  const words = useWords(orderWords).details
  const [all, setAll] = useState(false)
  const rows = all ? order.history : order.history.slice(0, shownAtFirst)
  return (
    <>
      <ol className="history">
        {rows.map((row) => (
          <HistoryLine key={row.id} row={row} />
        ))}
      </ol>
      {rows.length < order.history.length && (
        <Button kind="link" onPress={() => setAll(true)}>
          {words.more(order.history.length)}
        </Button>
      )}
    </>
  )
}

function HistoryLine({ row }: { readonly row: HistoryRow }) {
  const told = useTold()
  const words = useWords(orderWords).details
  return (
    <li>
      <span className="strong">{told('deed', row.deed, row.zh)}</span>
      {row.reason && <span> {row.reason}</span>}
      {row.changes.map((change) => (
        <p key={change.field} className="small">
          {change.before === null && change.after === null
            ? words.changedQuietly(told('field', change.field, change.zh))
            : words.changed(
                told('field', change.field, change.zh),
                change.before ?? words.empty,
                change.after ?? words.empty,
              )}
        </p>
      ))}
      <p className="small quiet">
        <Time at={row.at} /> · {told('actor', row.actor, row.actor)}
      </p>
    </li>
  )
}
