import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenedHouse, openTestHouse } from '../aid/house.ts'

/** A merchant's day: a thousand orders of two shops become parcels; none is lost, both shops know. */
let opened: OpenedHouse
const each = 500

beforeAll(async () => {
  opened = await openTestHouse({ pieces: 5_000 })
}, 120_000)
afterAll(() => opened?.close())

interface Rows<T> {
  readonly rows: T[]
  readonly next: string | null
}

async function all<T>(path: string): Promise<T[]> {
  const found: T[] = []
  let after: string | null = null
  do {
    const page: Rows<T> = await opened.door.call(
      'GET',
      `${path}&limit=200${after === null ? '' : `&after=${encodeURIComponent(after)}`}`,
    )
    found.push(...page.rows)
    after = page.next
  } while (after !== null)
  return found
}

interface Order {
  readonly id: number
  readonly channelOrderNo: string
  readonly shopId: number
  readonly state: string
  readonly isUnsent: boolean
}

test('a thousand orders of two shops are taken in, reviewed, packed, shipped and reported, each once', async () => {
  for (const [i, shop] of opened.shops.entries()) {
    for (let bought = 0; bought < each; bought += 100)
      await shop.control('buy', { count: 100, seed: 1_000 * (i + 1) + bought })
  }
  const truths = (await Promise.all(opened.shops.map((shop) => shop.orders()))).flat()
  expect(truths).toHaveLength(2 * each)
  await opened.settle(120_000)

  const orders = await all<Order>('/orders?view=all&sort=newest')
  expect(orders).toHaveLength(2 * each)
  expect(new Set(orders.map((order) => order.channelOrderNo)).size).toBe(2 * each)
  expect(new Set(orders.map((order) => order.channelOrderNo))).toEqual(new Set(truths.map((truth) => truth.orderNo)))

  await opened.door.call('POST', '/orders/approve', { selection: { filter: { view: 'exceptions' } }, overrule: true })
  const { views } = await opened.door.call<{ views: Record<string, number> }>('GET', '/orders/counts')
  expect(views).toMatchObject({ approved: 2 * each, exceptions: 0, all: 2 * each })

  const allocated = await opened.door.call<{ done: number; parcelIds: number[] }>('POST', '/parcels/allocate', {
    orderIds: 'all-approved',
  })
  expect(allocated.done).toBe(2 * each)
  for (let at = 0; at < allocated.parcelIds.length; at += 500) {
    const shipped = await opened.door.call<{ done: number; leftOut: unknown[] }>('POST', '/parcels/ship', {
      parcelIds: allocated.parcelIds.slice(at, at + 500),
      unchecked: true,
    })
    expect(shipped.leftOut).toEqual([])
  }
  await reported(2 * each)

  const reports = (await Promise.all(opened.shops.map((shop) => shop.shipments()))).flat()
  expect(new Set(reports.map((report) => report.orderNo)).size).toBe(2 * each)
  expect(reports.filter((report) => report.times !== 1)).toEqual([])
  for (const truth of (await Promise.all(opened.shops.map((shop) => shop.orders()))).flat()) {
    expect(
      truth.lines.every((line) => line.shippedQuantity === line.quantity || line.refundState === 'success'),
      truth.orderNo,
    ).toBe(true)
  }
  expect(await opened.door.call('POST', '/stock/check', {})).toMatchObject({ drifts: [] })
}, 280_000)

test('the certificate of the day agrees for both shops', async () => {
  const { shops } = await opened.door.call<{ shops: { shopId: number; name: string }[] }>('GET', '/shops')
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  for (const shop of shops) {
    const { days } = await opened.door.call<{
      days: {
        day: string
        theirs?: number
        channelCount?: number | null
        ourCount?: number
        missing?: number
        missedOrders: unknown[]
      }[]
    }>('GET', `/shops/${shop.shopId}/certificates?from=${day}&to=${day}`)
    for (const certificate of days) expect(certificate.missedOrders, shop.name).toEqual([])
  }
}, 60_000)

test('whoever says why sees the receiver as the shop knows him, and the trail tells who looked', async () => {
  const orders = await all<Order & { readonly orderNo: string }>('/orders?view=all&sort=newest')
  for (const shop of opened.shops) {
    const [truth] = await shop.orders()
    const { orderNo } = orders.find((order) => order.channelOrderNo === truth?.orderNo) ?? {}
    const plain = await opened.door.call<{ name: string; phone: string; address: string }>(
      'POST',
      `/orders/${orderNo}/reveal`,
      { purpose: 'contact', words: '改尺寸' },
    )
    const { name, phone, province, city, address } = truth!.receiver
    expect(plain, shop.channel).toMatchObject({ name, phone: expect.stringContaining(phone) })
    for (const part of [province, city, address]) expect(plain.address, shop.channel).toContain(part)
    const trail = await opened.door.call<{ lines: { objectId: string | null }[] }>('GET', '/audit?limit=20')
    expect(trail.lines.map((line) => line.objectId)).toContain(orderNo)
  }
}, 60_000)

async function reported(count: number): Promise<void> {
  const until = Date.now() + 150_000
  for (;;) {
    const known = (await Promise.all(opened.shops.map((shop) => shop.shipments()))).flat()
    if (known.length >= count) return
    if (Date.now() > until) throw new Error(`only ${known.length} of ${count} shipments were reported`)
    await pause(500)
  }
}
