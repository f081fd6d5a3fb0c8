import { describe, expect, test } from 'vitest'
import { moneyOf } from './money.ts'
import { Detail } from './payload.ts'

interface Line {
  readonly paid: number
  readonly freight?: number
  readonly pieces?: number
}

const order = (pay_amount: number, post_amount: number, lines: readonly Line[]) =>
  Detail.parse({
    order_id: '1',
    pay_amount,
    post_amount,
    promotion_amount: 600,
    promotion_platform_amount: 100,
    promotion_talent_amount: 50,
    sku_order_list: lines.map(({ paid, freight = 0, pieces = 1 }) => ({
      item_num: pieces,
      origin_amount: 1000,
      pay_amount: paid,
      post_amount: freight,
    })),
  })

describe('freight', () => {
  test.each([
    ['stands beside the lines', order(8760, 500, [{ paid: 5370 }, { paid: 2890 }]), [5370, 2890], 500, false],
    [
      'stands beside them though they tell it',
      order(8760, 500, [
        { paid: 5370, freight: 300 },
        { paid: 2890, freight: 200 },
      ]),
      [5370, 2890],
      500,
      false,
    ],
    [
      'is in the lines, which alone add up',
      order(8760, 500, [
        { paid: 5670, freight: 300 },
        { paid: 3090, freight: 200 },
      ]),
      [5370, 2890],
      500,
      false,
    ],
    [
      'is in the lines, which do not tell it',
      order(8760, 500, [{ paid: 5670 }, { paid: 3090 }]),
      [5670, 3090],
      500,
      true,
    ],
    ['is none', order(8260, 0, [{ paid: 5370 }, { paid: 2890 }]), [5370, 2890], 0, false],
    ['fits neither way', order(8761, 500, [{ paid: 5370 }, { paid: 2890 }]), [5370, 2890], 500, true],
  ] as const)('%s', (_, given, paid, freightFen, isMismatch) => {
    const money = moneyOf(given, { isPaid: true })
    expect(money.lines.map(({ paidFen }) => paidFen)).toEqual(paid)
    expect(money).toMatchObject({ freightFen, isMismatch, paidTotalFen: Number(given.pay_amount) })
  })
})

test('nothing counts before it is paid, but what is due is told', () => {
  const money = moneyOf(order(8760, 500, [{ paid: 8260 }]), { isPaid: false })
  expect(money).toMatchObject({
    paidTotalFen: 0,
    freightFen: 0,
    payableTotalFen: 8760,
    merchantReceivableFen: null,
    isMismatch: false,
  })
  expect(money.lines[0]!.paidFen).toBe(0)
})

test('the merchant receives what others gave as well', () => {
  expect(moneyOf(order(8760, 0, [{ paid: 8760 }]), { isPaid: true })).toMatchObject({
    discountFen: 600,
    merchantReceivableFen: 8910,
  })
})

test('pieces share what was paid, dearer ones first', () => {
  const [line] = moneyOf(order(1000, 0, [{ paid: 1000, pieces: 3 }]), { isPaid: true }).lines
  expect(line).toMatchObject({ listFen: 3000, unitPaidFen: [334, 333, 333] })
})

test.each([
  ['a fraction', { pay_amount: 87.6 }],
  ['a word', { pay_amount: 'much' }],
])('an amount that is %s is none', (_, change) => {
  expect(() => moneyOf(Detail.parse({ order_id: '1', ...change }), { isPaid: true })).toThrow(RangeError)
})
