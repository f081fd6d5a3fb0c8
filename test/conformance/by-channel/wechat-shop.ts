import { type ChannelAid, sheetOf, wallTime, yuan } from '../channel-aid.ts'

/** 订单状态 as the 小店 back office exports it. [assumed] */
const statuses: Readonly<Record<string, string>> = {
  unpaid: '待付款',
  'on-hold': '待成团',
  'paid-wait-ship': '待发货',
  'partially-shipped': '部分发货',
  shipped: '待收货',
  completed: '已完成',
  'closed-unpaid': '已取消',
  'closed-refunded': '已取消',
}

/** One row a line. */
export const aid: ChannelAid = {
  hasFlags: false,
  // wechat-shop.md 11: anything else is sent again.
  pushAnswer: 'success',
  truth: {
    // Presents, groups, prizes and points, presales, gifts of the bought SKU, virtual numbers: wechat-shop.md 4 to 6.
    settings: {
      presentShare: 0.03,
      togetherShare: 0.03,
      prizeShare: 0.03,
      presaleShare: 0.05,
      twinGiftShare: 0.5,
      virtualNumberShare: 0.1,
    },
    hasGifts: true,
    // wechat-shop.md 5: there are no deposits.
    without: ['deposit-paid'],
  },
  sheetOf: (orders) =>
    sheetOf(
      '订单导出.csv',
      orders.flatMap((order) =>
        order.lines.map((line) => ({
          订单号: order.orderNo,
          商品行编号: line.lineNo,
          订单状态: statuses[order.status] ?? order.status,
          下单时间: wallTime(order.createdAt),
          支付时间: wallTime(order.paidAt),
          '商品编码(平台)': line.itemNo,
          'SKU编码(平台)': line.skuNo,
          'SKU编码(自定义)': line.merchantCode,
          商品名称: line.title,
          商品数量: String(line.quantity),
          商品实付金额: yuan(line.paidFen),
          订单运费: yuan(order.freightFen),
          订单实际支付金额: yuan(order.paidTotalFen),
          收件人姓名: order.receiver.name,
          收件人手机: order.receiver.phone,
          省: order.receiver.province,
          市: order.receiver.city,
          区: order.receiver.district,
          详细地址: order.receiver.address,
          买家留言: order.note,
          商家备注: order.remark,
          售后状态: line.refundState === 'success' ? '退款成功' : '无售后',
          退款金额: line.refundState === 'success' ? yuan(line.refundedFen) : '',
          快递单号: line.shippedQuantity > 0 ? 'YT7300000001' : '',
          快递公司: line.shippedQuantity > 0 ? '圆通速递' : '',
        })),
      ),
    ),
}
