import type { Row } from '../fields.ts'
import { goodOf } from '../goods.ts'
import type { Amounts, Charge, Line, Order, Receiver } from '../model.ts'
import { sum, taxPercent } from '../pricing.ts'
import type { Shop } from '../shop.ts'
import { fulfilmentOf, paymentOf } from '../status.ts'
import { progressOf, refundable, refundedFen, totalFen } from '../sums.ts'
import { decimal, iso, optionsOf, variantTitle } from '../text.ts'
import { productRow, variantRow } from './goods.ts'
import { fulfillmentRow } from './parcels.ts'
import { collectionRow, returnRow, transactionRows } from './payments.ts'

/** An order as the admin API shows it; relations only where they are asked for. Source: own-site.md 5 and its example, [sdk M]. */
export function orderRow(shop: Shop, order: Order): Row {
  return {
    id: order.id,
    display_id: order.displayId,
    version: 1,
    status: order.status,
    payment_status: paymentOf(order),
    fulfillment_status: fulfilmentOf(order),
    region_id: 'reg_01JA0CN',
    customer_id: `cus_${order.displayId}`,
    sales_channel_id: 'sc_01JA0WEB',
    email: order.email,
    currency_code: 'cny',
    created_at: iso(order.createdAt),
    updated_at: iso(order.updatedAt),
    canceled_at: iso(order.canceledAt),
    metadata: Object.keys(order.metadata).length === 0 ? null : order.metadata,
    summary: summaryOf(order),
    ...totalsRow(order),
    items: () => order.lines.map((line) => itemRow(shop, order, line)),
    shipping_address: () => addressRow(order),
    billing_address: () => addressRow(order),
    shipping_methods: () => [methodRow(order)],
    fulfillments: () => order.fulfilments.map((each) => fulfillmentRow(shop, order, each)),
    payment_collections: () => [collectionRow(order)],
    transactions: () => transactionRows(order),
    customer: () => ({ id: `cus_${order.displayId}`, email: order.email }),
    sales_channel: () => ({ id: 'sc_01JA0WEB', name: '官网' }),
    region: () => ({ id: 'reg_01JA0CN', name: '中国', currency_code: 'cny' }),
    credit_lines: () => [],
    returns: () => order.returns.map((each) => returnRow(order, each)),
  }
}

function summaryOf(order: Order): Row {
  const [total, paid, back] = [totalFen(order), order.capturedFen, refundedFen(order)]
  return {
    pending_difference: decimal(total - paid),
    current_order_total: decimal(total),
    original_order_total: decimal(total),
    transaction_total: decimal(paid - back),
    paid_total: decimal(paid),
    refunded_total: decimal(back),
    accounting_total: decimal(total),
  }
}

const inAll = (amounts: readonly Amounts[]): Amounts => ({
  originalFen: sum(amounts.map(({ originalFen }) => originalFen)),
  originalTaxFen: sum(amounts.map(({ originalTaxFen }) => originalTaxFen)),
  totalFen: sum(amounts.map((each) => each.totalFen)),
  taxFen: sum(amounts.map(({ taxFen }) => taxFen)),
})

/** The same sums of goods, of freight and of both, under their own names; how much less tax a discount makes is told of both alone. */
function totalsRow({ lines, shipping }: Order): Row {
  const named = (before: string, amounts: Amounts): Row => {
    const { discount_tax_total: _ofBoth, ...sums } = amountsRow(amounts)
    return Object.fromEntries(
      Object.entries(sums).map(([name, value]) => [
        name.startsWith('original_') ? `original_${before}${name.slice('original_'.length)}` : before + name,
        value,
      ]),
    )
  }
  return {
    ...named('item_', inAll(lines)),
    ...named('shipping_', shipping),
    ...amountsRow(inAll([...lines, shipping])),
    gift_card_total: 0,
    gift_card_tax_total: 0,
    credit_line_total: 0,
  }
}

function amountsRow({ originalFen, originalTaxFen, totalFen: total, taxFen }: Amounts): Row {
  return {
    original_total: decimal(originalFen),
    original_subtotal: decimal(originalFen - originalTaxFen),
    original_tax_total: decimal(originalTaxFen),
    total: decimal(total),
    subtotal: decimal(originalFen - originalTaxFen),
    tax_total: decimal(taxFen),
    discount_total: decimal(originalFen - total),
    discount_tax_total: decimal(originalTaxFen - taxFen),
  }
}

