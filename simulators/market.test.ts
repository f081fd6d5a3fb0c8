import { afterEach, expect, test, vi } from 'vitest'
import { start } from './channels/generic/index.ts'
import { demoCatalogue } from './demo-catalogue.ts'
import { openStreet } from './market/street.ts'
import { startMarket } from './market.ts'
import type { ReportedShipment, Simulator, Truth } from './simulator.ts'

const open: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function openShop(seed: number): Promise<Simulator> {
  const simulator = await start({ seed })
  open.push(simulator)
  await post(simulator, '/_sim/listings', demoCatalogue)
  return simulator
}
async function post(simulator: Simulator, path: string, body: unknown): Promise<unknown> {
  const answer = await fetch(simulator.about.address + path, { method: 'POST', body: JSON.stringify(body) })
  return answer.json()
}
async function truthsOf(simulator: Simulator): Promise<readonly Truth[]> {
  const answer = await fetch(`${simulator.about.address}/_sim/orders?since=0`)
  return (await answer.json()) as Truth[]
}

/** Ships whatever is paid and not asked back, as a back office would. */
async function shipEverything(simulator: Simulator): Promise<void> {
  const waiting = (await truthsOf(simulator)).filter(
    ({ status, refundState }) => status === 'paid-wait-ship' && refundState !== 'in-progress',
  )
  await post(simulator, '/_sim/act', {
    kind: 'ship-in-back-office',
    orderNos: waiting.map(({ orderNo }) => orderNo).sort(),
    waybillNo: '78900000000001',
    carrierName: '圆通速递',
  })
}

/** A market of two shops, its buyers coming without a pause; what the shops truly hold in the end, times left out. */
async function run(seed: number, steps: number): Promise<{ shops: unknown[]; truths: Truth[]; acts: object }> {
  const shops = [await openShop(1), await openShop(2)]
  const street = openStreet(
    shops.map(({ about }) => about.address),
    seed,
  )
  for (let turn = 1; turn <= steps; turn++) {
    await street.step()
    if (turn % 20 === 0) for (const shop of shops) await shipEverything(shop)
  }
  expect(street.state()).toMatchObject({ steps, failures: 0, lastFailure: null })
  const truths = await Promise.all(shops.map(truthsOf))
  const timeless = truths.map((orders) =>
    orders
      .map((truth) => ({ ...truth, createdAt: 0, modifiedAt: 0, paidAt: truth.paidAt === null ? null : 0 }))
      .sort((a, b) => (a.orderNo < b.orderNo ? -1 : 1)),
  )
  return { shops: timeless, truths: truths.flat(), acts: street.state().acts }
}

test('one seed makes one market: the same orders with the same fates in every shop', async () => {
  const [first, second, other] = [await run(7, 80), await run(7, 80), await run(8, 80)]
  expect(second.shops).toEqual(first.shops)
  expect(other.shops).not.toEqual(first.shops)
})

test('in a few hundred orders everything happens that happens to a shop', async () => {
  const { truths, acts } = await run(7, 400)
  expect(Object.keys(acts).sort()).toEqual(['change-address', 'close', 'finish', 'note', 'pay', 'refund'])
  const seen = (kind: (truth: Truth) => boolean) => truths.some(kind)
  expect(seen(({ status }) => status === 'completed')).toBe(true)
  expect(seen(({ status }) => status === 'closed-unpaid')).toBe(true)
  expect(seen(({ status, lines }) => status === 'closed-refunded' && lines[0]!.shippedQuantity === 0)).toBe(true)
  expect(seen(({ refundedFen, lines }) => refundedFen > 0 && lines[0]!.shippedQuantity > 0)).toBe(true)
  expect(seen(({ note }) => note.includes('改地址'))).toBe(true)
  expect(seen(({ note }) => note.includes('晚点发'))).toBe(true)
})

test('some buyers are known in both shops, and the same goods are sold in both', async () => {
  const { shops } = await run(7, 150)
  const [left, right] = (shops as Truth[][]).map((orders) => ({
    phones: new Set(orders.map(({ receiver }) => receiver.phone)),
    codes: new Set(orders.flatMap(({ lines }) => lines.map(({ merchantCode }) => merchantCode))),
  }))
  const shared = (a: ReadonlySet<string>, b: ReadonlySet<string>) => [...a].filter((one) => b.has(one)).length
  expect(shared(left!.phones, right!.phones)).toBeGreaterThan(3)
  expect(shared(left!.codes, right!.codes)).toBeGreaterThan(15)
})

test('nothing is reported as shipped by the buyers', async () => {
  const shop = await openShop(1)
  const street = openStreet([shop.about.address], 7)
  for (let turn = 0; turn < 30; turn++) await street.step()
  const answer = await fetch(`${shop.about.address}/_sim/shipments`)
  expect((await answer.json()) as ReportedShipment[]).toEqual([])
  expect((await truthsOf(shop)).every(({ status }) => status !== 'completed')).toBe(true)
})

test('the pace changes while the market runs, and it pauses and goes on', async () => {
  const shop = await openShop(1)
  const market = await startMarket({ shops: [{ url: shop.about.address }], seed: 7, ordersPerMinute: 1 })
  open.push({ close: market.stop })
  const call = async (method: string, path: string, body?: object) => {
    const answer = await fetch(market.address + path, { method, ...(body ? { body: JSON.stringify(body) } : {}) })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  expect((await call('GET', '/_market/state')).body).toMatchObject({ ordersPerMinute: 1, steps: 0, isPaused: false })

  await call('POST', '/_market/speed', { ordersPerMinute: 6000 })
  await vi.waitFor(() => expect(market.state().steps).toBeGreaterThan(20), 10_000)
  await call('POST', '/_market/pause')
  await new Promise((resolve) => setTimeout(resolve, 100))
  const { steps } = market.state()
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(market.state()).toMatchObject({ steps, isPaused: true })
  await call('POST', '/_market/resume')
  await vi.waitFor(() => expect(market.state().steps).toBeGreaterThan(steps), 10_000)
})

test.each(['{"ordersPerMinute":0}', '{"ordersPerMinute":"soon"}', 'null', '{', '{"ordersPerMinute":1e9}'])(
  'a pace of %s is refused and changes nothing',
  async (body) => {
    const shop = await openShop(1)
    const market = await startMarket({ shops: [{ url: shop.about.address }], ordersPerMinute: 2 })
    open.push({ close: market.stop })
    const answer = await fetch(`${market.address}/_market/speed`, { method: 'POST', body })
    expect([answer.status, market.state().ordersPerMinute]).toEqual([400, 2])
  },
)

test('a shop that is away is counted as a failure, and the others go on', async () => {
  const shop = await openShop(1)
  const gone = await start({ seed: 2 })
  await gone.close()
  const street = openStreet([gone.about.address, shop.about.address], 7)
  for (let turn = 0; turn < 20; turn++) await street.step()
  const { failures, lastFailure, shops } = street.state()
  expect(failures).toBeGreaterThan(0)
  expect(lastFailure).toContain('ECONNREFUSED')
  expect(shops.map(({ orders }) => orders > 0)).toEqual([false, true])
})
