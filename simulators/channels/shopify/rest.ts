import { type Good, type Line, mainLocation, type Order, type Product, type Refund } from './model.ts'
import { provinceOf } from './provinces.ts'
import { financialOf, fulfilmentOf } from './status.ts'
import { totalsOf } from './sums.ts'
import { gid, shopTime, yuan } from './text.ts'

/** Webhooks carry the older representation, in snake_case, with numbers for ids. Source: own-site.md 3, `samples/webhook-orders-updated.json`. */
export function orderBody(order: Order): string {
  const { subtotal, discounts, tax, total } = totalsOf(order)
  return JSON.stringify({
    id: order.no,
    admin_graphql_api_id: gid('Order', order.no),
    name: order.name,
    created_at: shopTime(order.createdAt),
    processed_at: shopTime(order.createdAt),
    updated_at: shopTime(order.updatedAt),
    cancelled_at: shopTime(order.cancelledAt),
    closed_at: shopTime(order.closedAt),
    test: order.isTest,
    currency: 'CNY',
    financial_status: financialOf(order).toLowerCase(),
    fulfillment_status: fulfilmentWord(order),
    total_price: yuan(total),
    subtotal_price: yuan(subtotal),
    total_discounts: yuan(discounts),
    total_tax: yuan(tax),
    taxes_included: order.taxesIncluded,
    note: order.note === '' ? null : order.note,
    shipping_address: addressBody(order),
    shipping_lines: [{ title: '快递', price: yuan(order.freightFen) }],
    line_items: order.lines.map(lineBody),
    refunds: order.refunds.map((refund) => refundParts(order, refund)),
  })
}

function addressBody({ receiver }: Order) {
  const { name: province, code } = provinceOf(receiver.province)
  return {
    name: receiver.name,
    phone: `+86${receiver.phone}`,
    country: 'China',
    country_code: 'CN',
    province,
    province_code: code,
    city: receiver.city,
    address1: receiver.address1,
    address2: receiver.address2 === '' ? null : receiver.address2,
    zip: receiver.zip,
  }
}

function lineBody(line: Line) {
  const discounts = [line.ownDiscountFen, line.codeDiscountFen].filter((fen) => fen > 0)
  return {
    id: line.no,
    sku: line.sku,
    title: line.title,
    variant_title: line.variantTitle,
    variant_id: line.variantNo,
    product_id: line.productNo,
    quantity: line.quantity,
    price: yuan(line.unitFen),
    total_discount: '0.00',
    discount_allocations: discounts.map((fen) => ({ amount: yuan(fen) })),
    tax_lines: line.taxFen === 0 ? [] : [{ title: 'VAT', price: yuan(line.taxFen) }],
  }
}

function fulfilmentWord(order: Order): string | null {
  const word = fulfilmentOf(order)
  if (word === 'FULFILLED') return 'fulfilled'
  return word === 'PARTIALLY_FULFILLED' ? 'partial' : null
}

/** Payload of `refunds/create`; what it holds beside the order's number is [assumed]. */
export function refundBody(order: Order, refund: Refund): string {
  return JSON.stringify(refundParts(order, refund))
}

function refundParts(order: Order, refund: Refund) {
  return {
    id: refund.no,
    admin_graphql_api_id: gid('Refund', refund.no),
    order_id: order.no,
    created_at: shopTime(refund.at),
    note: refund.note,
    refund_line_items: refund.pieces.map(({ lineNo, quantity, subtotalFen, taxFen, restock }, place) => ({
      id: refund.no * 100 + place,
      line_item_id: lineNo,
      quantity,
      subtotal: yuan(subtotalFen),
      total_tax: yuan(taxFen),
      restock_type: restock.toLowerCase(),
    })),
    transactions: [{ id: refund.no * 100, kind: 'refund', status: 'success', amount: yuan(refund.amountFen) }],
  }
}

/** Payload of `products/update` [assumed]. */
export function productBody(product: Product): string {
  return JSON.stringify({
    id: product.no,
    admin_graphql_api_id: gid('Product', product.no),
    title: product.title,
    updated_at: shopTime(product.updatedAt),
    variants: product.goods.map((good) => ({
      id: good.variantNo,
      sku: good.sku,
      price: yuan(good.priceFen),
      inventory_item_id: good.itemNo,
      inventory_quantity: good.available,
    })),
  })
}

/** Payload of `inventory_levels/update` [assumed]. */
export function stockBody(good: Good): string {
  return JSON.stringify({
    inventory_item_id: good.itemNo,
    location_id: mainLocation,
    available: good.available,
    updated_at: shopTime(good.updatedAt),
    admin_graphql_api_id: `gid://shopify/InventoryLevel/${mainLocation}?inventory_item_id=${good.itemNo}`,
  })
}
