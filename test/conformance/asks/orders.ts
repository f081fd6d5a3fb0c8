import { describe, expect } from 'vitest'
import type { Act, Truth } from '../../../simulators/simulator.ts'
import { ChannelOrder } from '../../../src/core/channel/shapes.ts'
import { aidFor } from '../channel-aid.ts'
import type { Rig } from '../rig.ts'
import { buyOne, numbersOf, orderOf, pullPages, rowsOf, type Stage, waitFor } from '../stage.ts'
import { asTold, asTrue } from '../truth.ts'

const second = 1_000
const minute = 60_000

/** Orders before a span, in it at three moments, and at its very end, which is left out. */
async function placeAround(rig: Rig, inside: number) {
  await rig.controls.buy({ count: 3, seed: 1 })
  const from = await rig.pass(second)
  const orders: Truth[] = []
  for (const seed of [2, 3, 4]) {
    orders.push(...(await rig.controls.buy({ count: inside, seed })))
    await rig.pass(second)
  }
  await rig.controls.buy({ count: 3, seed: 5 })
  const to = rig.now()
  await rig.pass(minute)
  return { span: { from, to }, orderNos: orders.map(({ orderNo }) => orderNo) }
}

const sorted = (texts: readonly string[]) => [...texts].sort()
/** From the second in which something began: some platforms tell time to the second. */
const untilNow = (rig: Rig, from: number) => ({ from: Math.floor(from / second) * second, to: rig.now() + second })

export function asksAboutOrders(stage: Stage): void {
  describe('orders of a span', () => {
    asksAboutSpans(stage)
    asksAboutRestlessLists(stage)
  })
  describe('an order', () => asksAboutOne(stage))
  describe('a later change arrives', () => asksAboutChanges(stage))
}

function asksAboutSpans({ plug, asks }: Stage): void {
  for (const by of ['modified', 'created'] as const) {
    asks(`come once each, across pages, by ${by} time, the end left out`, ['orders.pull'], async (rig, skip) => {
      if (!plug.manifest.pulling.by.includes(by)) skip(`orders cannot be asked for by ${by} time`)
      const { span, orderNos } = await placeAround(rig, 70)
      const pages = await pullPages(rig, await rig.shop(), span, by)
      expect(pages.length).toBeGreaterThan(2)
      expect(sorted(numbersOf(rowsOf(pages)))).toEqual(sorted(orderNos))
      for (const { total } of pages) if (total !== null) expect(total).toBe(orderNos.length)
      if (by === 'created') return
      for (const { modifiedAt } of rowsOf(pages)) {
        if (modifiedAt === null) continue
        expect(modifiedAt).toBeGreaterThanOrEqual(span.from)
        expect(modifiedAt).toBeLessThan(span.to)
      }
    })
  }

  asks('are as many as the channel counts', ['orders.pull', 'orders.count'], async (rig) => {
    const { span, orderNos } = await placeAround(rig, 9)
    const count = rig.does('orders.count')
    await waitFor(rig, span)
    for (const by of plug.manifest.pulling.by) expect(await count(await rig.shop(), { span, by })).toBe(orderNos.length)
  })

  asks('are none where nothing happened', ['orders.pull'], async (rig) => {
    await rig.controls.buy({ count: 3 })
    const from = await rig.pass(minute)
    const [page, ...others] = await pullPages(rig, await rig.shop(), { from, to: await rig.pass(minute) })
    expect(page).toMatchObject({ rows: [], next: null })
    expect(others).toEqual([])
  })
}

function asksAboutRestlessLists({ asks }: Stage): void {
  asks('are not lost when one changes while the list is read', ['orders.pull'], async (rig) => {
    const { span, orderNos } = await placeAround(rig, 70)
    const shop = await rig.shop()
    await rig.controls.break({ kind: 'shift', rate: 1 })
    const seen = numbersOf(rowsOf(await pullPages(rig, shop, span)))
    await rig.controls.break()
    const later = numbersOf(rowsOf(await pullPages(rig, shop, { from: span.to, to: rig.now() + minute })))
    expect((await rig.controls.counts()).faultsPlayed.shift).toBeGreaterThan(0)
    expect(orderNos.filter((no) => !seen.includes(no) && !later.includes(no))).toEqual([])
  })

  asks('are all there though rows come twice or mixed', ['orders.pull'], async (rig, skip) => {
    const { span, orderNos } = await placeAround(rig, 70)
    const shop = await rig.shop()
    await rig.controls.break({ kind: 'duplicate', rate: 1 }, { kind: 'reorder', rate: 1 })
    const seen = new Set(numbersOf(rowsOf(await pullPages(rig, shop, span))))
    if ((await rig.controls.counts()).faultsPlayed.duplicate === undefined) skip('its lists can do neither')
    expect(sorted([...seen])).toEqual(sorted(orderNos))
  })

  asks('that are kept back show in the channel’s own count', ['orders.pull'], async (rig, skip) => {
    const { span, orderNos } = await placeAround(rig, 20)
    const shop = await rig.shop()
    await rig.controls.break({ kind: 'hide', rate: 0.2 })
    const pages = await pullPages(rig, shop, span)
    const [total] = pages.map((page) => page.total)
    if (total === null) skip('the channel gives no count of its own')
    expect(total).toBe(orderNos.length)
    expect(rowsOf(pages).length).toBeLessThan(orderNos.length)
  })
}

