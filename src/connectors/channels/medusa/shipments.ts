import { plainWaybillNo } from '../../../core/channel/shipment.ts'
import { statusFacts } from '../../../core/channel/words.ts'
import type { ChannelOperations, ShipmentReport } from '../../../kit/channel.ts'
import { ask, type Call, parsed } from './call.ts'
import type { Credentials, MedusaAccount } from './manifest.ts'
import { carrierKey, carrierNameKey, numberKey, textIn } from './metadata.ts'
import { alreadyDone, refused, strange } from './nonsense.ts'
import { orderFields, orderPath, readOrder } from './orders.ts'
import { isSent } from './parcels.ts'
import { type FulfillmentPayload, OrderPayload, WrittenAnswer } from './payload.ts'
import { readRefunds } from './refunds.ts'
import { channelStatusOf, statusOf } from './status.ts'

const operation = 'shipments.report'

/**
 * Tells the shop of one parcel (发货回传) in two calls: the goods are packed, then handed over with their number. The order is read first,
 * since an earlier try may have been cut off between the two: what it packed is found by the number noted in it, and only handed over.
 * Source: own-site.md 5.3 [sdk M, rule].
 * Throws CHANNEL_ALREADY_DONE, CHANNEL_UNCLEAR, CHANNEL_REFUSED for an order or a line that cannot be sent.
 */
export const reportShipment: ChannelOperations<Credentials>['shipments.report'] = async (account, report) => {
  const asking = { operation, channelOrderNo: report.channelOrderNo, isWrite: true }
  const { value } = await readOrder(account, asking)
  const order = parsed(OrderPayload, value, { what: 'order', isWrite: true })
  if (order.fulfillments.some((parcel) => isSent(parcel) && holdsNumber(parcel, report.waybillNo))) {
    throw alreadyDone('网店已有这个快递单号')
  }
  const fault = faultOf(order, report)
  if (fault !== null) throw refused(fault)

  const packed = packedBefore(order, report) ?? (await pack(account, order, report))
  await handOver(account, packed, report)
}

/** Why an order cannot take this parcel, in words; null when it can. */
function faultOf(order: OrderPayload, report: ShipmentReport): string | null {
  const isRefundedInFull = readRefunds(order, []).isFull
  const { status } = statusOf(order, { isRefundedInFull, isSomethingLeft: true })
  if (!statusFacts[status].shippable) return `网店订单状态是 ${channelStatusOf(order)}，不能发货`
  for (const { channelLineNo, quantity } of report.lines) {
    const line = order.items.find((each) => each.id === channelLineNo)
    if (line === undefined) return `网店订单里没有商品行 ${channelLineNo}`
    const left = line.quantity - (line.detail?.shipped_quantity ?? 0)
    if (quantity > left) return `商品行 ${channelLineNo} 只剩 ${left} 件未发`
  }
  return null
}

function holdsNumber(parcel: FulfillmentPayload, waybillNo: string): boolean {
  return parcel.labels.some((label) => plainWaybillNo(label.tracking_number) === plainWaybillNo(waybillNo))
}

/** What an earlier try packed, or somebody in the back office: under our number, else exactly these goods and no number. */
function packedBefore({ fulfillments }: OrderPayload, report: ShipmentReport): FulfillmentPayload | null {
  const waiting = fulfillments.filter((each) => each.shipped_at === null && each.canceled_at === null)
  const noted = waiting.find((each) => isNoted(each, report.waybillNo))
  const nameless = waiting.filter((each) => textIn(each.metadata, numberKey) === null && each.labels.length === 0)
  return noted ?? nameless.find((each) => holdsExactly(each, report)) ?? null
}

function isNoted({ metadata }: FulfillmentPayload, waybillNo: string): boolean {
  const noted = textIn(metadata, numberKey)
  return noted !== null && plainWaybillNo(noted) === plainWaybillNo(waybillNo)
}

function holdsExactly({ items }: FulfillmentPayload, { lines }: ShipmentReport): boolean {
  const held = items.map(({ line_item_id, quantity }) => `${line_item_id} ${quantity}`)
  const wanted = lines.map(({ channelLineNo, quantity }) => `${channelLineNo} ${quantity}`)
  return held.toSorted().join('\n') === wanted.toSorted().join('\n')
}

async function pack(account: MedusaAccount, order: OrderPayload, report: ShipmentReport): Promise<FulfillmentPayload> {
  const call: Call = {
    operation,
    method: 'POST',
    path: `${orderPath(order.id)}/fulfillments`,
    query: { fields: orderFields },
    body: {
      items: itemsOf(report),
      location_id: account.credentials.stockLocationId,
      no_notification: false,
      metadata: {
        [numberKey]: report.waybillNo,
        [carrierKey]: report.carrier,
        [carrierNameKey]: report.carrierName,
      },
    },
    isWrite: true,
  }
  const answered = parsed(WrittenAnswer, await ask(account, call), { what: 'answer', isWrite: true })
  const known = new Set(order.fulfillments.map(({ id }) => id))
  const packed = answered.order.fulfillments.find(({ id }) => !known.has(id))
  if (answered.order.id !== order.id || packed === undefined) throw strange('网店没有说出新建的发货单', true)
  return packed
}

/** A public page that finds a number whichever carrier it is of; the platform wants an address and has no field for a carrier. [assumed] */
const trackingPage = 'https://www.kuaidi100.com/chaxun?nu='

async function handOver(account: MedusaAccount, packed: FulfillmentPayload, report: ShipmentReport): Promise<void> {
  const { channelOrderNo, waybillNo } = report
  const call: Call = {
    operation,
    method: 'POST',
    path: `${orderPath(channelOrderNo)}/fulfillments/${encodeURIComponent(packed.id)}/shipments`,
    body: {
      items: itemsOf(report),
      labels: [
        {
          tracking_number: waybillNo,
          tracking_url: `${trackingPage}${encodeURIComponent(waybillNo)}`,
          label_url: '',
        },
      ],
    },
    isWrite: true,
  }
  const { order } = parsed(WrittenAnswer, await ask(account, call), { what: 'answer', isWrite: true })
  if (order.id !== channelOrderNo) throw strange('网店答了另一个订单', true)
}

function itemsOf({ lines }: ShipmentReport) {
  return lines.map(({ channelLineNo, quantity }) => ({ id: channelLineNo, quantity }))
}
