import { describe, expect } from 'vitest'
import type { Truth } from '../../../simulators/simulator.ts'
import { ChannelCase } from '../../../src/core/channel/shapes.ts'
import type { Span } from '../../../src/kit/channel.ts'
import { aidFor } from '../channel-aid.ts'
import type { Rig, Shop } from '../rig.ts'
import { buyOne, orderOf, pagesOf, rowsOf, type Stage } from '../stage.ts'

const minute = 60_000

const casesOf = async (rig: Rig, shop: Shop, span: Span) =>
  rowsOf(await pagesOf((cursor) => rig.does('aftersales.pull')(shop, { span, cursor })))

const untilNow = (rig: Rig, from: number) => ({ from, to: rig.now() + 1_000 })

async function askBack(rig: Rig, order: Truth, amountFen: number, outcome: 'requested' | 'success' = 'requested') {
  const refund = {
    kind: 'refund',
    orderNos: [order.orderNo],
    lineNo: order.lines[0]!.lineNo,
    amountFen,
    outcome,
  } as const
  expect(await rig.controls.act(refund)).toEqual([order.orderNo])
}

export function asksAboutAftersales(stage: Stage): void {
  describe('after-sales', () => {
    asksAboutCases(stage)
    asksAboutAnswers(stage)
  })
  describe('a remark', () => asksAboutRemarks(stage))
}

function asksAboutCases({ asks }: Stage): void {
  asks('come by the time of their change, once each', ['aftersales.pull', 'aftersales.get'], async (rig) => {
    const { hasRefundRequests = true } = await aidFor(rig.plug.manifest.id)
    const outcomeAt = (place: number) => (hasRefundRequests && place % 2 === 0 ? 'requested' : 'success')
    const lines = [{ merchantCode: 'MB-5001', quantity: 1 }]
    const early = await buyOne(rig, { lines })
    await askBack(rig, early, 900)
    const from = await rig.pass(minute)
    const orders = await rig.controls.buy({ count: 12, seed: 5, lines })
    for (const [place, order] of orders.entries()) {
      await askBack(rig, order, 1_000 + place, outcomeAt(place))
    }
    const to = await rig.pass(minute)
    const later = await buyOne(rig, { lines, seed: 8 })
    await askBack(rig, later, 800)
    await rig.pass(minute)

    const shop = await rig.shop()
    const seen = await casesOf(rig, shop, { from, to })
    for (const { case: each } of seen) expect(ChannelCase.parse(each)).toEqual(each)
    const told = seen.map(({ case: { channelOrderNo, refundFen, state } }) => [channelOrderNo, refundFen, state])
    const expected = orders.map(({ orderNo }, place) => [orderNo, 1_000 + place, outcomeAt(place)])
    expect(new Set(told.map(String))).toEqual(new Set(expected.map(String)))
    expect(new Set(seen.map(({ case: { channelCaseNo } }) => channelCaseNo)).size).toBe(seen.length)
    for (const { case: each } of seen.slice(0, 3)) {
      expect((await rig.does('aftersales.get')(shop, each)).case).toEqual(each)
    }
  })

  asks('nobody opened is not found', ['aftersales.pull', 'aftersales.get'], async (rig) => {
    const { hasRefundRequests = true } = await aidFor(rig.plug.manifest.id)
    const order = await buyOne(rig)
    await askBack(rig, order, 100, hasRefundRequests ? 'requested' : 'success')
    const shop = await rig.shop()
    const [seen] = await casesOf(rig, shop, untilNow(rig, order.createdAt))
    const nobody = { ...seen!.case, channelCaseNo: seen!.case.channelCaseNo.replace(/\d/g, '9') }
    expect(await rig.refusal(() => rig.does('aftersales.get')(shop, nobody))).toMatchObject({
      code: 'CHANNEL_NOT_FOUND',
    })
  })
}

function asksAboutAnswers({ asks }: Stage): void {
  asks('are agreed to once', ['aftersales.answer', 'aftersales.pull', 'orders.get'], async (rig) => {
    const order = await buyOne(rig)
    await askBack(rig, order, 1_234)
    const shop = await rig.shop()
    const [seen] = await casesOf(rig, shop, untilNow(rig, order.createdAt))
    const { channelCaseNo, channelOrderNo } = seen!.case
    const agree = { channelCaseNo, channelOrderNo, decision: 'agree', amountFen: 1_234, message: '同意退款' } as const
    await rig.does('aftersales.answer')(shop, agree)
    expect(await rig.controls.order(order.orderNo)).toMatchObject({ refundedFen: 1_234 })
    expect((await orderOf(rig, shop, order)).refundedFen).toBe(1_234)

    const again = await rig
      .does('aftersales.answer')(shop, agree)
      .then(
        () => 'done',
        async (error: unknown) => (await rig.refusal(() => Promise.reject(error))).code,
      )
    expect(['done', 'CHANNEL_ALREADY_DONE']).toContain(again)
    expect(await rig.controls.order(order.orderNo)).toMatchObject({ refundedFen: 1_234 })
  })
}

function asksAboutRemarks({ asks }: Stage): void {
  asks('is written and read back', ['orders.remark', 'orders.get'], async (rig) => {
    const order = await buyOne(rig)
    const shop = await rig.shop()
    const { hasFlags = true } = await aidFor(rig.plug.manifest.id)
    const flag = hasFlags ? '3' : null
    const remark = rig.does('orders.remark')
    await remark(shop, { channelOrderNo: order.orderNo, remark: '加急，发顺丰 😊 & 附贺卡=1', flag: '3' })
    expect(await orderOf(rig, shop, order)).toMatchObject({ sellerRemark: '加急，发顺丰 😊 & 附贺卡=1', flag })
    expect((await rig.controls.order(order.orderNo)).remark).toBe('加急，发顺丰 😊 & 附贺卡=1')
    await remark(shop, { channelOrderNo: order.orderNo, remark: '已加急', flag: null })
    expect(await orderOf(rig, shop, order)).toMatchObject({ sellerRemark: '已加急', flag })
    await remark(shop, { channelOrderNo: order.orderNo, remark: '', flag: null })
    expect(await orderOf(rig, shop, order)).toMatchObject({ sellerRemark: null, flag })
  })

  asks('too long for the channel is refused before it is sent', ['orders.remark'], async (rig) => {
    const order = await buyOne(rig)
    const shop = await rig.shop()
    const long = { channelOrderNo: order.orderNo, remark: '长'.repeat(5_000), flag: null }
    expect(await rig.refusal(() => rig.does('orders.remark')(shop, long))).toMatchObject({ code: 'INPUT_INVALID' })
    expect((await rig.controls.order(order.orderNo)).remark).toBe('')
  })
}
