import type { Fields } from './lists.ts'
import { type Good, type HistoryEntry, type locations, type Order, type Product, usualCurrency } from './model.ts'
import { stateOf } from './status.ts'
import { quantityOf, settledPayment, sum, totalsOf } from './sums.ts'

/** An order is active until its payment process is over: carts alone are [assumed]. */
export const isActive = ({ placedAt }: Order) => placedAt === null

/** What lists may look at, by the names of fields that the server generates filters and sorts from. Source: own-site.md 4 [sdk V]. */
export const orderFields: Fields<Order> = {
  id: { kind: 'ID', of: ({ no }) => String(no) },
  createdAt: { kind: 'Date', of: ({ createdAt }) => createdAt },
  updatedAt: { kind: 'Date', of: ({ updatedAt }) => updatedAt },
  orderPlacedAt: { kind: 'Date', of: ({ placedAt }) => placedAt },
  type: { kind: 'String', of: () => 'Regular' },
  code: { kind: 'String', of: ({ code }) => code },
  state: { kind: 'String', of: (order) => stateOf(order) },
  active: { kind: 'Boolean', of: isActive },
  currencyCode: { kind: 'String', of: () => usualCurrency },
  totalQuantity: { kind: 'Number', of: ({ lines }) => sum(lines.map(quantityOf)) },
  subTotalWithTax: { kind: 'Number', of: (order) => totalsOf(order).subtotal },
  shippingWithTax: { kind: 'Number', of: (order) => totalsOf(order).freight },
  totalWithTax: { kind: 'Number', of: (order) => totalsOf(order).total },
  customerLastName: { kind: 'String', of: ({ receiver }) => receiver.name },
  transactionId: { kind: 'String', of: (order) => settledPayment(order)?.transactionId ?? null },
}

/** As `orderFields`. */
export const historyFields: Fields<HistoryEntry> = {
  id: { kind: 'ID', of: ({ no }) => String(no) },
  createdAt: { kind: 'Date', of: ({ createdAt }) => createdAt },
  updatedAt: { kind: 'Date', of: ({ updatedAt }) => updatedAt },
  type: { kind: 'String', of: ({ type }) => type },
  isPublic: { kind: 'Boolean', of: ({ isPublic }) => isPublic },
}

/** As `orderFields`. */
export const variantFields: Fields<Good> = {
  id: { kind: 'ID', of: ({ no }) => String(no) },
  productId: { kind: 'ID', of: ({ product }) => String(product.no) },
  createdAt: { kind: 'Date', of: ({ createdAt }) => createdAt },
  updatedAt: { kind: 'Date', of: ({ updatedAt }) => updatedAt },
  sku: { kind: 'String', of: ({ sku }) => sku },
  name: { kind: 'String', of: ({ product }) => product.title },
  enabled: { kind: 'Boolean', of: ({ isEnabled }) => isEnabled },
  price: { kind: 'Number', of: ({ priceFen }) => priceFen },
  priceWithTax: { kind: 'Number', of: ({ priceFen }) => priceFen },
  stockOnHand: { kind: 'Number', of: ({ onHand }) => onHand },
  stockAllocated: { kind: 'Number', of: ({ allocated }) => allocated },
}

/** As `orderFields`. */
export const productFields: Fields<Product> = {
  id: { kind: 'ID', of: ({ no }) => String(no) },
  createdAt: { kind: 'Date', of: ({ createdAt }) => createdAt },
  updatedAt: { kind: 'Date', of: ({ updatedAt }) => updatedAt },
  name: { kind: 'String', of: ({ title }) => title },
  slug: { kind: 'String', of: ({ slug }) => slug },
  enabled: { kind: 'Boolean', of: ({ goods }) => goods.some(({ isEnabled }) => isEnabled) },
  sku: { kind: 'String', of: ({ goods }) => goods.map(({ sku }) => sku) },
}

/** As `orderFields`. */
export const locationFields: Fields<(typeof locations)[number]> = {
  id: { kind: 'ID', of: ({ no }) => String(no) },
  name: { kind: 'String', of: ({ name }) => name },
}
