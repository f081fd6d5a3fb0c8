import { caseWords } from '../../../simulators/channels/pinduoduo/refunding.ts'
import { type ChannelAid, sheetOf, wallTime, yuan } from '../channel-aid.ts'
import type { Rig, Shop } from '../rig.ts'
import { pagesOf, rowsOf } from '../stage.ts'

/** 订单状态 as 拼多多商家后台 exports it. [assumed] */
const statuses: Readonly<Record<string, string>> = {
  unpaid: '待支付',
  'on-hold': '待成团',
  'paid-wait-ship': '待发货',
  shipped: '已发货，待收货',
  completed: '已收货',
  'closed-unpaid': '已取消',
  'closed-refunded': '未发货，退款成功',
}

const openWords: ReadonlySet<string> = new Set(['requested', 'wait-return'])

/** What the platform, other buyers and the seller's own people do: groups that fail or fill, orders looked into, after-sales in every state. */
async function live(rig: Rig, shop: Shop): Promise<void> {
  await rig.pass(60_000)
  const orderNos = (await rig.controls.orders()).map(({ orderNo }) => orderNo)
  const changes = ['group', 'group-fails', 'risk', 'no-risk', 'hold', 'release'] as const
  for (const [turn, change] of changes.entries()) {
    const chosen = orderNos.filter((_, place) => place % 8 === turn)
    await rig.controls.ask('change', { orderNos: chosen, change })
  }
  await rig.pass(60_000)
  const span = { from: rig.now() - 29 * 60_000, to: rig.now() }
  const seen = rowsOf(await pagesOf((cursor) => rig.does('aftersales.pull')(shop, { span, cursor })))
  const statuses = Object.keys(caseWords).map(Number)
  const open = seen.filter((each) => openWords.has(each.case.state))
  for (const [place, each] of open.entries()) {
    await rig.controls.ask('refund', { refundNo: each.case.channelCaseNo, status: statuses[place % statuses.length] })
  }
  await rig.pass(60_000)
}

/** The export has one row a SKU, and times to the second. */
export const aid: ChannelAid = {
  // pinduoduo.md 3: the codes are those of throttles, whatever ran out.
  oneThrottleWord: true,
  // pinduoduo.md 4: lines have no numbers.
  namesLinesBySku: true,
  // pinduoduo.md 7: a part that was sent has no status.
  firstParcelShipsAll: true,
  // pinduoduo.md 5: `pdd.goods.list.get` has no field for it.
  tellsNoPrice: true,
  truth: {
    // pinduoduo.md 4: groups that gather, orders under risk control, orders that the platform holds.
    settings: { gatheringShare: 0.05, riskShare: 0.05, holdShare: 0.03 },
    live,
    hasGifts: true,
    // pinduoduo.md 5: an after-sale names one SKU, whatever it is about; until all money is back nobody knows of the others.
    tellsRefundsByLine: ({ lines, orderRefundState }) => lines.length === 1 || orderRefundState !== 'in-progress',
    // pinduoduo.md 5: the first parcel ships the order.
    splitsLines: false,
    // pinduoduo.md 4, 7: no word for a part that was sent, nor for a deposit.
    without: ['partially-shipped', 'deposit-paid'],
  },
  sheetOf: (orders) =>
    sheetOf(
      '订单导出.xlsx',
      orders.flatMap((order) =>
        order.lines.map((line) => ({
          商品: line.title,
          订单号: order.orderNo,
          订单状态: statuses[order.status] ?? order.status,
          '商品总价(元)': yuan(line.paidFen),
          '店铺优惠折扣(元)': '0.00',
          '平台优惠折扣(元)': '0.00',
          '邮费(元)': yuan(order.freightFen),
          '用户实付金额(元)': yuan(order.paidTotalFen),
          '商品数量(件)': String(line.quantity),
          收货人: order.receiver.name,
          手机: order.receiver.phone,
          省: order.receiver.province,
          市: order.receiver.city,
          区: order.receiver.district,
          街道: order.receiver.address,
          下单时间: wallTime(order.createdAt),
          支付时间: wallTime(order.paidAt),
          商品id: line.itemNo,
          样式ID: line.skuNo,
          '商家编码-SKU维度': line.merchantCode,
          快递单号: line.shippedQuantity > 0 ? 'YT7300000001' : '',
          快递公司: line.shippedQuantity > 0 ? '圆通快递' : '',
          买家留言: order.note,
          商家备注: order.remark,
          售后状态: order.refundState === 'none' ? '无售后或售后取消' : '退款成功',
        })),
      ),
    ),
}
