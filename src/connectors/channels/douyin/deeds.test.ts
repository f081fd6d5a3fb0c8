import { describe, expect, test } from 'vitest'
import type { ShipmentReport, StockItem } from '../../../kit/channel.ts'
import { douyin } from './index.ts'
import { done, now, platform, refusal, type Said } from './made-up.ts'
import carriers from './samples/carriers.json' with { type: 'json' }
import errors from './samples/errors.json' with { type: 'json' }
import split from './samples/order-split.json' with { type: 'json' }
import waiting from './samples/order-waiting.json' with { type: 'json' }

const operations = douyin.operations as Required<typeof douyin.operations>
const [soda, oat] = ['6950000000000000011', '6950000000000065547']
const splitSoda = '6950000000000000013'
const refused = errors['business-failure']
const partly = { code: 10001, data: {} }

const piece = (channelLineNo: string, quantity: number) => ({
  channelLineNo,
  channelSkuNo: '3412340000000001',
  quantity,
  isWholeLine: true,
})
const parcel: ShipmentReport = {
  channelOrderNo: '6950000000000000011',
  carrier: 'sf',
  carrierName: '顺丰速运',
  waybillNo: 'SF0000000000021',
  shippedAt: now - 1_000,
  lines: [piece(oat, 1), piece(soda, 3)],
  isWholeOrder: true,
}

describe('a shipment', () => {
  const report = (answers: readonly Said[], change: Partial<ShipmentReport> = {}) => {
    const { account, calls, requests, methods } = platform(answers)
    const outcome = operations['shipments.report'](account, { ...parcel, ...change })
    return { calls, requests, methods, outcome }
  }
  const keyOf = async (change: Partial<ShipmentReport>) => {
    const { calls, outcome } = report([done({ pack_id: 'P1' })], change)
    await outcome
    return (calls[0]!.params as { readonly request_id: string }).request_id
  }

  test('names every line with its pieces, and is a write', async () => {
    const { calls, requests, outcome } = report([done({ pack_id: 'P1' })])
    await outcome
    expect(calls).toMatchObject([
      {
        method: 'order.logisticsAddSinglePack',
        params: {
          order_id_list: ['6950000000000000011'],
          shipped_order_info: [
            { shipped_order_id: soda, shipped_num: 3 },
            { shipped_order_id: oat, shipped_num: 1 },
          ],
          company_code: 'shunfeng',
          logistics_code: 'SF0000000000021',
          is_reject_refund: false,
          request_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        },
      },
    ])
    expect(requests[0]).toMatchObject({ operation: 'shipments.report', isWrite: true })
  })

  test('of a part tells the pieces of the part, added up', async () => {
    const { calls, outcome } = report([done()], { isWholeOrder: false, lines: [piece(soda, 1), piece(soda, 1)] })
    await outcome
    expect(calls[0]!.params).toMatchObject({ shipped_order_info: [{ shipped_order_id: soda, shipped_num: 2 }] })
  })

  test('told again has the same key, whatever the order of its lines; another parcel has its own', async () => {
    const key = await keyOf({})
    expect(await keyOf({ lines: parcel.lines.toReversed(), shippedAt: now })).toBe(key)
    expect(await keyOf({ waybillNo: 'SF0000000000022' })).not.toBe(key)
    expect(await keyOf({ lines: [piece(soda, 3)] })).not.toBe(key)
  })

  test('by an unusual carrier is looked up in the platform’s own list', async () => {
    const change = { carrier: 'own-1', carrierName: '虚构速运' }
    const { calls, methods, outcome } = report([carriers, done()], change)
    await outcome
    expect(methods()).toEqual(['order.logisticsCompanyList', 'order.logisticsAddSinglePack'])
    expect(calls[0]!.text).toBe('{}')
    expect(calls[1]!.params).toMatchObject({ company_code: 'xugousuyun' })
    await refusal(report([carriers], { ...change, carrierName: '没有速运' }).outcome, 'CHANNEL_REFUSED')
    await refusal(report([done()], change).outcome, 'CHANNEL_NONSENSE')
  })

  const ofSplit = { channelOrderNo: splitSoda, isWholeOrder: false }
  test.each([
    ['its number is known', { ...ofSplit, lines: [piece(splitSoda, 1)] }],
    ['nothing of it is left', { ...ofSplit, waybillNo: 'SF9', lines: [piece(splitSoda, 2)] }],
  ])('that is refused because %s is done already', async (_, change) => {
    const detail = split.data.shop_order_detail
    const [row] = detail.logistics_info
    const product_info = [{ ...row!.product_info[0], product_count: 3 }]
    const sent = done({ shop_order_detail: { ...detail, logistics_info: [{ ...row, product_info }] } })
    await refusal(report([refused, sent], change).outcome, 'CHANNEL_ALREADY_DONE')
  })

  test.each([
    ['when something of it is left', [refused, split], { ...ofSplit, waybillNo: 'SF9', lines: [piece(splitSoda, 1)] }],
    ['when nothing has left', [refused, waiting], {}],
    ['when a line is another order’s', [refused, split], { ...ofSplit, waybillNo: 'SF9', lines: [piece(oat, 1)] }],
    ['when the order cannot be read', [refused, errors['service-unavailable']], {}],
  ] as const)('that is refused stays so %s', async (_, answers, change) => {
    await refusal(report(answers, change).outcome, 'CHANNEL_REFUSED')
  })

  test.each([
    [errors['rate-limit'], 'CHANNEL_RATE_LIMITED'],
    [errors['token-expired'], 'CHANNEL_NOT_AUTHORISED'],
    [errors['service-unavailable'], 'CHANNEL_UNCLEAR'],
    [partly, 'CHANNEL_UNCLEAR'],
    ['', 'CHANNEL_UNCLEAR'],
    ['{"hello":1}', 'CHANNEL_UNCLEAR'],
    [done('what'), 'CHANNEL_UNCLEAR'],
  ] as const)('answered with %j fails as %s', async (said, code) => {
    await refusal(report([said]).outcome, code)
  })
})

