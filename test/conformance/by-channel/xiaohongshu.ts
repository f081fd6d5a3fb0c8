import { type ChannelAid, sheetOf, wallTime, yuan } from '../channel-aid.ts'

/** 订单状态 as 千帆 exports it. [assumed] */
const statuses: Readonly<Record<string, string>> = {
  unpaid: '待支付',
  'on-hold': '处理中',
  'paid-wait-ship': '待发货',
  'partially-shipped': '部分发货',
  shipped: '已发货',
  completed: '已完成',
  'closed-unpaid': '已取消',
  'closed-refunded': '已关闭',
}

const minute = 60_000

/** The export has one row a SKU, and times to the second. */
export const aid: ChannelAid = {
  // xiaohongshu.md 3: within a short while a code gives the same token, after ten minutes it is over; renewal in the last half hour alone.
  codeLivesMs: 10 * minute,
  renewsWithinMs: 30 * minute,
  // xiaohongshu.md 11: path, query, app and time.
  signsBody: false,
  // xiaohongshu.md 6: pieces of a SKU are one row, which has no number of its own.
  namesLinesBySku: true,
  // xiaohongshu.md 8: a receiver is told while goods wait to be sent.
  keepsReceiverBack: ({ status }) => !['paid-wait-ship', 'partially-shipped'].includes(status),
  truth: {
    settings: { riskCheckShare: 0.05, fullPresaleShare: 0.05 },
    hasPresale: true,
    hasGifts: true,
    // xiaohongshu.md 9: a SKU is sent once and whole.
    splitsLines: false,
    // xiaohongshu.md 7: an order whose deposit is paid is 1, as one of which nothing is.
    without: ['deposit-paid'],
    // xiaohongshu.md 6: a presale may not leave before it begins.
    says: /^not-before:/,
  },
  sheetOf: (orders) =>
    sheetOf(
      '订单导出.xlsx',
      orders.flatMap((order) =>
        order.lines.map((line) => ({
          订单号: order.orderNo,
          订单状态: statuses[order.status] ?? order.status,
          售后状态: line.refundState === 'success' ? '售后完成' : '无售后',
          下单时间: wallTime(order.createdAt),
          支付时间: wallTime(order.paidAt),
          商品ID: line.itemNo,
          规格ID: line.skuNo,
          商品名称: line.title,
          商家编码: line.merchantCode,
          商品数量: String(line.quantity),
          是否赠品: line.isGift ? '是' : '否',
          '商品实付金额(元)': yuan(line.paidFen),
          '运费(元)': yuan(order.freightFen),
          收件人姓名: order.receiver.name,
          收件人电话: order.receiver.phone,
          省: order.receiver.province,
          市: order.receiver.city,
          区: order.receiver.district,
          详细地址: order.receiver.address,
          用户备注: order.note,
          商家备注: order.remark,
          快递公司: line.shippedQuantity > 0 ? '圆通速递' : '',
          快递单号: line.shippedQuantity > 0 ? 'YT7300000001' : '',
        })),
      ),
    ),
}
