import type { Truth } from '../../../simulators/simulator.ts'
import { type ChannelAid, sheetOf, wallTime, yuan } from '../channel-aid.ts'

/** 订单状态 in a sheet of one's own website. */
const statuses: Readonly<Record<string, string>> = {
  unpaid: '待付款',
  'paid-wait-ship': '待发货',
  'partially-shipped': '部分发货',
  shipped: '已发货',
  completed: '已完成',
  'closed-unpaid': '已取消',
  'closed-refunded': '已退款',
}

/** Goods are known by their SKU alone, and a refund names no line (own-site.md 6.2): it is known of one-line orders, and of full refunds. */
const isRefundUntold = (order: Truth) => order.lines.length > 1 && order.refundState !== 'full'
const untold = { refundState: 'untold', refundedFen: 0 }

export const aid: ChannelAid = {
  truth: {
    without: ['deposit-paid', 'on-hold'],
    says: /^refund-not-by-line$/,
    trueLine: (line, order) => ({ ...line, itemNo: line.skuNo, ...(isRefundUntold(order) ? untold : {}) }),
    toldLine: (line, order) => (isRefundUntold(order) ? { ...line, ...untold } : line),
  },
  sheetOf: (orders) =>
    sheetOf(
      '订单.csv',
      orders.flatMap((order) =>
        order.lines.map((line) => ({
          订单号: order.orderNo,
          下单时间: wallTime(order.createdAt),
          付款时间: wallTime(order.paidAt),
          修改时间: wallTime(order.modifiedAt),
          订单状态: statuses[order.status] ?? order.status,
          收件人: order.receiver.name,
          手机: order.receiver.phone,
          省: order.receiver.province,
          市: order.receiver.city,
          区: order.receiver.district,
          详细地址: order.receiver.address,
          明细编号: line.lineNo,
          商品名称: line.title,
          商家编码: line.merchantCode,
          数量: String(line.quantity),
          实付: yuan(line.paidFen),
          运费: yuan(order.freightFen),
          其他费用: yuan(
            order.paidTotalFen - order.freightFen - order.lines.reduce((all, { paidFen }) => all + paidFen, 0),
          ),
          买家留言: order.note,
          快递公司: line.shippedQuantity > 0 ? '圆通速递' : '',
          快递单号: line.shippedQuantity > 0 ? 'YT7300000001' : '',
        })),
      ),
    ),
}
