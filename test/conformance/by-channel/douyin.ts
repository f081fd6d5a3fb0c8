import { type ChannelAid, sheetOf, wallTime, yuan } from '../channel-aid.ts'
import type { Rig } from '../rig.ts'

/** 订单状态 as 抖店 exports it. [assumed] */
const statuses: Readonly<Record<string, string>> = {
  unpaid: '待支付',
  'on-hold': '支付确认中',
  'paid-wait-ship': '待发货',
  'partially-shipped': '部分发货',
  shipped: '已发货',
  completed: '已完成',
  'closed-unpaid': '已关闭',
  'closed-refunded': '已关闭',
}

const hour = 3_600_000

/** Price protection, exchange, re-ship and repair, each from its application to its end: douyin.md 6. */
const paths: readonly (readonly [type: number, steps: readonly string[]])[] = [
  [6, ['done']],
  [3, ['agreed', 'next', 'received', 'sent-anew', 'next']],
  [7, ['agreed', 'next']],
  [8, ['agreed', 'next', 'received', 'next']],
]

/** What the platform does besides: it checks some payments, releases others, and takes after-sales of the rarer kinds some steps on. */
async function live(rig: Rig): Promise<void> {
  await rig.pass(60_000)
  const orders = await rig.controls.orders()
  const waiting = orders.filter(({ status, refundState }) => status === 'paid-wait-ship' && refundState === 'none')
  const checked = waiting.filter((_, place) => place % 3 === 0).map(({ orderNo }) => orderNo)
  await rig.controls.ask('status', { orderNos: checked, status: 105 })
  await rig.pass(60_000)
  await rig.controls.ask('status', { orderNos: checked.filter((_, place) => place % 2 === 0), status: 2 })

  const sent = orders.filter(({ status, refundState }) => status === 'shipped' && refundState === 'none')
  for (const [place, { orderNo, lines }] of sent.entries()) {
    const [type, steps] = paths[place % paths.length]!
    const wish = { orderNo, lineNo: lines[0]!.lineNo, type, amountFen: 100 }
    const { aftersaleId } = await rig.controls.ask<{ readonly aftersaleId: string }>('aftersales', wish)
    await rig.pass(1_000)
    const taken = Math.floor(place / paths.length) % 6
    for (const step of taken === 0 ? ['refused'] : steps.slice(0, taken)) {
      await rig.controls.ask('aftersales', { aftersaleId, step })
    }
  }
  await rig.pass(60_000)
}

/** One row a line. */
export const aid: ChannelAid = {
  // douyin.md 2: with more than an hour left the same pair comes back.
  renewsWithinMs: hour,
  // douyin.md 7: the signature covers app and body; there is no time in it.
  signsTime: false,
  // douyin.md 7: anything else is sent again.
  pushAnswer: '{"code":0,"msg":"success"}',
  truth: {
    // douyin.md 4: payments that are checked, lines that hold their share of the freight.
    settings: { checkedShare: 0.05, freightInLinesShare: 0.3 },
    live,
    hasGifts: true,
    // douyin.md 4: an order that is partly paid is not told apart from one of which nothing is.
    without: ['deposit-paid'],
  },
  sheetOf: (orders) =>
    sheetOf(
      '订单导出.xlsx',
      orders.flatMap((order) =>
        order.lines.map((line) => ({
          主订单编号: order.orderNo,
          子订单编号: line.lineNo,
          选购商品: line.title,
          商品数量: String(line.quantity),
          商品ID: line.itemNo,
          规格ID: line.skuNo,
          商家编码: line.merchantCode,
          是否赠品: line.isGift ? '是' : '否',
          订单应付金额: yuan(line.paidFen),
          运费: yuan(order.freightFen),
          收件人: order.receiver.name,
          收件人手机号: order.receiver.phone,
          省: order.receiver.province,
          市: order.receiver.city,
          区: order.receiver.district,
          详细地址: order.receiver.address,
          买家留言: order.note,
          商家备注: order.remark,
          订单提交时间: wallTime(order.createdAt),
          支付完成时间: wallTime(order.paidAt),
          订单状态: statuses[order.status] ?? order.status,
          售后状态: line.refundState === 'success' ? '退款成功' : '-',
          快递公司: line.shippedQuantity > 0 ? '圆通速递' : '',
          快递单号: line.shippedQuantity > 0 ? 'YT7300000001' : '',
        })),
      ),
    ),
}
