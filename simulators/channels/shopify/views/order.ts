import type { View } from '../graphql/answer.ts'
import type { Plain } from '../graphql/values.ts'
import type { Order } from '../model.ts'
import { provinceOf } from '../provinces.ts'
import { financialOf, fulfilmentOf } from '../status.ts'
import { refundedFen, sum, totalsOf } from '../sums.ts'
import { gid, utcTime } from '../text.ts'
import type { World } from '../world.ts'
import { lineView, taxLines } from './line.ts'
import { money } from './money.ts'
import { shortConnection } from './paging.ts'
import { fulfilmentOrderView, fulfilmentView } from './parcels.ts'
import { refundView, transactionsOf } from './refunds.ts'
import { needScope } from './scopes.ts'

const listed = (rows: readonly View[]) => (args: Plain) =>
  typeof args.first === 'number' ? rows.slice(0, args.first) : rows

/** Everything the schema tells of an order, reckoned when it is asked for. */
export function orderView(world: World, order: Order): View {
  const nos = { no: ({ no }: { readonly no: number }) => no }
  return {
    __typename: 'Order',
    id: gid('Order', order.no),
    legacyResourceId: String(order.no),
    ...headOf(order),
    ...sumsOf(order),
    shippingAddress: () => {
      needScope(world, 'protected_customer_data', 'shippingAddress')
      return addressView(world, order)
    },
    shippingLines: shortConnection([order], { ...nos, view: shippingLineView }),
    lineItems: shortConnection(order.lines, { ...nos, view: (line) => lineView(world, order, line) }),
    fulfillmentOrders: shortConnection(order.fulfilmentOrders, {
      ...nos,
      view: (each) => ownedView(world, order, fulfilmentOrderView(world, order, each)),
    }),
    fulfillments: (args: Plain) =>
      listed(order.fulfilments.map((each) => ownedView(world, order, fulfilmentView(world, order, each))))(args),
    refunds: (args: Plain) =>
      listed(order.refunds.map((each) => ownedView(world, order, refundView(world, order, each))))(args),
    transactions: (args: Plain) => listed(transactionsOf(order))(args),
    customAttributes: () => order.attributes,
    metafield: ({ namespace, key }: Plain) =>
      order.metafields.find((each) => each.key === key && (namespace === undefined || each.namespace === namespace)) ??
      null,
  }
}

/** Something that belongs to an order and can be asked for it. */
export function ownedView(world: World, order: Order, view: View): View {
  return { ...view, order: () => orderView(world, order) }
}

function headOf(order: Order): View {
  return {
    name: order.name,
    createdAt: utcTime(order.createdAt),
    processedAt: utcTime(order.createdAt),
    updatedAt: utcTime(order.updatedAt),
    cancelledAt: utcTime(order.cancelledAt),
    cancelReason: order.cancelledAt === null ? null : 'OTHER',
    closedAt: utcTime(order.closedAt),
    closed: order.closedAt !== null,
    test: order.isTest,
    note: order.note === '' ? null : order.note,
    tags: order.asked === null ? [] : ['待退款'],
    email: null,
    phone: null,
    currencyCode: 'CNY',
    taxesIncluded: order.taxesIncluded,
    displayFinancialStatus: () => financialOf(order),
    displayFulfillmentStatus: () => fulfilmentOf(order),
    fullyPaid: order.paidAt !== null,
    discountCodes: () => (order.lines.some(({ codeDiscountFen }) => codeDiscountFen > 0) ? ['WELCOME'] : []),
  }
}

function sumsOf(order: Order): View {
  const { subtotal, discounts, tax, total } = totalsOf(order)
  const received = order.paidAt === null ? 0 : total
  return {
    subtotalPriceSet: money(subtotal),
    totalDiscountsSet: money(discounts),
    totalShippingPriceSet: money(order.freightFen),
    totalTaxSet: money(tax),
    totalPriceSet: money(total),
    totalRefundedSet: () => money(refundedFen(order)),
    totalRefundedShippingSet: () => money(sum(order.refunds.map(({ freightFen }) => freightFen))),
    totalReceivedSet: money(received),
    netPaymentSet: () => money(received - refundedFen(order)),
    taxLines: () => taxLines(order, tax),
  }
}

function addressView({ settings }: World, { receiver }: Order): View {
  const { name, code } = provinceOf(receiver.province)
  return {
    name: receiver.name,
    firstName: receiver.name.slice(1),
    lastName: receiver.name.slice(0, 1),
    company: null,
    phone: `+86${receiver.phone}`,
    country: 'China',
    countryCodeV2: 'CN',
    province: settings.provinceCodes > 0 ? (code ?? name) : name,
    provinceCode: code,
    city: receiver.city,
    address1: receiver.address1,
    address2: receiver.address2 === '' ? null : receiver.address2,
    zip: receiver.zip,
  }
}

function shippingLineView(order: Order): View {
  return {
    id: gid('ShippingLine', order.no),
    title: '快递',
    originalPriceSet: money(order.freightFen),
    discountedPriceSet: money(order.freightFen),
    taxLines: [],
  }
}
