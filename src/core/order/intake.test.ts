import { describe, expect, test } from 'vitest'
import { anOrder } from '../../../test/aid/orders.ts'
import type { ChannelOrder } from '../channel/shapes.ts'
import { shipByOf } from './deadline.ts'
import { decideIntake, type KnownOrder, receiverStill } from './intake.ts'

const at = Date.parse('2026-11-11T02:00:00Z')
const told = (given: Partial<Omit<ChannelOrder, 'createdAt' | 'modifiedAt'>> = {}, minute = 1) =>
  anOrder({ channelOrderNo: 'A1', createdAt: at, modifiedAt: at + minute * 60_000, ...given })

function known(given: Partial<KnownOrder> = {}): KnownOrder {
  const order = told({}, 0)
  return {
    state: 'approved',
    isWithdrawn: false,
    modifiedAt: at,
    status: order.status,
    channelStatus: order.channelStatus,
    refundState: 'none',
    paidFen: order.paidTotalFen,
    refundedFen: 0,
    mayShipNow: true,
    cancelRequested: false,
    flag: null,
    shipBy: shipByOf(order),
    buyerNote: null,
    sellerRemark: null,
    receiver: order.receiver,
    lines: order.lines.map((line) => ({ ...line, channelShippedQuantity: line.shippedQuantity })),
    ...given,
  }
}

test('an order nobody knew is new', () => {
  expect(decideIntake(null, told())).toEqual({ kind: 'new', state: 'to-review' })
  expect(decideIntake(null, told({ status: 'unpaid' }))).toEqual({ kind: 'new', state: 'unpaid' })
})

test('the same again is the same, an older telling is older', () => {
  expect(decideIntake(known(), told())).toEqual({ kind: 'same' })
  expect(decideIntake(known({ modifiedAt: at + 3_600_000 }), told({ flag: '1' }))).toEqual({ kind: 'older' })
})

test('an order withdrawn with its import begins anew, also when what is told is the same or older', () => {
  const withdrawn = known({ state: 'closed', isWithdrawn: true, modifiedAt: at + 3_600_000 })
  expect(decideIntake(withdrawn, told())).toEqual({ kind: 'back', state: 'to-review' })
  expect(decideIntake(withdrawn, told({ status: 'completed' }))).toEqual({ kind: 'back', state: 'completed' })
  expect(decideIntake(known({ state: 'closed', modifiedAt: at + 3_600_000 }), told())).toEqual({ kind: 'older' })
})

describe('a change names its fields', () => {
  const [line] = told().lines
  test.each([
    { what: 'a flag', given: { flag: '3' }, fields: ['flag'], stops: null },
    { what: 'the seller’s remark', given: { sellerRemark: '发顺丰' }, fields: ['sellerRemark'], stops: null },
    {
      what: 'the buyer’s note',
      given: { buyerNote: '改送公司' },
      fields: ['buyerNote'],
      stops: 'changed-after-approval',
    },
    {
      what: 'the receiver',
      given: { receiver: { ...told().receiver, phone: '13900000002' } },
      fields: ['receiver'],
      stops: 'changed-after-approval',
    },
    {
      what: 'a quantity',
      given: { lines: [{ ...line!, quantity: 2 }] },
      fields: ['line:A1-1:quantity'],
      stops: 'changed-after-approval',
    },
    {
      what: 'another SKU',
      given: { lines: [{ ...line!, channelSkuNo: '9' }] },
      fields: ['line:A1-1:sku'],
      stops: 'changed-after-approval',
    },
    {
      what: 'a line more',
      given: { lines: [line!, { ...line!, channelLineNo: 'A1-2' }] },
      fields: ['line:A1-2'],
      stops: 'changed-after-approval',
    },
    { what: 'a line less', given: { lines: [] }, fields: ['line:A1-1'], stops: 'changed-after-approval' },
    {
      what: 'an open refund',
      given: { orderRefundState: 'in-progress' as const },
      fields: ['refundState'],
      stops: 'refund-open',
    },
    {
      what: 'a wish to cancel',
      given: { cancelRequested: true },
      fields: ['cancelRequested'],
      stops: 'cancel-requested',
    },
    {
      what: 'a hold by the platform',
      given: { status: 'on-hold' as const },
      fields: ['status'],
      stops: 'platform-hold',
    },
  ])('$what', ({ given, fields, stops }) => {
    const intake = decideIntake(known(), told(given))
    expect(intake).toMatchObject({ kind: 'changed', stops })
    expect(intake.kind === 'changed' && intake.changes.map((change) => change.field)).toEqual(fields)
  })
})

test('personal values are never told, only that they changed', () => {
  const intake = decideIntake(
    known(),
    told({ receiver: { ...told().receiver, name: '周测试' }, buyerNote: '13900000002' }),
  )
  expect(JSON.stringify(intake)).not.toMatch(/周测试|13900000002|林晓禾/)
})

test('other stars of a masked receiver are no new address while the token is the same', () => {
  const masked = { ...told().receiver, privacy: 'masked' as const, addressKey: 'oaid-1', name: '林**' }
  expect(decideIntake(known({ receiver: masked }), told({ receiver: { ...masked, name: '林*禾' } }))).toEqual({
    kind: 'same',
  })
})

test.each([
  { status: 'closed-refunded' as const, deed: 'close' },
  { status: 'shipped' as const, deed: 'ship-elsewhere' },
  { status: 'completed' as const, deed: 'complete' },
  { status: 'paid-wait-ship' as const, deed: null },
])('told $status, an approved order is to $deed', ({ status, deed }) => {
  expect(
    decideIntake(known({ status: status === 'paid-wait-ship' ? 'on-hold' : 'paid-wait-ship' }), told({ status })),
  ).toMatchObject({ deed })
})

test('somebody whom the platform no longer tells is who he was; one that it tells anew is taken', () => {
  const masked = { ...told().receiver, name: '林*禾', privacy: 'masked' as const }
  const silent = { ...masked, name: '', phone: '', privacy: 'absent' as const }
  expect(receiverStill(silent, masked)).toBe(masked)
  expect(receiverStill(silent, null)).toBe(silent)
  expect(receiverStill({ ...masked, name: '沈*' }, masked)).toMatchObject({ name: '沈*' })
})
