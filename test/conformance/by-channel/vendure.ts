import type { Truth } from '../../../simulators/simulator.ts'
import { type ChannelAid, sheetOf, type TruthFacts, wallTime, yuan } from '../channel-aid.ts'
import type { Rig, Shop } from '../rig.ts'

/** 订单状态 as a shop's export writes it in Chinese. [assumed] */
const statuses: Readonly<Record<string, string>> = {
  unpaid: '待付款',
  'on-hold': '修改中',
  'paid-wait-ship': '待发货',
  'partially-shipped': '部分发货',
  shipped: '已发货',
  completed: '已送达',
  'closed-unpaid': '已取消',
  'closed-refunded': '已取消',
}

/** The platform has no field for the district: it stands before the street. */
const streetOf = ({ district, address }: Truth['receiver']) =>
  address.startsWith(district) ? address : `${district}${address}`

/**
 * States that only the merchant's hand brings, parcels that arrive one by one, refunds that a bank has under way or turns down, and a
 * remark that comes after more history than one answer holds.
 */
async function live(rig: Rig, shop: Shop): Promise<void> {
  await rig.pass(60_000)
  const orders = await rig.controls.orders()
  const some = (status: string, offset: number) =>
    orders.filter((order, place) => order.status === status && place % 4 === offset).map(({ orderNo }) => orderNo)
  const put = (orderNos: readonly string[], state: string) => rig.controls.ask('states', { orderNos, state })
  await put(some('unpaid', 0), 'Draft')
  await put(some('unpaid', 1), 'PaymentAuthorized')
  await put(some('paid-wait-ship', 0), 'ArrangingAdditionalPayment')
  await put(some('partially-shipped', 0), 'PartiallyDelivered')
  await put(some('shipped', 0), 'PartiallyDelivered')

  const pay = (orderNos: readonly string[], state: string) => rig.controls.ask('refunds', { orderNos, state })
  await pay([...some('paid-wait-ship', 1), ...some('completed', 1), ...some('completed', 2)], 'Pending')
  await pay(some('completed', 1), 'Failed')
  await pay(some('completed', 2), 'Settled')

  const [channelOrderNo = ''] = some('paid-wait-ship', 2)
  for (let turn = 0; turn < 50; turn += 1) {
    await pay([channelOrderNo], 'Pending')
    await pay([channelOrderNo], 'Failed')
  }
  await rig.does('orders.remark')(shop, { channelOrderNo, remark: '加急，发中通', flag: null })
}

const truth: TruthFacts = {
  live,
  // Money only authorised, orders being changed, charges beside the goods, discounts that do not divide, carts: seldom, unless asked for.
  settings: { authorizedShare: 0.05, modifyingShare: 0.05, surchargeShare: 0.1, unevenShare: 0.5, cartShare: 0.1 },
  // There is no presale: own-site.md 4.
  without: ['deposit-paid'],
  // A sum that names no goods is told of the order as a whole: own-site.md 4.
  says: /^refund-not-by-line$/,
  tellsRefundsByLine: ({ warnings }) => !warnings.includes('refund-not-by-line'),
}

/** One row a line. */
export const aid: ChannelAid = {
  truth,
  hasFlags: false,
  // own-site.md 4: a refund is made by the merchant; that somebody asked for it is no word of the platform.
  hasRefundRequests: false,
  // own-site.md 4: until the money is back the merchant's refund is Pending, and it may be Failed.
  refundsHaveWords: true,
  sheetOf: (orders) =>
    sheetOf(
      '订单.csv',
      orders.flatMap((order) =>
        order.lines.map((line) => ({
          订单ID: order.orderNo,
          订单状态: statuses[order.status] ?? order.status,
          下单时间: wallTime(order.createdAt),
          付款时间: wallTime(order.paidAt),
          币种: 'CNY',
          运费: yuan(order.freightFen),
          附加费: yuan(
            order.paidTotalFen - order.freightFen - order.lines.reduce((all, { paidFen }) => all + paidFen, 0),
          ),
          已退款金额: order.refundedFen > 0 ? yuan(order.refundedFen) : '',
          商家备注: order.remark,
          收货人: order.receiver.name,
          电话: order.receiver.phone,
          省: order.receiver.province,
          城市: order.receiver.city,
          地址: streetOf(order.receiver),
          商品行ID: line.lineNo,
          商品ID: line.itemNo,
          规格ID: line.skuNo,
          SKU: line.merchantCode,
          商品名称: line.title,
          数量: String(line.quantity),
          实付小计: yuan(line.paidFen),
          快递公司: line.shippedQuantity > 0 ? '圆通速递' : '',
          快递单号: line.shippedQuantity > 0 ? 'YT7300000001' : '',
        })),
      ),
    ),
}
