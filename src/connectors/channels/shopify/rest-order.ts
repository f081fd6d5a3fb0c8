import { z } from 'zod'
import { sumFen } from '../../../core/money/fen.ts'
import { decimalText, minorUnits } from './money.ts'
import { parsed } from './nonsense.ts'

/**
 * An order as pushes carry it, in the older interface's words. The product only takes its number from it and asks for the order anew; the
 * inspector shows it as if it had. What the sheet's sample does not show is [assumed] and may be absent. Source: own-site.md 3 [doc S].
 */

const number = z.union([z.string().regex(/^\d+$/), z.int()]).transform(String)
const text = z.string().nullish()
const listOf = <T extends z.ZodType>(row: T) =>
  z
    .array(row)
    .nullish()
    .transform((rows) => rows ?? [])

const TaxLines = listOf(z.looseObject({ price: z.string() }))

const LineItem = z.looseObject({
  id: number,
  sku: text,
  title: text,
  variant_title: text,
  quantity: z.int().positive(),
  current_quantity: z.int().nonnegative().nullish(),
  variant_id: number.nullish(),
  product_id: number.nullish(),
  price: z.string(),
  discount_allocations: listOf(z.looseObject({ amount: z.string() })),
  tax_lines: TaxLines,
})

const amount = z.union([z.string(), z.number()]).transform(String)

const RefundItem = z.looseObject({
  id: number,
  created_at: text,
  note: text,
  transactions: listOf(z.looseObject({ amount, kind: z.string(), status: z.string() })),
  refund_line_items: listOf(
    z.looseObject({
      line_item_id: number,
      quantity: z.int(),
      restock_type: text,
      subtotal: amount,
      total_tax: amount.nullish(),
    }),
  ),
})

const FulfilmentItem = z.looseObject({
  id: number,
  status: z.string(),
  tracking_number: text,
  tracking_company: text,
  line_items: listOf(z.looseObject({ id: number, quantity: z.int() })),
})

const RestOrder = z.looseObject({
  admin_graphql_api_id: z.string().min(1),
  created_at: z.string(),
  processed_at: text,
  updated_at: z.string(),
  cancelled_at: text,
  closed_at: text,
  test: z.boolean().nullish(),
  note: text,
  currency: z.string(),
  taxes_included: z.boolean().nullish(),
  financial_status: text,
  fulfillment_status: text,
  total_price: z.string(),
  total_discounts: z.string().nullish(),
  shipping_lines: listOf(
    z.looseObject({ price: z.string(), discounted_price: z.string().nullish(), tax_lines: TaxLines }),
  ),
  shipping_address: z.record(z.string(), z.unknown()).nullish(),
  line_items: z.array(LineItem),
  fulfillments: listOf(FulfilmentItem),
  refunds: listOf(RefundItem),
})
type RestOrder = z.output<typeof RestOrder>

/** Whether it is such an order: the interface that we ask names neither field. Pure. */
export function isRestOrder(value: unknown): boolean {
  return value !== null && typeof value === 'object' && 'admin_graphql_api_id' in value && 'line_items' in value
}

const money = (amount: string) => ({ shopMoney: { amount } })
const nodes = <T>(rows: readonly T[]) => ({ nodes: rows })
const taxLines = (rows: Line['tax_lines']) => rows.map(({ price }) => ({ priceSet: money(price) }))

/** The same order in the words of the GraphQL interface, for its reader. Pure. Throws CHANNEL_NONSENSE. */
export function fromRest(value: unknown): unknown {
  const order = parsed(RestOrder, value, { what: 'order', isWrite: false })
  return {
    id: order.admin_graphql_api_id,
    createdAt: order.created_at,
    processedAt: order.processed_at,
    updatedAt: order.updated_at,
    cancelledAt: order.cancelled_at,
    closedAt: order.closed_at,
    test: order.test,
    note: order.note,
    currencyCode: order.currency,
    taxesIncluded: order.taxes_included,
    displayFinancialStatus: order.financial_status?.toUpperCase(),
    displayFulfillmentStatus: goodsWordOf(order.fulfillment_status),
    totalPriceSet: money(order.total_price),
    totalDiscountsSet: money(order.total_discounts ?? '0'),
    totalRefundedSet: money(sumOf(order, order.refunds.flatMap(paidBackBy))),
    shippingLines: nodes(
      order.shipping_lines.map((line) => ({
        discountedPriceSet: money(line.discounted_price ?? line.price),
        taxLines: taxLines(line.tax_lines),
      })),
    ),
    shippingAddress: order.shipping_address ? addressOf(order.shipping_address) : null,
    lineItems: nodes(order.line_items.map((line) => lineOf(order, line))),
    fulfillments: order.fulfillments.map(fulfilmentOf),
    refunds: order.refunds.map((refund) => refundOf(order, refund)),
  }
}

/** Nothing has left where it says nothing. */
function goodsWordOf(word: string | null | undefined): string {
  if (!word) return 'UNFULFILLED'
  return word === 'partial' ? 'PARTIALLY_FULFILLED' : word.toUpperCase()
}

type Line = RestOrder['line_items'][number]
type Refund = RestOrder['refunds'][number]
type Fulfilment = RestOrder['fulfillments'][number]

function sumOf({ currency }: RestOrder, amounts: readonly string[]): string {
  return decimalText(sumFen(amounts.map((each) => minorUnits(each, currency))), currency)
}

function lineOf(order: RestOrder, line: Line) {
  const { currency } = order
  const list = minorUnits(line.price, currency) * line.quantity
  const discounts = line.discount_allocations.map((allocation) => minorUnits(allocation.amount, currency))
  return {
    id: line.id,
    sku: line.sku,
    title: line.title,
    variantTitle: line.variant_title,
    quantity: line.quantity,
    currentQuantity: line.current_quantity,
    variant: line.variant_id ? { id: `gid://shopify/ProductVariant/${line.variant_id}` } : null,
    product: line.product_id ? { id: `gid://shopify/Product/${line.product_id}` } : null,
    originalTotalSet: money(decimalText(list, currency)),
    discountedTotalSet: money(decimalText(list - sumFen(discounts), currency)),
    taxLines: taxLines(line.tax_lines),
  }
}

const addressOf = ({ first_name: firstName, last_name: lastName, ...address }: Readonly<Record<string, unknown>>) => ({
  ...address,
  firstName,
  lastName,
})

function fulfilmentOf({ id, status, tracking_number, tracking_company, line_items }: Fulfilment) {
  return {
    id,
    status: status.toUpperCase(),
    trackingInfo: [{ number: tracking_number, company: tracking_company }],
    fulfillmentLineItems: nodes(line_items.map((line) => ({ quantity: line.quantity, lineItem: { id: line.id } }))),
  }
}

const paidBackBy = ({ transactions }: Refund) =>
  transactions
    .filter(({ kind, status }) => kind === 'refund' && status === 'success')
    .map((transaction) => transaction.amount)

function refundOf(order: RestOrder, refund: Refund) {
  return {
    id: refund.id,
    createdAt: refund.created_at,
    note: refund.note,
    totalRefundedSet: money(sumOf(order, paidBackBy(refund))),
    refundLineItems: nodes(
      refund.refund_line_items.map((row) => ({
        quantity: row.quantity,
        restockType: row.restock_type?.toUpperCase(),
        subtotalSet: money(row.subtotal),
        totalTaxSet: money(row.total_tax ?? '0'),
        lineItem: { id: row.line_item_id },
      })),
    ),
    transactions: nodes(refund.transactions.map(({ status }) => ({ status: status.toUpperCase() }))),
  }
}
