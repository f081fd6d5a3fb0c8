import { expect, test } from 'vitest'
import { ChannelOrder } from '../core/channel/shapes.ts'
import { channelStatuses, statusFacts } from '../core/channel/words.ts'
import { plainLine, plainOrder } from './plain-order.ts'

const line = (channelSkuNo: string, quantity: number, given: { readonly shippedQuantity?: number } = {}) =>
  plainLine({
    channelLineNo: channelSkuNo,
    channelItemNo: 'i',
    channelSkuNo,
    title: '粗陶马克杯',
    quantity,
    paidFen: 1_000,
    lineStatus: '待发',
    ...given,
  })
const region = { province: '', city: '', district: '', town: '' }
const told = {
  channel: 'small',
  channelOrderNo: 'S1',
  channelStatus: '待发',
  createdAt: '2026-11-11T02:00:00.000Z',
  paidAt: '2026-11-11T02:01:00.000Z',
  modifiedAt: '2026-11-11T02:01:00.000Z',
  receiver: {
    name: '林晓禾',
    phone: '',
    raw: { ...region, address: '' },
    standard: region,
    privacy: 'plain',
    addressKey: null,
  },
} as const

test('what is not told is reckoned or has its usual value, and the whole is an order of the standard', () => {
  const order = plainOrder({
    ...told,
    status: 'paid-wait-ship',
    freightFen: 800,
    lines: [line('a', 3), line('b', 2, { shippedQuantity: 2 })],
  })
  expect(ChannelOrder.parse(order)).toEqual(order)
  expect(order).toMatchObject({
    paidTotalFen: 2_800,
    mayShipNow: true,
    remainingToShip: [{ channelSkuNo: 'a', quantity: 3 }],
  })
  expect(order.lines[0]?.unitPaidFen).toEqual([334, 333, 333])
})

test.each(channelStatuses)('%s may be shipped where the standard says so', (status) => {
  const { mayShipNow, remainingToShip } = plainOrder({ ...told, status, lines: [line('a', 1)] })
  expect(mayShipNow).toBe(statusFacts[status].shippable)
  expect(remainingToShip.length > 0).toBe(mayShipNow)
})
