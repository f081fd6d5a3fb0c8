import { expect, test } from 'vitest'
import { type LiveOrder, type PackedParcel, reasonNotReady, reasonToStop } from './may-leave.ts'

const parcel: PackedParcel = {
  warehouseId: 1,
  orderIds: [7],
  lines: [
    { orderId: 7, lineId: 70, skuId: 5, quantity: 2 },
    { orderId: 7, lineId: 71, skuId: 6, quantity: 1 },
  ],
}
const order: LiveOrder = {
  orderId: 7,
  state: 'allocated',
  warehouseId: 1,
  stop: null,
  lines: [
    { lineId: 71, skuId: 6, quantity: 1 },
    { lineId: 70, skuId: 5, quantity: 2 },
  ],
}
const asked = (given: Partial<LiveOrder>) => reasonToStop(parcel, new Map([[7, { ...order, ...given }]]))

test('a parcel whose order is as it was packed may leave', () => expect(asked({})).toBeNull())

test.each([
  { when: 'a refund is open', given: { state: 'held', stop: '退款中' }, reason: '退款中' },
  { when: 'it was closed', given: { state: 'closed', stop: '订单已关闭', lines: [] }, reason: '订单已关闭' },
  { when: 'it was stopped and approved anew', given: { state: 'approved' }, reason: '订单重新审核过' },
  { when: 'it moved to another warehouse', given: { warehouseId: 2 }, reason: '订单换了仓' },
  { when: 'a line was refunded', given: { lines: [order.lines[0]!] }, reason: '订单内容变了' },
  {
    when: 'a line is another SKU now',
    given: { lines: [order.lines[0]!, { ...order.lines[1]!, skuId: 9 }] },
    reason: '订单内容变了',
  },
  {
    when: 'a quantity changed',
    given: { lines: [order.lines[0]!, { ...order.lines[1]!, quantity: 1 }] },
    reason: '订单内容变了',
  },
] as const)('when $when it stays: $reason', ({ given, reason }) => expect(asked(given)).toMatch(`${reason}`))

test('one stopped order of several stops the parcel', () => {
  const two = {
    ...parcel,
    orderIds: [7, 8],
    lines: [...parcel.lines, { orderId: 8, lineId: 80, skuId: 5, quantity: 1 }],
  }
  const other = { ...order, orderId: 8, lines: [{ lineId: 80, skuId: 5, quantity: 1 }] }
  const both = (given: Partial<LiveOrder>) =>
    reasonToStop(
      two,
      new Map([
        [7, order],
        [8, { ...other, ...given }],
      ]),
    )
  expect(both({})).toBeNull()
  expect(both({ stop: '买家申请取消' })).toBe('买家申请取消')
  expect(reasonToStop(two, new Map([[7, order]]))).toBe('订单不存在')
})

const ready = { state: 'checked', waybillNo: '73512345678944', pieces: 3, checked: 3 } as const

test.each([
  { when: 'checked and numbered', given: {}, unchecked: false, code: undefined },
  { when: 'only printed', given: { state: 'printed', checked: 2 }, unchecked: false, code: 'not-checked' },
  {
    when: 'only printed, and shipped unchecked',
    given: { state: 'printed', checked: 0 },
    unchecked: true,
    code: undefined,
  },
  { when: 'without a number', given: { waybillNo: null }, unchecked: true, code: 'no-waybill' },
  { when: 'gone already', given: { state: 'shipped' }, unchecked: true, code: 'state' },
  { when: 'taken apart', given: { state: 'cancelled' }, unchecked: true, code: 'state' },
  { when: 'stopped', given: { state: 'stopped' }, unchecked: true, code: 'state' },
] as const)('a parcel that is $when: $code', ({ given, unchecked, code }) => {
  expect(reasonNotReady({ ...ready, ...given }, unchecked)?.code).toBe(code)
})