describe('a correction', () => {
  const change = (answers: readonly Said[], input: Partial<ShipmentReport>, formerWaybillNo = 'SF0000000000021') => {
    const { account, calls } = platform(answers)
    const former = { formerWaybillNo, formerCarrier: 'sf' }
    const next = { ...parcel, carrier: 'zto', waybillNo: 'ZT1', channelOrderNo: splitSoda, ...input, ...former }
    return { calls, outcome: operations['shipments.change'](account, next) }
  }
  const changed = { order_id: splitSoda, company_code: 'zhongtong', logistics_code: 'ZT1' }

  test('of a whole order goes by the order', async () => {
    const { calls, outcome } = change([done()], {})
    await outcome
    expect(calls).toMatchObject([{ method: 'order.logisticsEdit', params: changed }])
  })

  test('of a part names its parcel', async () => {
    const { calls, outcome } = change([split, done()], { isWholeOrder: false, lines: [piece(splitSoda, 2)] })
    await outcome
    expect(calls[1]).toMatchObject({
      method: 'order.logisticsEditByPack',
      params: { ...changed, pack_id: '7100000000000000021' },
    })
  })

  test('of a number the order does not have is refused', async () => {
    const part = { isWholeOrder: false, lines: [piece(splitSoda, 2)] }
    await refusal(change([split], part, 'XX1').outcome, 'CHANNEL_REFUSED')
    await refusal(change([split], { ...part, lines: [piece(oat, 1)] }).outcome, 'CHANNEL_REFUSED')
    await refusal(change([''], {}).outcome, 'CHANNEL_UNCLEAR')
  })
})

describe('stock', () => {
  const item = (channelSkuNo: string, quantity: number): StockItem => ({
    channelItemNo: '3700000000000000101',
    channelSkuNo,
    merchantCode: null,
    quantity,
  })
  const push = (answers: readonly Said[], ...items: StockItem[]) => {
    const { account, calls, requests } = platform(answers)
    return { calls, requests, outcome: operations['stock.push'](account, items) }
  }

  test('is set as an absolute number, in bare numbers of any length', async () => {
    const { calls, requests, outcome } = push([done()], item('3412340000000001', 88))
    const [channelItemNo, channelSkuNo] = ['3700000000000000101', '3412340000000001']
    expect(await outcome).toEqual([{ channelItemNo, channelSkuNo, ok: true, reason: null }])
    expect(calls[0]!.text).toBe(
      '{"incremental":false,"product_id":3700000000000000101,"sku_id":3412340000000001,"stock_num":88}',
    )
    expect(requests[0]).toMatchObject({ operation: 'stock.push', isWrite: true })
  })

  test('below nothing is nothing', async () => {
    const { calls, outcome } = push([done()], item('1', -3))
    await outcome
    expect(calls[0]!.params).toMatchObject({ stock_num: 0 })
  })

  test('of one SKU that is refused does not stop the others', async () => {
    const unknown = { ...refused, code: 40004, sub_msg: '找不到对应的sku' }
    const { calls, outcome } = push([unknown, done()], item('1', 1), item('none', 2), item('3', 3))
    expect((await outcome).map(({ channelSkuNo, ok, reason }) => [channelSkuNo, ok, reason])).toEqual([
      ['1', false, '找不到对应的sku'],
      ['none', false, expect.stringContaining('none')],
      ['3', true, null],
    ])
    expect(calls).toHaveLength(2)
  })

  test.each([
    [errors['service-unavailable'], 'CHANNEL_UNCLEAR'],
    [partly, 'CHANNEL_UNCLEAR'],
    ['', 'CHANNEL_UNCLEAR'],
    [errors['rate-limit'], 'CHANNEL_RATE_LIMITED'],
  ] as const)('answered with %j fails as %s', async (said, code) => {
    await refusal(push([said], item('1', 1)).outcome, code)
  })
})

describe('a remark', () => {
  const remark = (answers: readonly Said[], text: string, flag: string | null) => {
    const { account, calls } = platform(answers)
    const input = { channelOrderNo: '6950000000000000011', remark: text, flag }
    return { calls, outcome: operations['orders.remark'](account, input) }
  }

  test.each([
    ['with its flag', '加急 <顺丰> & 🚚', '5', { is_add_star: 'true', star: '5' }],
    ['and leaves the flag', '已催', null, { is_add_star: 'false' }],
    ['and cleared', '', null, { is_add_star: 'false' }],
  ])('is written %s', async (_, text, flag, star) => {
    const { calls, outcome } = remark([done()], text, flag)
    await outcome
    expect(calls).toMatchObject([{ method: 'order.addOrderRemark' }])
    expect(calls[0]!.params).toEqual({ order_id: '6950000000000000011', remark: text, ...star })
  })

  test('too long, or with a flag that is none, is not sent', async () => {
    await refusal(remark([], '长'.repeat(61), '1').outcome, 'INPUT_INVALID')
    await refusal(remark([], '急', '6').outcome, 'INPUT_INVALID')
    await remark([done()], '🚚'.repeat(60), '0').outcome
    await refusal(remark([errors['service-unavailable']], '急', '1').outcome, 'CHANNEL_UNCLEAR')
  })
})
