import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Truth } from '../../simulator.ts'
import { allocate, linePrices, sumsOf } from './money.ts'
import { openStage, type Stage, twoKinds } from './stage.ts'
import type { Basket } from './state.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
beforeEach(() => stage.fresh())
afterAll(() => stage.close())

type Shown = Readonly<Record<string, string>> & {
  readonly itemInfoList: readonly Readonly<Record<string, string>>[]
  readonly couponDetailList: readonly Readonly<Record<string, string>>[]
}

const fen = (text: string | undefined) => Math.round(Number(text === '' ? 0 : text) * 100)

/** What a reader makes of an order by jd.md 6.5 J2 to J6, from the answer alone. */
function readAs(info: Shown) {
  const isPaid = !info.paymentConfirmTime!.startsWith('0001') && info.orderState !== 'PARENT_TRADE_CANCELED'
  const total = fen(info.actualPay) > 0 ? fen(info.actualPay) : fen(info.orderPayment) + fen(info.balanceUsed)
  const charges = fen(info.freightPrice) + fen(info.serviceFee) + fen(info.taxFee)
  const bases = info.itemInfoList.map(({ skuId, jdPrice, itemTotal }) =>
    info.couponDetailList
      .filter((coupon) => coupon.couponType!.startsWith('30-') && coupon.skuId === skuId)
      .reduce((left, { couponPrice }) => left - fen(couponPrice), fen(jdPrice) * Number(itemTotal)),
  )
  const spread = bases.reduce((all, base) => all + base, 0) - (total - charges)
  const shares = allocate(spread, bases)
  return { paid: isPaid ? total : 0, lines: bases.map((base, place) => (isPaid ? base - shares[place]! : 0)), charges }
}

const infoOf = async ({ orderNo }: Truth) => (await stage.order(orderNo)).at('orderDetailInfo.orderInfo') as Shown

test('the fixture’s order: 403.00 paid, 317.96 and 79.04 of it for the goods', () => {
  const basket: Basket = {
    lines: [
      { skuId: 'a', wareId: '', merchantCode: '', product: '', name: '', priceFen: 19_900, quantity: 2 },
      { skuId: 'b', wareId: '', merchantCode: '', product: '', name: '', priceFen: 8_900, quantity: 1 },
    ],
    coupons: [
      { type: '30', skuId: 'a', fen: 4_000 },
      { type: '100', skuId: '', fen: 3_000 },
      { type: '41', skuId: '', fen: 2_000 },
    ],
    freightFen: 600,
    serviceFen: 0,
    taxFen: 0,
    balanceFen: 0,
    payDiscountFen: 0,
  }
  expect(sumsOf(basket)).toMatchObject({ goods: 48_700, bySeller: 7_000, beyondBalance: 40_300, paid: 40_300 })
  expect(linePrices(basket)).toEqual([31_796, 7_904])
  const file = readFileSync(new URL('samples/pop_order_get_full.json', import.meta.url), 'utf8')
  const { orderInfo } = JSON.parse(file).jingdong_pop_order_get_responce.orderDetailInfo
  expect(readAs(orderInfo)).toEqual({ paid: 40_300, lines: [31_796, 7_904], charges: 600 })
})

test('whatever is bought, what the answer says is what is true to the fen', async () => {
  await stage.control('settings', { feeShare: 0.2, payDiscountShare: 0.2, cashOnDeliveryShare: 0.1 })
  const orders = [...(await stage.buy({ count: 150, seed: 9 })), ...(await stage.buy({ count: 20, pay: 'unpaid' }))]
  await stage.pass(5_000)
  const seen = { balance: 0, gift: 0, fee: 0, coupon: 0 }
  for (const order of orders) {
    const info = await infoOf(order)
    const read = readAs(info)
    expect([read.paid, ...read.lines]).toEqual([order.paidTotalFen, ...order.lines.map(({ paidFen }) => paidFen)])
    if (read.paid > 0) {
      expect(read.lines.reduce((all, paid) => all + paid, read.charges)).toBe(read.paid)
      expect(fen(info.freightPrice)).toBe(order.freightFen)
    }
    expect(fen(info.orderSellerPrice)).toBe(fen(info.orderTotalPrice) - fen(info.sellerDiscount))
    seen.balance += Number(fen(info.balanceUsed) > 0)
    seen.gift += Number(order.lines.some(({ isGift }) => isGift))
    seen.fee += Number(fen(info.serviceFee) > 0)
    seen.coupon += info.couponDetailList.length
  }
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0)
})

test('actualPay comes some seconds late, without a change of the order, and says the same', async () => {
  const order = await stage.buyOne({ lines: twoKinds })
  const early = await infoOf(order)
  await stage.pass(5_000)
  const late = await infoOf(order)
  expect([early.actualPay, fen(late.actualPay)]).toEqual(['0.00', order.paidTotalFen])
  expect(late.modified).toBe(early.modified)
  expect(readAs(early)).toEqual(readAs(late))
})

test('children of a split add up to what their parent was, each in itself exact', async () => {
  const whole = await stage.buy({ count: 40, seed: 4, lines: twoKinds })
  await stage.control('settings', { splitShare: 1 })
  const split = await stage.buy({ count: 40, seed: 4, lines: twoKinds })
  const children = split.filter(({ status }) => status !== 'split-parent')
  expect(children).toHaveLength(80)
  for (const [place, { paidTotalFen }] of whole.entries()) {
    const pair = children.slice(place * 2, place * 2 + 2)
    expect(pair.reduce((all, child) => all + child.paidTotalFen, 0)).toBe(paidTotalFen)
    for (const child of pair)
      expect(readAs(await infoOf(child)).lines).toEqual(child.lines.map(({ paidFen }) => paidFen))
  }
})

test('an order cancelled unpaid has no amounts left but what was to be paid, and its pieces are back', async () => {
  const order = await stage.buyOne({ pay: 'unpaid', lines: [{ merchantCode: 'SCENT', quantity: 2 }] })
  const due = (await infoOf(order)).orderPayment
  const shelf = async () => (await stage.control<{ merchantCode: string; quantity: number }[]>('listings'))[1]!.quantity
  expect(await shelf()).toBe(898)
  await stage.control('act', { kind: 'close', orderNos: [order.orderNo] })
  const info = await infoOf(order)
  expect(info).toMatchObject({ orderState: 'TRADE_CANCELED', orderTotalPrice: '0.00', shouldPay: '0.00' })
  expect(info.orderPayment).toBe(due)
  expect(await shelf()).toBe(900)
  expect((await stage.truth(order.orderNo)).status).toBe('closed-unpaid')
})
