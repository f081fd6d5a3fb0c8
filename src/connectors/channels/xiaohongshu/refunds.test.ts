import { describe, expect, test } from 'vitest'
import { ChannelCase, ChannelOrder } from '../../../core/channel/shapes.ts'
import { toCase } from './aftersales.ts'
import { AfterSale, Detail } from './payload.ts'
import returned from './samples/case-return.json' with { type: 'json' }
import unshipped from './samples/case-unshipped.json' with { type: 'json' }
import cases from './samples/cases.json' with { type: 'json' }
import closed from './samples/detail-closed.json' with { type: 'json' }
import multi from './samples/detail-multi.json' with { type: 'json' }
import refunded from './samples/detail-refunded.json' with { type: 'json' }
import { toOrder } from './to-order.ts'

type Fields = Readonly<Record<string, unknown>>
const [tea, cup] = multi.data.skuList.map((row) => row.skuId) as [string, string]

const caseOf = (fields: Fields) =>
  AfterSale.parse({ returnsId: 'R1', orderId: multi.data.orderId, returnType: 1, status: 4, ...fields })
const orderOf = (records: readonly AfterSale[], given: Fields = multi.data) =>
  ChannelOrder.parse(toOrder(Detail.parse(given), { cases: records }))
const figures = (order: ChannelOrder) =>
  order.lines.map((line) => [line.refundState, line.refundedFen, line.refundedQuantity, line.refundingQuantity])

describe('the samples’ after-sales', () => {
  test('a return that is done', () => {
    const order = orderOf([AfterSale.parse(returned.data.afterSaleInfo)], refunded.data)
    expect(order).toMatchObject({ refundedFen: 6900, orderRefundState: 'partial', paidTotalFen: 10890 })
    expect(figures(order)).toEqual([
      ['success', 6900, 1, 0],
      ['none', 0, 0, 0],
    ])
  })

  test('a refund before anything left', () => {
    const order = orderOf([AfterSale.parse(unshipped.data.afterSaleInfo)], closed.data)
    expect(order).toMatchObject({ refundedFen: 12000, orderRefundState: 'full', status: 'closed-refunded' })
    expect(figures(order)).toEqual([['success', 12000, 1, 0]])
  })

  test('those of other orders do not count', () => {
    expect(orderOf([AfterSale.parse(returned.data.afterSaleInfo)]).refundedFen).toBe(0)
  })
})

