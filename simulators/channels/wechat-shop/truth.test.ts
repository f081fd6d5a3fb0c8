import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Chance, chance } from '../../aid/random.ts'
import type { Act, Simulator, Truth } from '../../simulator.ts'
import { type Answer, type Caller, callerOf, shelf } from './caller.ts'
import { start } from './index.ts'

/** Orders live through everything; what the protocol shows must then say what is true, by the sheet's own rules. */
let simulator: Simulator
let caller: Caller
let clock = 1_790_000_000_000
const first = clock / 1000
const said: { readonly truth: Truth; readonly order: Answer }[] = []
const afterSales = new Map<string, Answer[]>()

beforeAll(async () => {
  simulator = await start({ seed: 91 })
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await pass(0)
  await caller.control('listings', shelf)
  await caller.control('settings', { presentShare: 0.05, togetherShare: 0.05, prizeShare: 0.05 })
  await caller.buy({ count: 200, seed: 1 })
  await caller.buy({ count: 40, seed: 2, pay: 'unpaid' })
  const dice = chance('life')
  for (let round = 0; round < 6; round += 1) {
    await pass(60_000)
    for (const truth of await caller.control<Truth[]>('orders')) {
      if (dice.happens(0.5)) await caller.act(drawAct(truth, dice))
    }
  }
  for (const truth of await caller.control<Truth[]>('orders')) {
    said.push({ truth, order: await caller.call('order/get', { order_id: truth.orderNo }) })
  }
  await readAfterSales()
}, 60_000)
afterAll(() => simulator.close())

async function pass(ms: number): Promise<void> {
  clock += ms
  await caller.control('clock', { now: clock })
}

function drawAct({ orderNo, lines, paidTotalFen }: Truth, dice: Chance): Act {
  const orderNos = [orderNo]
  const { lineNo } = dice.pick(lines)
  const outcome = dice.pick(['requested', 'success', 'closed'] as const)
  const amountFen = Math.max(1, Math.floor((paidTotalFen * dice.whole(1, 9)) / 20))
  return dice.pick<Act>([
    { kind: dice.pick(['pay', 'close', 'finish']), orderNos },
    { kind: 'refund', orderNos, lineNo, outcome },
    { kind: 'refund', orderNos, lineNo, amountFen, outcome },
    { kind: 'refund', orderNos, outcome },
    { kind: 'change-address', orderNos, address: `望湖路${dice.whole(1, 99)}号` },
    { kind: 'ship-in-back-office', orderNos, waybillNo: `YT${dice.digits(9)}`, carrierName: '圆通速递' },
  ])
}

async function readAfterSales(): Promise<void> {
  const span = { begin_create_time: first, end_create_time: first + 3600 }
  let next_key = ''
  for (let hasMore = true; hasMore; ) {
    const page = await caller.call('aftersale/getaftersalelist', { ...span, next_key })
    for (const after_sale_order_id of page.at<string[]>('after_sale_order_id_list')) {
      const answer = await caller.call('aftersale/getaftersaleorder', { after_sale_order_id })
      const orderNo = answer.at<string>('after_sale_order.order_id')
      afterSales.set(orderNo, [...(afterSales.get(orderNo) ?? []), answer])
    }
    hasMore = page.at('has_more')
    next_key = page.at('next_key')
  }
}

interface Row {
  readonly sku_id: string
  readonly sku_cnt: number
  readonly on_aftersale_sku_cnt: number
  readonly finish_aftersale_sku_cnt: number
}
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)

test('every state of an order and of a refund came up', () => {
  const truths = said.map(({ truth }) => truth)
  expect(new Set(truths.map(({ refundState }) => refundState)).size).toBe(4)
  expect(new Set(truths.map(({ status }) => status))).toEqual(
    new Set([
      'unpaid',
      'on-hold',
      'paid-wait-ship',
      'partially-shipped',
      'shipped',
      'completed',
      'closed-refunded',
      'closed-unpaid',
    ]),
  )
})

test('the state of refunds follows from counts and amounts', () => {
  for (const { truth, order } of said) {
    const paidBack = (afterSales.get(truth.orderNo) ?? []).filter((each) =>
      each.at<string>('after_sale_order.status').endsWith('_SUCCESS'),
    )
    const refunded = sum(paidBack.map((each) => each.at<number>('after_sale_order.refund_info.amount')))
    expect(truth.refundedFen).toBe(refunded)
    expect(truth.refundedFen).toBeLessThanOrEqual(truth.paidTotalFen)
    const isOpen = order.at<number>('order.aftersale_detail.on_aftersale_order_cnt') > 0
    const ended = refunded >= truth.paidTotalFen ? 'full' : 'partial'
    const closed = refunded === 0 ? 'none' : ended
    expect(truth.refundState).toBe(isOpen ? 'in-progress' : closed)
  }
})

test('pieces are in one place each: sent, asked back, paid back or left', () => {
  for (const { truth, order } of said) {
    const parcels = order.at<{ product_infos: { sku_id: string; product_cnt: number }[] }[]>(
      'order.order_detail.delivery_info.delivery_product_info',
    )
    const sent = (skuNo: string) =>
      sum(
        parcels.flatMap(({ product_infos }) =>
          product_infos.filter(({ sku_id }) => sku_id === skuNo).map(({ product_cnt }) => product_cnt),
        ),
      )
    for (const [place, row] of order.at<Row[]>('order.order_detail.product_infos').entries()) {
      const line = truth.lines[place]!
      expect(row.on_aftersale_sku_cnt + row.finish_aftersale_sku_cnt).toBeLessThanOrEqual(row.sku_cnt)
      expect(line.shippedQuantity).toBe(sent(row.sku_id))
      expect(line.shippedQuantity).toBeLessThanOrEqual(row.sku_cnt)
    }
  }
})

test('an order without cash cannot be asked back, and no order pays back more than it took', () => {
  const prizes = said.filter(({ order }) => order.at<number>('order.order_detail.pay_info.payment_method') > 2)
  expect(prizes.length).toBeGreaterThan(3)
  expect(prizes.every(({ truth }) => truth.refundedFen === 0)).toBe(true)
})
