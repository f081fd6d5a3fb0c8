import { serviceStatuses } from '../../../simulators/channels/jd/servicing.ts'
import { applicationStatuses } from '../../../simulators/channels/jd/state.ts'
import { type ChannelAid, sheetOf, type TruthFacts, wallTime, yuan } from '../channel-aid.ts'
import type { Rig, Shop } from '../rig.ts'
import { pagesOf, rowsOf } from '../stage.ts'

/** 订单状态 as the merchant's back office exports it. [assumed] */
const statuses: Readonly<Record<string, string>> = {
  unpaid: '等待付款',
  'on-hold': '锁定',
  'paid-wait-ship': '等待出库',
  'partially-shipped': '部分出库',
  shipped: '等待确认收货',
  completed: '完成',
  'closed-unpaid': '取消',
  'closed-refunded': '取消',
}

const openWords: ReadonlySet<string> = new Set(['requested', 'wait-return', 'wait-receive-return'])
const servicePrefix = 'asc-'
/** A finished service order pays back by its processing or by its approval, or not at all. Source: jd.md 10.2 [rule]. */
const endings = [{ processResult: 70 }, { approveResult: 34 }, { approveResult: 91 }, { processResult: 80 }, {}]

/** Statuses in which nothing more happens come last, so that the others are seen as well. */
async function decide(rig: Rig, shop: Shop): Promise<void> {
  const span = { from: rig.now() - 86_400_000, to: rig.now() + 1_000 }
  const cases = rowsOf(await pagesOf((cursor) => rig.does('aftersales.pull')(shop, { span, cursor })))
    .map((seen) => seen.case)
    .filter(({ state }) => openWords.has(state))
  const services = Object.keys(serviceStatuses).map(Number)
  for (const [place, { channelCaseNo }] of cases.entries()) {
    if (!channelCaseNo.startsWith(servicePrefix)) {
      const status = applicationStatuses[place % applicationStatuses.length]
      await rig.controls.ask('refund', { refundNo: channelCaseNo, status })
      continue
    }
    const isOver = place % 3 === 0
    const step = isOver
      ? { status: 10_010, ...endings[place % endings.length] }
      : { status: services[place % services.length] }
    await rig.controls.ask('service', { serviceNo: channelCaseNo.slice(servicePrefix.length), ...step })
  }
}

/** What JD's own people, its carriers and a seller's remarks do: pauses, decisions of every kind, remarks that come back signed. */
async function live(rig: Rig, shop: Shop): Promise<void> {
  const orders = await rig.controls.orders()
  const every = (nth: number, offset: number) =>
    orders.filter((_, place) => place % nth === offset).map(({ orderNo }) => orderNo)
  await rig.pass(60_000)
  await decide(rig, shop)
  await rig.pass(60_000)
  await rig.controls.ask('state', { orderNos: every(25, 3), state: 'PAUSE' })
  await rig.controls.ask('state', { orderNos: every(25, 8), state: 'POP_ORDER_PAUSE' })
  await rig.controls.ask('state', { orderNos: every(25, 13), state: 'WAIT_SELLER_DELIVERY' })
  for (const channelOrderNo of every(10, 4)) {
    await rig.does('orders.remark')(shop, {
      channelOrderNo,
      remark: `【加急】第${channelOrderNo.slice(-2)}批`,
      flag: null,
    })
  }
  await rig.pass(60_000)
}

const truth: TruthFacts = {
  // Splits, cash on delivery, JD's own warehouses, fees and discounts of the payment channel: jd.md 6.3 to 6.5, 15.
  settings: {
    splitShare: 0.3,
    cashOnDeliveryShare: 0.05,
    platformWarehouseShare: 0.05,
    feeShare: 0.1,
    payDiscountShare: 0.1,
  },
  live,
  hasGifts: true,
  // There is no presale.
  without: ['deposit-paid'],
  // A parent that was split: jd.md 6.3.
  noOrder: 'split-parent',
  // A child names its parent, goods of JD's warehouses are not ours to send, an application before shipping names no goods: jd.md 6.3, 6.4, 10.1.
  says: /^(split-from:\d+|fulfilled-by-platform|refund-not-by-line)$/,
  // The standard has no word for what the seller agreed to and finance has yet to pay: it is being handled. Source: jd.md 10.1.
  trueLine: (line) => (line.refundState === 'agreed' ? { ...line, refundState: 'wait-receive-return' } : line),
  // An application is about the order and marks all its lines: jd.md 10.1. Where a line has no mark, every other mark is a service order's own.
  tellsRefundsByLine: ({ lines }) => lines.length === 1 || lines.some(({ refundState }) => refundState === 'none'),
}

/** One row a line. */
export const aid: ChannelAid = {
  truth,
  // Code 2 says both: jd.md 5.
  oneThrottleWord: true,
  // Rows of an order have no number: jd.md 6.4.
  namesLinesBySku: true,
  sheetOf: (orders) =>
    sheetOf(
      '订单导出.csv',
      orders.flatMap((order) =>
        order.lines.map((line) => ({
          订单号: order.orderNo,
          商品ID: line.skuNo,
          商品名称: line.title,
          订购数量: String(line.quantity),
          支付方式: '在线支付',
          下单时间: wallTime(order.createdAt),
          京东价: yuan(Math.ceil(line.paidFen / line.quantity)),
          商品实付金额: yuan(line.paidFen),
          应付金额: yuan(order.paidTotalFen),
          余额支付: '0.00',
          运费金额: yuan(order.freightFen),
          订单状态: statuses[order.status] ?? order.status,
          下单帐号: 'jd_4c9e****1d3',
          客户姓名: order.receiver.name,
          客户地址: [order.receiver.province, order.receiver.city, order.receiver.district, order.receiver.address]
            .filter((part) => part !== '')
            .join(' '),
          联系电话: order.receiver.phone,
          订单备注: order.note,
          商家备注: order.remark,
          付款确认时间: wallTime(order.paidAt),
          商家SKU编码: line.merchantCode,
          承运商: line.shippedQuantity > 0 ? '圆通快递' : '',
          运单号: line.shippedQuantity > 0 ? 'YT7300000001' : '',
        })),
      ),
    ),
}