describe('what came back', () => {
  const both = [
    { skuId: tea, appliedCount: 1, appliedTotalAmountYuan: 34.9 },
    { skuId: cup, appliedCount: 1, appliedTotalAmountYuan: 66 },
  ]

  test('is shared over the SKUs of one after-sale, and freight belongs to the order', () => {
    const order = orderOf([caseOf({ refundAmountYuan: 106.9, appliedShipFeeAmountYuan: 6, skus: both })])
    expect(order).toMatchObject({ refundedFen: 10690, orderRefundState: 'partial' })
    expect(figures(order).slice(0, 2)).toEqual([
      ['success', 3490, 1, 0],
      ['success', 6600, 1, 0],
    ])
  })

  test('is what was really paid, not what was asked for', () => {
    const skus = [{ skuId: tea, appliedCount: 3, appliedTotalAmountYuan: 104.7 }]
    const order = orderOf([caseOf({ expectedRefundAmountYuan: 104.7, refundAmountYuan: 40.01, skus })])
    expect(figures(order)[0]).toEqual(['success', 4001, 1, 0])
  })

  test.each([
    [39.9, 3990],
    [0.1 + 0.2, 30],
    [1.15, 115],
    ['8.07', 807],
  ])('of %s yuan is %i fen', (refundAmountYuan, fen) => {
    expect(orderOf([caseOf({ refundAmountYuan, skus: both })]).refundedFen).toBe(fen)
  })

  test('adds up over after-sales', () => {
    const one = { skus: [{ skuId: cup, appliedCount: 1, appliedTotalAmountYuan: 20 }], refundAmountYuan: 20 }
    const order = orderOf([caseOf(one), caseOf({ ...one, returnsId: 'R2', refundAmountYuan: 46 })])
    expect(figures(order)[1]).toEqual(['success', 6600, 1, 0])
  })

  test('all of it is the whole order', () => {
    const skus = [{ skuId: tea, appliedCount: 3 }, { skuId: cup }]
    expect(orderOf([caseOf({ refundAmountYuan: 176.7, skus })]).orderRefundState).toBe('full')
  })

  test('as price protection takes no pieces', () => {
    const skus = [{ skuId: cup, appliedCount: 1, appliedTotalAmountYuan: 66 }]
    const order = orderOf([caseOf({ returnType: 6, refundAmountYuan: 66, skus })])
    expect(figures(order)[1]).toEqual(['success', 6600, 0, 0])
  })

  test('by exchange is nothing', () => {
    const skus = [{ skuId: cup, appliedCount: 1, appliedTotalAmountYuan: 66 }]
    const order = orderOf([caseOf({ returnType: 2, refundAmountYuan: 66, skus })])
    expect(order).toMatchObject({ refundedFen: 0, orderRefundState: 'none' })
    expect(figures(order)[1]).toEqual(['closed', 0, 0, 0])
  })

  test('from an after-sale that names no SKU counts for the order alone', () => {
    const order = orderOf([caseOf({ refundAmountYuan: 5 })])
    expect(order).toMatchObject({ refundedFen: 500, orderRefundState: 'partial' })
    expect(figures(order)[0]).toEqual(['none', 0, 0, 0])
  })
})

test('an open after-sale wins over one that is done, and says how many pieces it is about', () => {
  const sku = { skuId: tea, appliedCount: 1, appliedTotalAmountYuan: 34.9 }
  const done = caseOf({ refundAmountYuan: 34.9, skus: [sku] })
  const open = caseOf({ returnsId: 'R2', status: 3, expectedRefundAmountYuan: 34.9, skus: [sku] })
  const order = orderOf([done, open])
  expect(order).toMatchObject({ orderRefundState: 'in-progress', refundedFen: 3490, mayShipNow: false })
  expect(figures(order)[0]).toEqual(['wait-receive-return', 3490, 1, 1])
  expect(order.remainingToShip[0]).toEqual({ channelSkuNo: tea, quantity: 2 })
})

describe('a case', () => {
  test('of a return that is done', () => {
    const told = toCase(AfterSale.parse(returned.data.afterSaleInfo), 'ZT0000000000014')
    expect(ChannelCase.parse(told)).toEqual({
      channelCaseNo: 'R7700112233440001',
      channelOrderNo: 'P770011223344556603',
      channelLineNo: cup,
      channelStatus: '4',
      state: 'success',
      kind: 'return-and-refund',
      refundFen: 6900,
      quantity: 1,
      reason: '商品破损/污渍',
      beforeShipping: false,
      returnWaybillNo: 'ZT0000000000014',
      createdAt: '2025-12-28T10:16:40.000Z',
      modifiedAt: '2025-12-31T15:46:40.000Z',
    })
  })

  test.each([
    [1, 'return-and-refund', false],
    [2, 'exchange', false],
    [4, 'refund-only', false],
    [5, 'refund-only', true],
    [6, 'refund-only', null],
    [99, 'other', null],
  ])('of kind %i is %s', (returnType, kind, beforeShipping) => {
    const row = { ...cases.data.afterSaleBasicInfos[2], returnType }
    expect(toCase(AfterSale.parse(row), null)).toMatchObject({ kind, beforeShipping, channelLineNo: null })
  })

  test('of a list row tells what is asked for', () => {
    expect(toCase(AfterSale.parse(cases.data.afterSaleBasicInfos[2]), null)).toMatchObject({
      state: 'requested',
      refundFen: 3990,
      quantity: null,
    })
  })
})
