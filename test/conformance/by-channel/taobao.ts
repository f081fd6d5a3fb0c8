import { signPush } from '../../../simulators/channels/taobao/sign.ts'
import type { TruthLine } from '../../../simulators/simulator.ts'
import { type ChannelAid, sheetOf, wallTime, yuan } from '../channel-aid.ts'

/** 订单状态 as 千牛 exports it. [assumed] */
const statuses: Readonly<Record<string, string>> = {
  unpaid: '等待买家付款',
  'on-hold': '买家已付款，暂缓发货',
  'paid-wait-ship': '买家已付款，等待卖家发货',
  'partially-shipped': '卖家部分发货',
  shipped: '卖家已发货，等待买家确认',
  completed: '交易成功',
  'closed-unpaid': '付款以前，卖家或买家主动关闭交易',
  'closed-refunded': '付款以后用户退款成功，交易自动关闭',
}

const isSentInPart = (line: TruthLine) => line.shippedQuantity > 0 && line.shippedQuantity < line.quantity
const isRepaid = (line: TruthLine) => line.refundState === 'success' && line.refundedFen >= line.paidFen
const wholeIfAny = (line: TruthLine) => (line.shippedQuantity > 0 ? line.quantity : 0)

/** One row a line (宝贝明细). */
export const aid: ChannelAid = {
  truth: {
    settings: { groupBuyShare: 0.05, cashOnDeliveryShare: 0.05 },
    hasPresale: true,
    hasGifts: true,
    says: /^held:team_buy_hold$/,
    // The platform counts lines and not pieces: a line sent in part is not yet sent (taobao.md 11.3); closed, it was.
    trueLine: (line) => ({ ...line, shippedQuantity: isSentInPart(line) && !isRepaid(line) ? 0 : wholeIfAny(line) }),
  },
  sheetOf: (orders) =>
    sheetOf(
      'ExportOrderList.xlsx',
      orders.flatMap((order) =>
        order.lines.map((line) => ({
          子订单编号: line.lineNo,
          主订单编号: order.orderNo,
          买家会员名: '阿**',
          标题: line.title,
          价格: yuan(line.paidFen / line.quantity),
          购买数量: String(line.quantity),
          外部系统编号: line.merchantCode,
          买家应付邮费: yuan(order.freightFen),
          买家实际支付金额: yuan(line.paidFen),
          订单状态: statuses[order.status] ?? order.status,
          订单创建时间: wallTime(order.createdAt),
          订单付款时间: wallTime(order.paidAt),
          买家留言: order.note,
          备注: order.remark,
          退款状态: line.refundState === 'success' ? '退款成功' : '没有申请退款',
          退款金额: line.refundState === 'success' ? yuan(line.refundedFen) : '',
          收货人姓名: order.receiver.name,
          联系手机: order.receiver.phone,
          收货地址: [order.receiver.province, order.receiver.city, order.receiver.district, order.receiver.address]
            .filter((part) => part !== '')
            .join(' '),
          运单号: line.shippedQuantity > 0 ? 'YT7300000001' : '',
          物流公司: line.shippedQuantity > 0 ? '圆通速递' : '',
        })),
      ),
    ),
  pushAbout: ({ appKey = '', appSecret = '' }, orderNo, now) => {
    const params = {
      app_key: appKey,
      format: 'json',
      method: 'taobao.trade.changed',
      sign_method: 'md5',
      timestamp: wallTime(now),
      v: '2.0',
    }
    const body = `{"tid":${orderNo},"status":"WAIT_SELLER_SEND_GOODS"}`
    const sign = signPush(appSecret, Object.entries(params), body)
    return {
      method: 'POST',
      path: '/hooks/shop',
      query: String(new URLSearchParams({ ...params, sign })),
      headers: { 'content-type': 'application/json' },
      body,
    }
  },
}
