import type { Truth, TruthLine } from '../../../simulators/simulator.ts'
import { type ChannelAid, sheetOf, type TruthFacts, wallTime, yuan } from '../channel-aid.ts'
import type { Rig, Shop } from '../rig.ts'

/** 订单状态 as the back office shows it in Chinese. [assumed] */
const statuses: Readonly<Record<string, string>> = {
  unpaid: '待付款',
  'on-hold': '保留',
  'paid-wait-ship': '正在处理',
  'partially-shipped': '部分发货',
  shipped: '已完成',
  completed: '已完成',
  'closed-unpaid': '已取消',
  'closed-refunded': '已退款',
}

/** The platform has no field for the district: it stands before the street. */
const streetOf = ({ district, address }: { readonly district: string; readonly address: string }) =>
  address.startsWith(district) ? address : `${district}${address}`

/** What the shop owner does by hand, and plugins add: statuses, whatever came before them, sums paid back for no line, codes of provinces. */
async function live(rig: Rig, shop: Shop): Promise<void> {
  await rig.pass(60_000)
  await rig.controls.ask('plugins', { partialShipped: true, stateCodes: true })
  const orders = await rig.controls.orders()
  const some = (status: string, offset: number) =>
    orders.filter((order, place) => order.status === status && place % 4 === offset).map(({ orderNo }) => orderNo)
  await rig.controls.ask('status', { orderNos: some('unpaid', 0), status: 'failed' })
  await rig.controls.ask('status', { orderNos: some('unpaid', 1), status: 'trash' })
  await rig.controls.ask('status', { orderNos: some('paid-wait-ship', 0), status: 'partial-shipped' })
  await rig.controls.ask('status', { orderNos: some('paid-wait-ship', 1), status: 'on-hold' })
  await rig.controls.ask('status', { orderNos: some('paid-wait-ship', 2), status: 'failed' })
  await rig.controls.ask('status', { orderNos: some('completed', 2), status: 'refunded' })
  const sums = orders.filter(({ lines, status }) => lines.length > 1 && status === 'completed')
  await rig.controls.act({
    kind: 'refund',
    orderNos: sums.map(({ orderNo }) => orderNo),
    amountFen: 50,
    outcome: 'success',
  })
  for (const channelOrderNo of some('completed', 3)) {
    await rig.does('orders.remark')(shop, { channelOrderNo, remark: `第 ${channelOrderNo} 单，已回访`, flag: null })
  }
}

const truth: TruthFacts = {
  live,
  // There is no presale, and nothing between paid and completed: own-site.md 2.2.
  without: ['deposit-paid', 'shipped'],
  // Which goods are in a parcel only our own notes say: own-site.md 2.3.
  toldStatus: ({ status }) => (status === 'shipped' ? 'partially-shipped' : status),
  // Until the platform knows that all has left, what we say of pieces cannot be compared.
  toldLine: (line, order) => (hasLeft(order, line) ? line : { ...line, shippedQuantity: 0 }),
  // A status that says so without such a note, and a bare sum: own-site.md 2.2, 2.3.
  says: /^(shipped-lines-unknown|refund-not-by-line)$/,
}

const hasLeft = (order: Truth, { lineNo }: TruthLine) =>
  order.lines.some((line) => line.lineNo === lineNo && line.shippedQuantity > 0)

/** One row a line. */
export const aid: ChannelAid = {
  truth,
  hasFlags: false,
  // own-site.md 2.4.
  signsTime: false,
  // own-site.md 2.3: a refund is money gone.
  hasRefundRequests: false,
  // own-site.md 2.2: what was sent is completed.
  shippedStatus: 'completed',
  // own-site.md 2.3: a tracking number stands alone.
  parcelsNameNoGoods: true,
  sheetOf: (orders) =>
    sheetOf(
      '订单.csv',
      orders.flatMap((order) =>
        order.lines.map((line) => ({
          订单ID: order.orderNo,
          订单状态: statuses[order.status] ?? order.status,
          下单时间: wallTime(order.createdAt),
          付款时间: wallTime(order.paidAt),
          运费: yuan(order.freightFen),
          附加费: yuan(
            order.paidTotalFen - order.freightFen - order.lines.reduce((all, { paidFen }) => all + paidFen, 0),
          ),
          已退款金额: order.refundedFen > 0 ? yuan(order.refundedFen) : '',
          客户备注: order.note,
          商家备注: order.remark,
          收货人: order.receiver.name,
          电话: order.receiver.phone,
          省: order.receiver.province,
          城市: order.receiver.city,
          地址: streetOf(order.receiver),
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
