import type { View } from '../errors.ts'
import { historyFields, isActive } from '../fields.ts'
import { type ListOptions, selected, windowOf } from '../lists.ts'
import { type HistoryEntry, type Order, usualCurrency } from '../model.ts'
import { nextStates, stateOf } from '../status.ts'
import { netFen, quantityOf, sum, totalsOf } from '../sums.ts'
import type { World } from '../world.ts'
import { discountsOf, fulfilmentView, lineView, paymentView } from './parts.ts'
import { administratorView, shippingMethodView } from './shop.ts'

/** `Order`. Sums fall with every piece that is cancelled. Source: own-site.md 4, its sample. */
export function orderView(world: World, order: Order): View {
  const { no, code, createdAt, updatedAt, placedAt, lines, surcharges, payments, fulfilments } = order
  const state = stateOf(order)
  const taxPercent = lines[0]!.taxPercent
  const { subtotal, freight, total } = totalsOf(order)
  return {
    __typename: 'Order',
    id: String(no),
    createdAt,
    updatedAt,
    type: 'Regular',
    orderPlacedAt: placedAt,
    code,
    state,
    active: isActive(order),
    nextStates: nextStates[state],
    customer: () => customerView(order),
    shippingAddress: () => addressView(order),
    billingAddress: null,
    lines: () => lines.map((line) => lineView(world, order, line)),
    surcharges: () =>
      surcharges.map(({ no: id, description, fen }) => ({
        id: String(id),
        createdAt,
        updatedAt: createdAt,
        description,
        sku: null,
        price: netFen(fen, taxPercent),
        priceWithTax: fen,
        taxRate: taxPercent,
      })),
    discounts: () => lines.flatMap((line) => discountsOf(line)),
    couponCodes: order.couponCodes,
    payments: () => payments.map((payment) => paymentView(world, order, payment)),
    fulfillments: () => fulfilments.map((fulfilment) => fulfilmentView(world, order, fulfilment)),
    totalQuantity: sum(lines.map(quantityOf)),
    subTotal: netFen(subtotal, taxPercent),
    subTotalWithTax: subtotal,
    currencyCode: usualCurrency,
    shippingLines: () => [shippingLineView(order)],
    shipping: netFen(freight, taxPercent),
    shippingWithTax: freight,
    total: netFen(subtotal, taxPercent) + netFen(freight, taxPercent),
    totalWithTax: total,
    history: ({ options }: { readonly options?: ListOptions | null }) => historyView(order, options ?? {}),
  }
}

function customerView({ no, createdAt, receiver }: Order): View {
  const { name, phone } = receiver
  return {
    id: String(no),
    createdAt,
    updatedAt: createdAt,
    title: null,
    firstName: name.slice(1),
    lastName: name.slice(0, 1),
    phoneNumber: phone,
    emailAddress: `buyer-${no}@shop.example`,
  }
}

/** Every fourth buyer writes the country's prefix before the number. Source: own-site.md 1, O8. */
function addressView({ no, receiver }: Order): View {
  const { name, phone, province, city, street1, street2, zip } = receiver
  return {
    fullName: name,
    company: '',
    streetLine1: street1,
    streetLine2: street2,
    city,
    province,
    postalCode: zip,
    country: '中国',
    countryCode: 'CN',
    phoneNumber: no % 4 === 0 ? `+86${phone}` : phone,
  }
}

/** The price of freight stays what it was; what is left of it falls when it is cancelled. */
function shippingLineView({ no, freightFen, isFreightCancelled, lines }: Order): View {
  const { taxPercent } = lines[0]!
  const left = isFreightCancelled ? 0 : freightFen
  return {
    id: String(no),
    shippingMethod: shippingMethodView,
    price: netFen(freightFen, taxPercent),
    priceWithTax: freightFen,
    discountedPrice: netFen(left, taxPercent),
    discountedPriceWithTax: left,
    discounts: [],
  }
}

function historyView({ history }: Order, options: ListOptions): View {
  const [from, to] = windowOf(options)
  const found = selected(history, options, historyFields)
  return { items: found.slice(from, to).map(entryView), totalItems: found.length }
}

/** `HistoryEntry`. */
export function entryView({ no, type, data, isPublic, createdAt, updatedAt }: HistoryEntry): View {
  return { id: String(no), type, data, isPublic, createdAt, updatedAt, administrator: administratorView }
}
