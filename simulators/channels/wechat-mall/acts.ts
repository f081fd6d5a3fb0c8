import { refusal } from '../../aid/control.ts'
import type { Act } from '../../simulator.ts'
import type { World } from '../wechat-shop/world.ts'
import { type Mall, type MallOrder, payOrder } from './mall.ts'

/** What may happen to an order of a mall, as far as WeChat hears of it. Gives the numbers of those it happened to. */
export function act(world: World, mall: Mall, deed: Act): string[] {
  const happens = deeds[deed.kind]
  if (happens === undefined) throw refusal(`the mall cannot do: ${deed.kind}`)
  return deed.orderNos.filter((orderNo) => {
    const order = mall.orders.get(orderNo)
    return order !== undefined && happens(world, order)
  })
}

const deeds: Partial<Record<Act['kind'], (world: World, order: MallOrder) => boolean>> = {
  pay: (world, order) => {
    if (order.payment !== null || order.isClosed) return false
    payOrder(world, order)
    return true
  },
  close: (_world, order) => {
    if (order.payment !== null || order.isClosed) return false
    order.isClosed = true
    return true
  },
  // The buyer confirms; the money goes back.
  finish: (_world, { payment }) => moveTo(payment, 3, 2),
  refund: (_world, { payment }) => moveTo(payment, 5),
}

function moveTo(payment: MallOrder['payment'], state: 3 | 5, from?: number): boolean {
  if (payment === null || payment.state === 5 || (from !== undefined && payment.state !== from)) return false
  payment.state = state
  return true
}
