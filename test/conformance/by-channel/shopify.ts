import type { Truth } from '../../../simulators/simulator.ts'
import { type ChannelAid, sheetOf, type TruthFacts, wallTime, yuan } from '../channel-aid.ts'

/** Financial and fulfilment status in Shopify's order export. [assumed] */
const statuses: Readonly<Record<string, readonly [financial: string, fulfilment: string]>> = {
  unpaid: ['pending', 'unfulfilled'],
  'on-hold': ['partially_paid', 'unfulfilled'],
  'paid-wait-ship': ['paid', 'unfulfilled'],
  'partially-shipped': ['paid', 'partial'],
  shipped: ['paid', 'fulfilled'],
  completed: ['paid', 'fulfilled'],
  'closed-unpaid': ['voided', 'unfulfilled'],
  'closed-refunded': ['refunded', 'unfulfilled'],
}

const moment = (at: number | null) => (at === null ? '' : `${wallTime(at)} +0800`)
const numberOf = (id: string) => id.split('/').at(-1) ?? ''

/** What belongs to the order stands in its first row, the name in all of them. */
function orderCells(order: Truth): Readonly<Record<string, string>> {
  const { receiver } = order
  const [financial = order.status, fulfilment = ''] = statuses[order.status] ?? []
  const street = receiver.address.startsWith(receiver.district)
    ? receiver.address
    : `${receiver.district}${receiver.address}`
  return {
    'Financial Status': financial,
    'Paid at': moment(order.paidAt),
    'Fulfillment Status': fulfilment,
    Currency: 'CNY',
    Subtotal: yuan(order.lines.reduce((sum, { paidFen }) => sum + paidFen, 0)),
    Shipping: yuan(order.freightFen),
    Taxes: '0.00',
    Total: yuan(order.paidTotalFen),
    'Created at': moment(order.createdAt),
    'Shipping Name': receiver.name,
    'Shipping Address1': street,
    'Shipping City': receiver.city,
    'Shipping Province Name': receiver.province,
    'Shipping Phone': receiver.phone,
    Notes: order.note,
    'Cancelled at': order.status === 'closed-unpaid' ? moment(order.modifiedAt) : '',
    'Refunded Amount': yuan(order.refundedFen),
    Id: numberOf(order.orderNo),
    'Closed at': order.status === 'completed' ? moment(order.modifiedAt) : '',
  }
}

const truth: TruthFacts = {
  settings: { holdShare: 0.05, partPaidShare: 0.03, splitShare: 0.3 },
  // There is no presale: own-site.md 3.
  without: ['deposit-paid'],
  // A sum that names no goods is told of the order as a whole: own-site.md 3.
  says: /^refund-not-by-line$/,
  tellsRefundsByLine: ({ warnings }) => !warnings.includes('refund-not-by-line'),
}

/** One row a line. */
export const aid: ChannelAid = {
  truth,
  hasFlags: false,
  // own-site.md 3: the signature holds the body alone.
  signsTime: false,
  // own-site.md 3: a refund is made by the merchant; that somebody asked for it is no word of the platform.
  hasRefundRequests: false,
  // own-site.md 3: the money's word and the goods'.
  statusJoint: '/',
  sheetOf: (orders) =>
    sheetOf(
      'orders_export.csv',
      orders.flatMap((order) =>
        order.lines.map((line, place) => {
          const unitFen = Math.ceil(line.paidFen / line.quantity)
          return {
            Name: `#${numberOf(order.orderNo)}`,
            ...(place === 0 ? orderCells(order) : {}),
            'Lineitem quantity': String(line.quantity),
            'Lineitem name': line.title,
            'Lineitem price': yuan(unitFen),
            'Lineitem discount': yuan(unitFen * line.quantity - line.paidFen),
            'Lineitem sku': line.merchantCode,
            'Lineitem fulfillment status': line.shippedQuantity < line.quantity ? 'pending' : 'fulfilled',
            'Lineitem id': numberOf(line.lineNo),
            'Tracking company': line.shippedQuantity > 0 ? 'YTO Express' : '',
            'Tracking number': line.shippedQuantity > 0 ? 'YT7300000001' : '',
          }
        }),
      ),
    ),
}
