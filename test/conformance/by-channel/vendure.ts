import type { Truth } from '../../../simulators/simulator.ts'
import { type ChannelAid, sheetOf, type TruthFacts, wallTime, yuan } from '../channel-aid.ts'

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

const truth: TruthFacts = {
  // Money only authorised, orders being changed, charges beside the goods: seldom, unless asked for.
  settings: { authorizedShare: 0.05, modifyingShare: 0.05, surchargeShare: 0.1 },
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
