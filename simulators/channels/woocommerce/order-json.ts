import { optionsOf } from './goods.ts'
import type { Line, Order, PaymentMethod, Receiver, Refund, Tracking } from './model.ts'
import { taxPercent } from './pricing.ts'
import type { Shop } from './shop.ts'
import { stateCode } from './states.ts'
import { totalsOf } from './sums.ts'
import { bothTimes, money } from './text.ts'

type Json = Readonly<Record<string, unknown>>

const paymentTitles: Readonly<Record<PaymentMethod, string>> = {
  alipay: '支付宝',
  wechatpay: '微信支付',
  bacs: '对公转账',
}

export const version = '9.4.2'

/** An order as REST v3 and the webhooks show it; `dp` is the number of decimals of amounts. Source: own-site.md 2.2 [doc W]. */
export function orderJson(shop: Shop, order: Order, dp = 2): Json {
  const address = contactJson(shop, order.receiver)
  const isOwing = order.paidAt === null && ['pending', 'failed', 'on-hold'].includes(order.status)
  return {
    id: order.id,
    parent_id: 0,
    status: order.status,
    currency: 'CNY',
    version,
    prices_include_tax: order.pricesIncludeTax,
    ...amountsJson(order, dp),
    customer_id: order.customerId,
    order_key: order.orderKey,
    billing: { ...address, email: `buyer${order.id}@mail.example` },
    shipping: address,
    payment_method: order.payment,
    payment_method_title: paymentTitles[order.payment],
    transaction_id: order.transactionId,
    customer_ip_address: '203.0.113.9',
    customer_user_agent: 'Mozilla/5.0',
    created_via: 'checkout',
    customer_note: order.customerNote,
    cart_hash: '',
    number: order.number,
    meta_data: metaJson(order),
    ...linesJson(order, dp),
    refunds: order.refunds.map(({ id, reason, amount }) => ({ id, reason, total: money(-amount, dp) })),
    payment_url: `${shop.address()}/checkout/order-pay/${order.id}/`,
    is_editable: order.status === 'pending',
    needs_payment: isOwing,
    needs_processing: true,
    ...bothTimes('date_created', order.createdAt),
    ...bothTimes('date_modified', order.modifiedAt),
    ...bothTimes('date_completed', order.completedAt),
    ...bothTimes('date_paid', order.paidAt),
    currency_symbol: '¥',
  }
}

function amountsJson(order: Order, dp: number): Json {
  const { discount, discountTax, cartTax, totalTax, total } = totalsOf(order)
  return {
    discount_total: money(discount, dp),
    discount_tax: money(discountTax, dp),
    shipping_total: money(order.shipping.total, dp),
    shipping_tax: money(order.shipping.tax, dp),
    cart_tax: money(cartTax, dp),
    total: money(total, dp),
    total_tax: money(totalTax, dp),
  }
}

/** Most buyers leave the last name empty; some write 晓禾 first and 林 last. Source: own-site.md 1 (O8) and 2.2. */
function contactJson({ settings }: Shop, receiver: Receiver): Json {
  const { name, phone, province, isNameSplit, hasCountryCode } = receiver
  const [family, given] = [name.slice(0, 1), name.slice(1)]
  return {
    first_name: isNameSplit ? given : name,
    last_name: isNameSplit ? family : '',
    company: '',
    address_1: receiver.address,
    address_2: '',
    city: receiver.city,
    state: settings.stateCodes ? stateCode(province) : province,
    postcode: receiver.zip,
    country: 'CN',
    phone: hasCountryCode ? `+86${phone}` : phone,
  }
}

function linesJson(order: Order, dp: number): Json {
  const { shipping, fee, coupon, taxLineId } = order
  const { discount, discountTax, cartTax } = totalsOf(order)
  return {
    line_items: order.lines.map((line) => lineJson(line, dp)),
    tax_lines: taxLineId === null ? [] : [taxLineJson(taxLineId, money(cartTax, dp), money(shipping.tax, dp))],
    shipping_lines: [
      {
        id: shipping.id,
        method_title: '快递',
        method_id: 'flat_rate',
        instance_id: '1',
        total: money(shipping.total, dp),
        total_tax: money(shipping.tax, dp),
        taxes: shipping.tax === 0 ? [] : [{ id: 1, total: money(shipping.tax, dp), subtotal: '' }],
        meta_data: [],
      },
    ],
    fee_lines: fee === null ? [] : [feeJson(fee, dp)],
    coupon_lines:
      coupon === null
        ? []
        : [{ ...coupon, discount: money(discount, dp), discount_tax: money(discountTax, dp), meta_data: [] }],
  }
}