/** Most forms split the name: last 林, first 晓禾. Source: own-site.md 1 (O8) and 5. */
function addressRow({ id, receiver, createdAt }: Order): Row {
  const { name, phone, province, city, address, zip, isNameSplit, hasCountryCode }: Receiver = receiver
  return {
    id: id.replace('order_', 'ordaddr_'),
    first_name: isNameSplit ? name.slice(1) : name,
    last_name: isNameSplit ? name.slice(0, 1) : '',
    phone: hasCountryCode ? `+86${phone}` : phone,
    company: '',
    province,
    city,
    address_1: address,
    address_2: '',
    postal_code: zip,
    country_code: 'cn',
    metadata: null,
    created_at: iso(createdAt),
    updated_at: iso(createdAt),
    country: () => ({ iso_2: 'cn', display_name: 'China' }),
  }
}

function itemRow(shop: Shop, order: Order, line: Line): Row {
  const good = goodOf(shop, line.sku)
  return {
    id: line.id,
    title: line.title,
    subtitle: variantTitle(line.specification),
    thumbnail: null,
    variant_id: line.variantId,
    product_id: line.productId,
    product_title: line.title,
    product_description: null,
    product_subtitle: null,
    product_type_id: null,
    product_type: null,
    product_collection: null,
    product_handle: line.productId.toLowerCase(),
    variant_sku: line.sku,
    variant_barcode: null,
    variant_title: variantTitle(line.specification),
    variant_option_values: Object.fromEntries(optionsOf(line.specification).map(({ name, value }) => [name, value])),
    requires_shipping: true,
    is_discountable: true,
    is_tax_inclusive: order.isTaxInclusive,
    unit_price: decimal(line.unitPriceFen),
    quantity: line.quantity,
    metadata: null,
    created_at: iso(order.createdAt),
    updated_at: iso(order.createdAt),
    ...amountsRow(line),
    item_total: decimal(line.totalFen),
    item_subtotal: decimal(line.originalFen - line.originalTaxFen),
    item_tax_total: decimal(line.taxFen),
    refundable_total: decimal(refundable(order, line)),
    // What cannot be divided goes on behind the point: the only amount that is no whole fen.
    refundable_total_per_unit: decimal(refundable(order, line)) / line.quantity,
    detail: detailRow(order, line),
    variant: () => good && variantRow(shop, good),
    product: () => good && productRow(shop, shop.products.get(good.productId)!),
    tax_lines: () => taxLines(line),
    adjustments: () => adjustments(order, line),
  }
}

/** What has become of a line's pieces [sdk M]. */
function detailRow(order: Order, line: Line): Row {
  const { fulfilled, shipped, delivered, returnRequested } = progressOf(order, line)
  return {
    id: line.id.replace('ordli_', 'orditem_'),
    item_id: line.id,
    quantity: line.quantity,
    fulfilled_quantity: fulfilled,
    shipped_quantity: shipped,
    delivered_quantity: delivered,
    return_requested_quantity: returnRequested,
    return_received_quantity: line.returnReceived,
    return_dismissed_quantity: 0,
    written_off_quantity: line.writtenOff,
    metadata: null,
    created_at: iso(order.createdAt),
    updated_at: iso(order.updatedAt),
  }
}

function methodRow(order: Order): Row {
  const { shipping, isTaxInclusive, createdAt, id } = order
  return {
    id: shipping.id,
    order_id: id,
    name: '快递',
    amount: decimal(shipping.originalFen - (isTaxInclusive ? 0 : shipping.originalTaxFen)),
    is_tax_inclusive: isTaxInclusive,
    shipping_option_id: 'so_01JA0EXPRESS',
    data: null,
    metadata: null,
    created_at: iso(createdAt),
    updated_at: iso(createdAt),
    ...amountsRow(shipping),
    tax_lines: () => taxLines(shipping),
    adjustments: () => adjustments(order, shipping),
  }
}

function taxLines({ id, taxFen }: Charge): readonly Row[] {
  return taxFen === 0 ? [] : [{ id: `taxl_${id}`, code: 'VAT', rate: taxPercent, total: decimal(taxFen) }]
}

function adjustments({ promotion }: Order, { id, originalFen, totalFen: total }: Charge): readonly Row[] {
  if (originalFen === total) return []
  return [{ id: `adj_${id}`, code: promotion ?? 'FREESHIP', amount: decimal(originalFen - total) }]
}
