import type { Promotion } from '../../../core/channel/shapes.ts'
import { type Fen, fen, sumFen, unitFen } from '../../../core/money/fen.ts'
import { isTrue, type OrderPayload, type ProductRow, textOf, wholeOf } from './payload.ts'

/** A line with its money. `paidFen` is 0 while nothing was paid. */
export interface LineMoney {
  readonly product: ProductRow
  readonly quantity: number
  readonly listFen: Fen
  readonly paidFen: Fen
  readonly unitPaidFen: readonly Fen[]
}

export interface OrderMoney {
  readonly paidTotalFen: Fen
  readonly payableTotalFen: Fen | null
  readonly freightFen: Fen
  readonly discountFen: Fen
  readonly merchantReceivableFen: Fen | null
  readonly lines: readonly LineMoney[]
  /** Lines and freight do not add up to what was paid. */
  readonly isMismatch: boolean
}

/** Lottery prizes and exchanged points: an order without cash. Source: wechat-shop.md 4 [doc], 7 [rule]. */
const cashlessMethods = new Set(['3', '4'])

/** Money came once there is a time of payment or a transaction. Source: wechat-shop.md 7 [rule]. */
export function isPaid(order: OrderPayload): boolean {
  const pay = order.order_detail?.pay_info
  return wholeOf(pay?.pay_time) > 0 || textOf(pay?.transaction_id) !== ''
}

/**
 * What was due, what was paid and what each line cost, in whole fen as the platform gives them. A line's `real_price`
 * is that of the whole line. Sums are checked, never mended. Pure. Throws RangeError where an amount is none. Source:
 * wechat-shop.md 7 [doc], the sum [assumed].
 */
export function moneyOf(order: OrderPayload): OrderMoney {
  const price = order.order_detail?.price_info
  const hasCash = isPaid(order) && !cashlessMethods.has(textOf(order.order_detail?.pay_info?.payment_method))
  const products = order.order_detail?.product_infos ?? []
  const due = fen(wholeOf(price?.order_price))
  const freight = fen(wholeOf(isTrue(price?.is_change_freight) ? price?.change_freight : price?.freight))
  const lines = products.map((product) => lineMoney(product, hasCash))
  const goods = sumFen(products.map(dueOf))
  const isTold = textOf(price?.order_price) !== ''
  return {
    paidTotalFen: hasCash ? due : fen(0),
    payableTotalFen: isTold ? due : null,
    freightFen: hasCash ? freight : fen(0),
    discountFen: fen(sumFen(lines.map((line) => line.listFen)) - (isTold ? due - freight : goods)),
    merchantReceivableFen:
      hasCash && textOf(price?.merchant_receieve_price) !== '' ? fen(wholeOf(price?.merchant_receieve_price)) : null,
    lines,
    isMismatch: hasCash && goods + freight !== due,
  }
}

function lineMoney(product: ProductRow, hasCash: boolean): LineMoney {
  const quantity = quantityOf(product)
  const paidFen = hasCash ? dueOf(product) : fen(0)
  const isPriced = textOf(product.sale_price) !== ''
  return {
    product,
    quantity,
    // Without a price of its own, as in some files, nothing is said of a discount.
    listFen: isPriced ? fen(wholeOf(product.sale_price) * quantity) : dueOf(product),
    paidFen,
    unitPaidFen: unitFen(paidFen, quantity),
  }
}

/**
 * The line's own total; where it is not told, the lower of the two it is made from, else the list price. Source:
 * wechat-shop.md 4 [doc].
 */
function dueOf(product: ProductRow): Fen {
  if (textOf(product.real_price) !== '') return fen(wholeOf(product.real_price))
  const totals = [product.estimate_price, product.change_price].filter((total) => textOf(total) !== '').map(wholeOf)
  return fen(totals.length > 0 ? Math.min(...totals) : wholeOf(product.sale_price) * quantityOf(product))
}

/** Throws RangeError where it is not a positive number: a line without pieces is no line. */
export function quantityOf({ sku_cnt }: Pick<ProductRow, 'sku_cnt'>): number {
  const quantity = wholeOf(sku_cnt)
  if (quantity < 1) throw new RangeError('sku_cnt')
  return quantity
}

/** The parts of a line's discount and who bears them. Source: wechat-shop.md 4 [doc]. */
const discounts = [
  ['merchant_discounted_price', '商家优惠'],
  ['finder_discounted_price', '达人优惠'],
  ['cash_coupon_discounted_price', '平台券'],
  ['limited_discount_discounted_price', '限时抢购'],
  ['bulkbuy_discounted_price', '团购优惠'],
  ['vip_discounted_price', '会员优惠'],
  ['platform_activity_merchant_discounted_price', '平台活动商家优惠'],
  ['national_subsidy_discounted_price', '国家补贴'],
  ['national_subsidy_merchant_discounted_price', '国家补贴商家承担'],
  ['deduction_price', '积分抵扣'],
] as const satisfies readonly (readonly [keyof ProductRow, string])[]

export function promotionsOf(product: ProductRow, channelLineNo: string): Promotion[] {
  return discounts.flatMap(([field, name]) => {
    const discountFen = fen(wholeOf(product[field]))
    return discountFen === 0 ? [] : [{ name, discountFen, channelLineNo, gift: null }]
  })
}
