import type { Truth } from '../../../simulators/simulator.ts'
import { type ChannelAid, sheetOf, type TruthFacts, wallTime, yuan } from '../channel-aid.ts'
import type { Rig } from '../rig.ts'

/** 订单状态, 付款状态 and 发货状态 as the back office shows them in Chinese. [assumed] */
const statuses: Readonly<Record<string, readonly [order: string, payment: string, goods: string]>> = {
  unpaid: ['待处理', '未付款', '未发货'],
  'on-hold': ['待处理', '已授权', '未发货'],
  'paid-wait-ship': ['待处理', '已付款', '未发货'],
  'partially-shipped': ['待处理', '已付款', '部分发货'],
  shipped: ['待处理', '已付款', '已发货'],
  completed: ['已完成', '已付款', '已送达'],
  'closed-unpaid': ['已取消', '未付款', '未发货'],
  'closed-refunded': ['已取消', '已退款', '未发货'],
}

/** The platform has no field for the district: it stands before the street. */
const streetOf = ({ district, address }: { readonly district: string; readonly address: string }) =>
  address.startsWith(district) ? address : `${district}${address}`

/**
 * What the shop owner, her payment provider and her carrier do, which no act of every simulator says: money on hold, goods packed and not
 * handed over, one parcel of two that has arrived.
 */
async function live(rig: Rig): Promise<void> {
  await rig.pass(60_000)
  const orders = await rig.controls.orders()
  const some = (status: string, offset: number) =>
    orders.filter((order, place) => order.status === status && place % 4 === offset).map(({ orderNo }) => orderNo)
  const becomes = async (orderNos: readonly string[], words: object) => {
    const { changed } = await rig.controls.ask<{ changed: readonly string[] }>('states', { orderNos, ...words })
    if (changed.length === 0) throw new Error(`no order became ${JSON.stringify(words)}`)
  }
  await becomes(some('unpaid', 0), { payment: 'authorized' })
  await becomes(some('unpaid', 1), { payment: 'requires_action' })
  await becomes(some('paid-wait-ship', 0), { fulfillment: 'fulfilled' })
  await becomes(some('paid-wait-ship', 1), { status: 'requires_action' })
  await becomes(some('paid-wait-ship', 2), { fulfillment: 'partially_delivered' })
}

const truth: TruthFacts = {
  live,
  // There is no presale: own-site.md 5.2.
  without: ['deposit-paid'],
  // Money that goes back names no goods: own-site.md 5.3.
  says: /^refund-not-by-line$/,
  tellsRefundsByLine: ({ warnings }) => !warnings.includes('refund-not-by-line'),
}

function orderCells(order: Truth): Readonly<Record<string, string>> {
  const [status = order.status, payment = '', goods = ''] = statuses[order.status] ?? []
  return {
    订单ID: order.orderNo,
    订单状态: status,
    付款状态: order.refundState === 'partial' ? '部分退款' : payment,
    发货状态: goods,
    下单时间: wallTime(order.createdAt),
    付款时间: wallTime(order.paidAt),
    更新时间: wallTime(order.modifiedAt),
    运费: yuan(order.freightFen),
    已退款金额: order.refundedFen > 0 ? yuan(order.refundedFen) : '',
    买家留言: order.note,
    商家备注: order.remark,
    收货人: order.receiver.name,
    电话: order.receiver.phone,
    省: order.receiver.province,
    城市: order.receiver.city,
    地址: streetOf(order.receiver),
  }
}

/** One row a line. */
export const aid: ChannelAid = {
  truth,
  hasFlags: false,
  // own-site.md 5.2: the order's word, the money's and the goods'.
  statusJoint: '/',
  sheetOf: (orders) =>
    sheetOf(
      '订单.csv',
      orders.flatMap((order) =>
        order.lines.map((line) => ({
          ...orderCells(order),
          商品行ID: line.lineNo,
          产品ID: line.itemNo,
          变体ID: line.skuNo,
          SKU: line.merchantCode,
          产品名称: line.title,
          数量: String(line.quantity),
          实付小计: yuan(line.paidFen),
          快递公司: line.shippedQuantity > 0 ? '圆通速递' : '',
          快递单号: line.shippedQuantity > 0 ? 'YT7300000001' : '',
        })),
      ),
    ),
}
