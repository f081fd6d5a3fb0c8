import { type Fen, fen, parseYuan, splitFen, sumFen, unitFen } from '../../../core/money/fen.ts'
import { type CouponRow, type ItemRow, type OrderInfo, textOf } from './payload.ts'

/** Source of all rules here: jd.md 6.5 J1 to J11 [rule]. */
export interface OrderMoney {
  readonly paidTotalFen: Fen
  readonly payableTotalFen: Fen
  readonly freightFen: Fen
  /** Service fee and tax. */
  readonly extraFen: Fen
  /** What the list prices exceed the goods' part of the amount due by. */
  readonly discountFen: Fen
  /** For the goods, without freight (J8). */
  readonly merchantReceivableFen: Fen
  readonly lines: readonly LineMoney[]
  /** Σ paid + freight + extra is not what the buyer paid (J9). */
  readonly isMismatch: boolean
}

export interface LineMoney {
  readonly item: ItemRow
  /** The number the line goes by: that of its SKU, with a running number where one SKU has several lines. */
  readonly channelLineNo: string
  /** Price × quantity. */
  readonly listFen: Fen
  readonly paidFen: Fen
  readonly unitPaidFen: Fen[]
}

/** J1: decimal yuan text to whole fen; what is empty is 0. Throws RangeError on any other text. */
export function fenOf(yuan: string | number | null | undefined): Fen {
  const text = textOf(yuan).trim()
  return text === '' ? fen(0) : parseYuan(text)
}

/** An amount that comes in fen, as a number with decimals: `8900.0`. Throws RangeError on a fraction of a fen. Source: jd.md 10.1 [sdk Q]. */
export function wholeFen(value: string | number | null | undefined): Fen {
  const text = textOf(value).trim()
  if (!/^-?\d+(?:\.0+)?$/.test(text)) throw new RangeError(`not an amount in fen: ${text}`)
  return fen(Number(text))
}

/** Throws RangeError when it is no whole number above 0. */
export function quantityOf({ itemTotal }: Pick<ItemRow, 'itemTotal'>): number {
  const quantity = Number(textOf(itemTotal))
  if (!Number.isSafeInteger(quantity) || quantity < 1) throw new RangeError(`not a quantity: ${textOf(itemTotal)}`)
  return quantity
}

/** J6. */
export function isGift(item: ItemRow): boolean {
  return fenOf(item.jdPrice) === 0
}

/** The money of an order. */
export function moneyOf(info: OrderInfo, { isPaid }: { readonly isPaid: boolean }): OrderMoney {
  const items = info.itemInfoList ?? []
  const freight = fenOf(info.freightPrice)
  const extra = fen(fenOf(info.serviceFee) + fenOf(info.taxFee))
  const payable = payableOf(info)
  const paidTotal = isPaid ? paidOf(info) : fen(0)
  const goods = fen(paidTotal - freight - extra)
  const paid = isPaid ? shareDiscount(basesOf(items, info.couponDetailList ?? []), goods) : items.map(() => fen(0))
  const lineNos = lineNosOf(items)
  const lines = items.map((item, index): LineMoney => {
    const paidFen = paid[index] ?? fen(0)
    return {
      item,
      channelLineNo: lineNos[index] ?? '',
      listFen: listOf(item),
      paidFen,
      unitPaidFen: unitFen(paidFen, quantityOf(item)),
    }
  })
  return {
    paidTotalFen: paidTotal,
    payableTotalFen: payable,
    freightFen: isPaid ? freight : fen(0),
    extraFen: isPaid ? extra : fen(0),
    discountFen: payable === 0 ? fen(0) : fen(sumFen(lines.map((line) => line.listFen)) - (payable - freight - extra)),
    merchantReceivableFen: fenOf(info.totalSellerReceivable) || fenOf(info.orderSellerPrice),
    lines,
    isMismatch: isPaid && items.length > 0 && (goods < 0 || sumFen(paid) !== goods),
  }
}

/** J2: `actualPay` may arrive later than the payment; until then the older fields tell. */
function paidOf(info: OrderInfo): Fen {
  const actual = fenOf(info.actualPay)
  return actual > 0 ? actual : fen(fenOf(info.orderPayment) + fenOf(info.balanceUsed))
}

function payableOf(info: OrderInfo): Fen {
  const due = fenOf(info.shouldPay)
  return due > 0 ? due : paidOf(info)
}

function listOf(item: ItemRow): Fen {
  return fen(fenOf(item.jdPrice) * quantityOf(item))
}

const itemPromotion = '30'

/** J4. A promotion of a SKU that has several lines is taken off the first. */
function basesOf(items: readonly ItemRow[], coupons: readonly CouponRow[]): Fen[] {
  const ofSku = new Map<string, number>()
  for (const coupon of coupons) {
    if (couponKind(coupon) !== itemPromotion) continue
    const sku = textOf(coupon.skuId)
    ofSku.set(sku, (ofSku.get(sku) ?? 0) + fenOf(coupon.couponPrice))
  }
  return items.map((item) => {
    if (isGift(item)) return fen(0)
    const sku = textOf(item.skuId)
    const off = ofSku.get(sku) ?? 0
    ofSku.delete(sku)
    return fen(listOf(item) - off)
  })
}

/** `30-单品促销优惠` is kind 30. */
function couponKind({ couponType }: CouponRow): string {
  return textOf(couponType).split('-')[0] ?? ''
}

/** J5, J11. A base below zero takes no part; where no base has weight, the difference stays and is reported as a mismatch. */
function shareDiscount(bases: readonly Fen[], goods: Fen): Fen[] {
  const discounts = splitFen(
    sumFen(bases) - goods,
    bases.map((base) => Math.max(0, base)),
  )
  return bases.map((base, index) => fen(base - (discounts[index] ?? 0)))
}

function lineNosOf(items: readonly ItemRow[]): string[] {
  const seen = new Map<string, number>()
  return items.map((item) => {
    const sku = textOf(item.skuId)
    const times = (seen.get(sku) ?? 0) + 1
    seen.set(sku, times)
    return times === 1 ? sku : `${sku}-${times}`
  })
}