function asksAboutOne({ plug, asks }: Stage): void {
  asks('keeps the standard to the letter and says what is true', ['orders.pull', 'orders.get'], async (rig) => {
    const from = rig.now()
    const truths = [
      ...(await rig.controls.buy({ count: 40, seed: 6 })),
      ...(await rig.controls.buy({ count: 5, seed: 7, pay: 'unpaid' })),
    ]
    const shop = await rig.shop()
    const heads = rowsOf(await pullPages(rig, shop, untilNow(rig, from)))
    expect(heads).toHaveLength(truths.length)
    for (const head of heads) {
      const { order, raw } = await rig.does('orders.get')(shop, head.channelOrderNo)
      const truth = truths.find(({ orderNo }) => orderNo === head.channelOrderNo)!
      expect(ChannelOrder.parse(order)).toEqual(order)
      expect(order).toMatchObject({ channel: plug.manifest.id, warnings: [] })
      if (head.channelStatus !== null) expect(order.channelStatus).toBe(head.channelStatus)
      if (head.full !== null) expect(head.full.order).toEqual(order)
      expect(plug.inspect.orders(raw)).toEqual([order])
      const { lines: _, ...told } = asTold(order, truth, await aidFor(plug.manifest.id))
      expect(asTrue(truth)).toMatchObject(told)
    }
  })

  asks('read twice is the same', ['orders.get'], async (rig) => {
    const shop = await rig.shop()
    const bought = await buyOne(rig)
    expect(await orderOf(rig, shop, bought)).toEqual(await orderOf(rig, shop, bought))
  })

  asks('nobody placed is not found', ['orders.get'], async (rig) => {
    const { orderNo } = await buyOne(rig)
    const shop = await rig.shop()
    const failure = await rig.refusal(() => rig.does('orders.get')(shop, orderNo.replace(/\d/g, '9')))
    expect(failure).toMatchObject({ code: 'CHANNEL_NOT_FOUND', retry: 'never' })
  })
}

interface Change {
  readonly what: string
  readonly act: (order: Truth) => Act
  readonly pay?: 'unpaid'
}

const changes: readonly Change[] = [
  { what: 'a payment', pay: 'unpaid', act: ({ orderNo }) => ({ kind: 'pay', orderNos: [orderNo] }) },
  { what: 'a close', pay: 'unpaid', act: ({ orderNo }) => ({ kind: 'close', orderNos: [orderNo] }) },
  {
    what: 'a refund that is asked for',
    act: ({ orderNo, lines }) => ({ kind: 'refund', orderNos: [orderNo], lineNo: lines[0]!.lineNo }),
  },
  {
    what: 'a refund that is paid out in part',
    act: ({ orderNo, lines }) => ({
      kind: 'refund',
      orderNos: [orderNo],
      lineNo: lines[0]!.lineNo,
      amountFen: 101,
      outcome: 'success',
    }),
  },
  {
    what: 'a refund that is paid out in full',
    act: ({ orderNo }) => ({ kind: 'refund', orderNos: [orderNo], outcome: 'success' }),
  },
  {
    what: 'another address',
    act: ({ orderNo }) => ({ kind: 'change-address', orderNos: [orderNo], address: '望湖路8号听松园2幢301室' }),
  },
  { what: 'a note', act: ({ orderNo }) => ({ kind: 'note', orderNos: [orderNo], note: '请晚两天再发' }) },
  {
    what: 'a shipment from the back office',
    act: ({ orderNo }) => ({
      kind: 'ship-in-back-office',
      orderNos: [orderNo],
      waybillNo: 'YT7300000001',
      carrierName: '圆通速递',
    }),
  },
]

function asksAboutChanges({ plug, asks }: Stage): void {
  for (const { what, act, pay } of changes) {
    asks(what, ['orders.pull', 'orders.get'], async (rig) => {
      const bought = await buyOne(rig, { lines: [{ merchantCode: 'MB-6001', quantity: 2 }], ...(pay ? { pay } : {}) })
      const other = await buyOne(rig, { seed: 9 })
      const shop = await rig.shop()
      const before = await orderOf(rig, shop, bought)
      const from = await rig.pass(minute)
      expect(await rig.controls.act(act(bought))).toEqual([bought.orderNo])

      const heads = rowsOf(await pullPages(rig, shop, untilNow(rig, from)))
      const after = await orderOf(rig, shop, bought)
      const truth = await rig.controls.order(bought.orderNo)
      expect(numbersOf(heads)).toEqual([bought.orderNo])
      expect(numbersOf(heads)).not.toContain(other.orderNo)
      expect(Date.parse(after.modifiedAt)).toBeGreaterThan(Date.parse(before.modifiedAt))
      const { lines: _, ...told } = asTold(after, truth, await aidFor(plug.manifest.id))
      expect(asTrue(truth)).toMatchObject(told)
      expect(told).not.toEqual(asTrue(bought))
    })
  }
}