function taxLineJson(id: number, taxTotal: string, shippingTaxTotal: string): Json {
  const rate = { rate_code: 'CN-VAT-1', rate_id: 1, label: 'VAT', compound: false, rate_percent: taxPercent }
  return { id, ...rate, tax_total: taxTotal, shipping_tax_total: shippingTaxTotal, meta_data: [] }
}

function feeJson({ id, name, total }: NonNullable<Order['fee']>, dp: number): Json {
  const texts = { tax_class: '', tax_status: 'none', total: money(total, dp), total_tax: money(0, dp) }
  return { id, name, ...texts, taxes: [], meta_data: [] }
}

/** `price` is a number and rounded; nobody should reckon with it. */
function lineJson(line: Line, dp: number): Json {
  const { totalTax, subtotalTax } = line
  const taxes = [{ id: 1, total: money(totalTax, dp), subtotal: money(subtotalTax, dp) }]
  return {
    id: line.id,
    name: line.name,
    product_id: line.itemId,
    variation_id: line.isVariation ? line.goodId : 0,
    quantity: line.quantity,
    tax_class: '',
    subtotal: money(line.subtotal, dp),
    subtotal_tax: money(subtotalTax, dp),
    total: money(line.total, dp),
    total_tax: money(totalTax, dp),
    taxes: subtotalTax === 0 ? [] : taxes,
    meta_data: optionsOf(line.specification).map(({ name, option }, place) => ({
      id: line.id * 10 + place,
      key: encodeURIComponent(name).toLowerCase(),
      value: option,
      display_key: name,
      display_value: option,
    })),
    sku: line.sku,
    price: Math.round(line.total / line.quantity) / 100,
  }
}

/** The extension keeps its numbers in a meta field. Source: own-site.md 2.2 [assumed]. */
function metaJson({ id, meta, trackings }: Order): readonly Json[] {
  const own = meta.map((each) => ({ ...each }))
  if (trackings.length === 0) return own
  return [...own, { id: id * 10, key: '_wc_shipment_tracking_items', value: trackings.map(trackingItem) }]
}

function trackingItem(tracking: Tracking): Json {
  return {
    tracking_provider: tracking.provider,
    custom_tracking_provider: tracking.customProvider,
    custom_tracking_link: tracking.customLink,
    tracking_number: tracking.number,
    date_shipped: String(tracking.shippedAt / 1000),
    tracking_id: tracking.id,
  }
}

/** A refund as its own calls show it: pieces and amounts of lines are negative. Source: own-site.md 2.3 and its example. */
export function refundJson(order: Order, refund: Refund, dp = 2): Json {
  return {
    id: refund.id,
    parent_id: order.id,
    ...bothTimes('date_created', refund.at),
    amount: money(refund.amount, dp),
    reason: refund.reason,
    refunded_by: 1,
    refunded_payment: refund.isPaidBack,
    meta_data: [],
    line_items: refund.lines.map((part) => {
      const line = order.lines.find(({ id }) => id === part.lineId)!
      return {
        id: part.id,
        name: line.name,
        product_id: line.itemId,
        variation_id: line.isVariation ? line.goodId : 0,
        quantity: 0 - part.quantity,
        tax_class: '',
        subtotal: money(-part.total, dp),
        subtotal_tax: money(-part.tax, dp),
        total: money(-part.total, dp),
        total_tax: money(-part.tax, dp),
        taxes: [],
        meta_data: [{ id: part.id * 10, key: '_refunded_item_id', value: String(part.lineId) }],
        sku: line.sku,
        price: part.quantity === 0 ? 0 : Math.round(part.total / part.quantity) / 100,
      }
    }),
    shipping_lines: [],
    tax_lines: [],
    fee_lines: [],
  }
}
