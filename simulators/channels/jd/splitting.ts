import { allocate, sumsOf } from './money.ts'
import { orderOf } from './new-order.ts'
import type { Basket, Coupon, Goods, Order } from './state.ts'
import { addOrder, touch, type World } from './world.ts'

/**
 * JD splits an order into two, the first line and the rest; the parent is cancelled and worth nothing from then on. Answers the
 * children: none where there is a single line. Source: jd.md 15.4; how money is shared among children is [assumed].
 */
export function splitOrder(world: World, parent: Order): Order[] {
  const [first, ...rest] = parent.lines
  if (first === undefined || !rest.some(({ priceFen }) => priceFen > 0)) return []
  const children = basketsOf(parent, [[first], rest]).map((basket) => {
    const child = orderOf(world, {
      basket,
      buyer: parent.buyer,
      isCod: parent.isCod,
      note: parent.note,
      warehouse: parent.warehouse,
      source: parent.source,
      parentId: parent.orderId,
    })
    child.state = 'WAIT_SELLER_STOCK_OUT'
    child.paidAt = parent.paidAt
    addOrder(world, child)
    return child
  })
  parent.state = 'PARENT_TRADE_CANCELED'
  touch(world, parent)
  return children
}

/** A line's own promotions stay with it; what was for the whole order is shared by worth. Freight and fees go with the first. */
function basketsOf(parent: Order, parts: readonly (readonly Goods[])[]): Basket[] {
  const worths = parts.map((lines) => lines.reduce((all, { priceFen, quantity }) => all + priceFen * quantity, 0))
  const shared = parent.coupons.filter(({ type }) => type !== '30')
  const shares = shared.map(({ fen }) => allocate(fen, worths))
  const plain = parts.map((lines, place): Basket => {
    const own = parent.coupons.filter(({ type, skuId }) => type === '30' && lines.some((line) => line.skuId === skuId))
    const parted = shared.map((coupon, which): Coupon => ({ ...coupon, fen: shares[which]![place]! }))
    const isFirst = place === 0
    return {
      lines,
      coupons: [...own, ...parted.filter(({ fen }) => fen > 0)],
      freightFen: isFirst ? parent.freightFen : 0,
      serviceFen: isFirst ? parent.serviceFen : 0,
      taxFen: isFirst ? parent.taxFen : 0,
      balanceFen: 0,
      payDiscountFen: 0,
    }
  })
  const dues = plain.map((basket) => sumsOf(basket).due)
  const balances = allocate(parent.balanceFen, dues)
  const discounts = allocate(parent.payDiscountFen, dues)
  return plain.map((basket, place) => ({ ...basket, balanceFen: balances[place]!, payDiscountFen: discounts[place]! }))
}
