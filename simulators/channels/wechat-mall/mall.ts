import { refusal } from '../../aid/control.ts'
import { somebody } from '../../aid/people.ts'
import { chance } from '../../aid/random.ts'
import type { Purchase, Truth } from '../../simulator.ts'
import { payInMiniProgram } from '../wechat-shop/mini-program/control.ts'
import type { MiniPayment } from '../wechat-shop/mini-program/state.ts'
import { secondNow, type World } from '../wechat-shop/world.ts'

/** An order of the mall. WeChat knows only its payment. */
export interface MallOrder {
  readonly orderNo: string
  readonly createdAt: number
  readonly lines: readonly MallLine[]
  readonly receiver: Truth['receiver']
  readonly note: string
  /** Null until it is paid. */
  payment: MiniPayment | null
  isClosed: boolean
}
export interface MallLine {
  readonly merchantCode: string
  readonly title: string
  readonly priceFen: number
  readonly quantity: number
}

export interface Mall {
  readonly orders: Map<string, MallOrder>
}

export const newMall = (): Mall => ({ orders: new Map() })

/** Places orders of a fixed basket, else of one piece of one listing. Throws a refusal where nothing is on the shelf. */
export function placeOrders(world: World, mall: Mall, purchase: Purchase): MallOrder[] {
  if (purchase.pay === 'deposit') throw refusal('the mall takes no deposits')
  const dice = chance(`${purchase.seed ?? world.seed}:mall:${mall.orders.size}`)
  return Array.from({ length: purchase.count }, () => {
    const { name, phone, province, city, district, address } = purchase.buyer ?? somebody(dice)
    const order: MallOrder = {
      orderNo: `M${String(mall.orders.size + 1).padStart(8, '0')}`,
      createdAt: secondNow(world),
      lines: linesOf(world, purchase.lines ?? [{ merchantCode: dice.pick([...world.skus.keys()]), quantity: 1 }]),
      receiver: { name, phone, province, city, district, address },
      note: purchase.note ?? '',
      payment: null,
      isClosed: false,
    }
    mall.orders.set(order.orderNo, order)
    if (purchase.pay !== 'unpaid') payOrder(world, order)
    return order
  })
}

function linesOf(world: World, wanted: NonNullable<Purchase['lines']>): MallLine[] {
  return wanted.map(({ merchantCode, quantity }) => {
    const sku = world.skus.get(merchantCode)
    if (sku === undefined) throw refusal(`no listing ${merchantCode}`)
    return { merchantCode, title: sku.product.title, priceFen: sku.priceFen, quantity }
  })
}

export const totalOf = ({ lines }: MallOrder) =>
  lines.reduce((sum, { priceFen, quantity }) => sum + priceFen * quantity, 0)

/** The mall takes its order number as the merchant's number of the payment. */
export function payOrder(world: World, order: MallOrder): void {
  const description = order.lines.map(({ title, quantity }) => `${title}*${quantity}`).join('，')
  order.payment = payInMiniProgram(world, { tradeNo: order.orderNo, amountFen: totalOf(order), description })
}
