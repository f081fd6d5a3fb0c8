import { beforeAll, describe, expect, test } from 'vitest'
import type { ChannelOrder } from '../../src/core/channel/shapes.ts'
import { answer } from './tongdan.ts'

/** Payloads that no sample shows, made from the sheets' rules, with what the rules make of them; each channel's in one go. */
type Fields = Readonly<Record<string, unknown>>
interface Case {
  readonly what: string
  readonly given: Fields
  /** What the order must say; lists are compared item by item. */
  readonly says: Fields
}

const tid = (place: number) => `41600000000000${String(place).padStart(4, '0')}9`

/** A line of 59.00 yuan; `paid` where the platform tells the share of a line. */
const row = (fields: Fields = {}) => ({
  num_iid: '723344018265',
  sku_id: '5120083391771',
  outer_sku_id: 'MB-1',
  title: '马克杯',
  price: '59.00',
  num: 1,
  status: 'WAIT_SELLER_SEND_GOODS',
  refund_status: 'NO_REFUND',
  ...fields,
})

const trade = (fields: Fields, ...rows: Fields[]): Fields => ({
  status: 'WAIT_SELLER_SEND_GOODS',
  type: 'fixed',
  created: '2026-11-11 10:00:00',
  pay_time: '2026-11-11 10:01:00',
  modified: '2026-11-11 10:01:00',
  post_fee: '0.00',
  payment: '59.00',
  ...fields,
  orders: { order: rows.length === 0 ? [row()] : rows },
})

const money = (order: ChannelOrder) => order.lines.map((line) => line.paidFen)

const shippedRow = row({
  status: 'WAIT_BUYER_CONFIRM_GOODS',
  consign_time: '2026-11-11 18:00:00',
  logistics_company: '中通快递',
  invoice_no: '75800000000017',
})
const closedRow = row({
  status: 'TRADE_CLOSED',
  refund_status: 'SUCCESS',
  price: '20.00',
  divide_order_fee: '20.00',
  payment: '0.00',
})
const places = {
  receiver_state: '河南省',
  receiver_district: '济源市',
  receiver_town: '沁园街道',
  receiver_address: '沁**路*号',
}
const step = (word: string, fields: Fields) =>
  trade(
    { type: 'step', step_trade_status: word, payment: '500.00', step_paid_fee: '50.00', ...fields },
    row({ price: '500.00' }),
  )

const taobaoCases: Case[] = [
  {
    what: 'one of two lines is shipped',
    given: trade(
      { status: 'SELLER_CONSIGNED_PART', payment: '118.00' },
      { ...shippedRow, divide_order_fee: '59.00' },
      row({ sku_id: '52', divide_order_fee: '59.00' }),
    ),
    says: {
      status: 'partially-shipped',
      mayShipNow: true,
      shipments: [
        { carrierNo: 'ZTO', waybillNo: '75800000000017', lines: [{ channelSkuNo: '5120083391771', quantity: 1 }] },
      ],
      remainingToShip: [{ channelSkuNo: '52', quantity: 1 }],
      lines: [
        { shippedQuantity: 1, mayShipNow: false },
        { shippedQuantity: 0, mayShipNow: true },
      ],
    },
  },
  {
    what: 'a gift comes as a line of its own and counts nothing',
    given: trade(
      {},
      row({ divide_order_fee: '59.00' }),
      row({ sku_id: '53', price: '0.00', num: 2, is_free_gift: true }),
    ),
    says: {
      paidTotalFen: 5900,
      lines: [
        { isGift: false, paidFen: 5900 },
        { isGift: true, paidFen: 0, unitPaidFen: [0, 0] },
      ],
      warnings: [],
    },
  },
  {
    what: 'a gift is promised without a line',
    given: trade({
      promotion_details: {
        promotion_detail: [
          { id: '1', promotion_name: '满就送', gift_item_id: '77', gift_item_name: '擦手巾', gift_item_num: '2' },
        ],
      },
    }),
    says: { promotions: [{ name: '满就送', gift: { channelItemNo: '77', name: '擦手巾', quantity: 2 } }] },
  },
  {
    what: 'the seller took something off by hand',
    given: trade(
      { payment: '54.00', post_fee: '5.00', adjust_fee: '-10.00' },
      row({ adjust_fee: '-10.00', payment: '54.00' }),
    ),
    says: {
      paidTotalFen: 5400,
      freightFen: 500,
      discountFen: 1000,
      lines: [{ listFen: 5900, paidFen: 4900 }],
      warnings: [],
    },
  },
  {
    what: 'two lines, one of them adjusted, and no share told',
    given: trade({ payment: '100.00' }, row({ adjust_fee: '-8.00' }), row({ discount_fee: '10.00' })),
    says: { lines: [{ paidFen: 5100 }, { paidFen: 4900 }], warnings: [] },
  },
  {
    what: 'the discount of the trade is shared by largest remainder',
    given: trade({ payment: '198.00', post_fee: '5.00' }, row({ price: '79.00' }), row({ price: '119.00' })),
    says: { paidTotalFen: 19800, freightFen: 500, lines: [{ paidFen: 7701 }, { paidFen: 11599 }], warnings: [] },
  },
  {
    what: 'a share that the platform told already stands',
    given: trade(
      { payment: '193.00' },
      row({ price: '79.00', part_mjz_discount: '1.99' }),
      row({ price: '119.00', part_mjz_discount: '3.01' }),
    ),
    says: { lines: [{ paidFen: 7701 }, { paidFen: 11599 }], warnings: [] },
  },
  {
    what: 'three equal lines cannot be shared evenly',
    given: trade({ payment: '176.00' }, row(), row(), row()),
    says: { lines: [{ paidFen: 5866 }, { paidFen: 5867 }, { paidFen: 5867 }], warnings: [] },
  },
  {
    what: 'a quantity does not divide what was paid',
    given: trade({ payment: '100.00' }, row({ price: '35.00', num: 3 })),
    says: { lines: [{ quantity: 3, listFen: 10500, paidFen: 10000, unitPaidFen: [3334, 3333, 3333] }] },
  },
  {
    what: 'closed before payment',
    given: trade({ status: 'TRADE_CLOSED_BY_TAOBAO', pay_time: undefined }, row({ status: 'TRADE_CLOSED_BY_TAOBAO' })),
    says: {
      status: 'closed-unpaid',
      paidAt: null,
      paidTotalFen: 0,
      payableTotalFen: 5900,
      mayShipNow: false,
      remainingToShip: [],
      lines: [{ paidFen: 0 }],
    },
  },
  {
    what: 'closed by refunds of every line',
    given: trade({ status: 'TRADE_CLOSED', payment: '40.00' }, closedRow, closedRow),
    says: {
      status: 'closed-refunded',
      paidTotalFen: 4000,
      refundedFen: 4000,
      orderRefundState: 'full',
      mayShipNow: false,
      remainingToShip: [],
    },
  },
  {
    what: 'one line is closed and the other waits',
    given: trade({ payment: '79.00' }, closedRow, row({ sku_id: '54', divide_order_fee: '59.00' })),
    says: {
      status: 'paid-wait-ship',
      orderRefundState: 'partial',
      refundedFen: 2000,
      lines: [{ paidFen: 2000, refundedFen: 2000, refundState: 'success', mayShipNow: false }, { mayShipNow: true }],
      remainingToShip: [{ channelSkuNo: '54', quantity: 1 }],
    },
  },
  {
    what: 'cash on delivery',
    given: trade({ type: 'cod', pay_time: undefined }),
    says: { status: 'paid-wait-ship', isCod: true, paidAt: null, paidTotalFen: 5900, mayShipNow: true },
  },
  {
    what: 'paid, but the group is not full',
    given: trade({ status: 'PAID_FORBID_CONSIGN' }, row({ status: 'PAID_FORBID_CONSIGN' })),
    says: { status: 'on-hold', paidTotalFen: 5900, mayShipNow: false, lines: [{ mayShipNow: false }] },
  },
  {
    what: 'the platform asks not to ship',
    given: trade({ forbid_consign: 1 }),
    says: {
      status: 'paid-wait-ship',
      mayShipNow: false,
      lines: [{ mayShipNow: false }],
      warnings: ['held:forbid_consign'],
    },
  },
  {
    what: 'a refund is asked for before shipping',
    given: trade({}, row({ refund_status: 'WAIT_SELLER_AGREE' })),
    says: {
      orderRefundState: 'in-progress',
      mayShipNow: false,
      lines: [{ refundState: 'requested', refundingQuantity: 1, refundedFen: 0 }],
    },
  },
  {
    what: 'a refused refund is still open',
    given: trade({}, row({ refund_status: 'SELLER_REFUSE_BUYER' })),
    says: { orderRefundState: 'in-progress', mayShipNow: false, lines: [{ refundState: 'rejected' }] },
  },
  {
    what: 'a withdrawn refund holds nothing back',
    given: trade({}, row({ refund_status: 'CLOSED' })),
    says: { orderRefundState: 'none', mayShipNow: true, lines: [{ refundState: 'closed' }] },
  },
  {
    what: 'a presale not begun',
    given: step('FRONT_NOPAID_FINAL_NOPAID', {
      status: 'WAIT_BUYER_PAY',
      step_paid_fee: undefined,
      pay_time: undefined,
    }),
    says: { status: 'unpaid', paidTotalFen: 0, payableTotalFen: 50000, lines: [{ paidFen: 0 }] },
  },
  {
    what: 'a presale whose balance is open',
    given: step('FRONT_PAID_FINAL_NOPAID', { status: 'WAIT_BUYER_PAY', pay_time: undefined }),
    says: { status: 'deposit-paid', paidTotalFen: 5000, freightFen: 0, mayShipNow: false, lines: [{ paidFen: 0 }] },
  },
  {
    what: 'a presale paid in full',
    given: step('FRONT_PAID_FINAL_PAID', { step_paid_fee: '500.00' }),
    says: {
      status: 'paid-wait-ship',
      paidTotalFen: 50000,
      mayShipNow: true,
      lines: [{ paidFen: 50000 }],
      warnings: [],
    },
  },
  {
    what: 'a presale whose deposit is forfeited',
    given: step('FRONT_PAID_FRONT_FORFEITED', { status: 'TRADE_CLOSED_BY_TAOBAO', pay_time: undefined }),
    says: { status: 'closed-unpaid', paidTotalFen: 5000, lines: [{ paidFen: 0 }], mayShipNow: false },
  },
  {
    what: 'a city directly below its province',
    given: trade(places),
    says: {
      receiver: {
        raw: { province: '河南省', city: '', district: '济源市', town: '沁园街道', address: '沁**路*号' },
        standard: { province: '河南省', city: '济源市', district: '', town: '沁园街道' },
        privacy: 'masked',
      },
    },
  },
  {
    what: 'a municipality',
    given: trade({ receiver_state: '上海', receiver_city: '上海市', receiver_district: '浦东新区' }),
    says: { receiver: { standard: { province: '上海市', city: '上海市', district: '浦东新区' } } },
  },
  {
    what: 'a region in its short name',
    given: trade({ receiver_state: '广西', receiver_city: '南宁市', receiver_district: '青秀区' }),
    says: { receiver: { standard: { province: '广西壮族自治区', city: '南宁市' } } },
  },
  {
    what: 'no freight is told',
    given: trade({ post_fee: undefined }),
    says: { freightFen: 0, paidTotalFen: 5900, lines: [{ paidFen: 5900 }], warnings: [] },
  },
  {
    what: 'shares do not add up',
    given: trade({ payment: '119.00' }, row({ divide_order_fee: '59.00' }), row({ divide_order_fee: '59.00' })),
    says: { paidTotalFen: 11900, lines: [{ paidFen: 5900 }, { paidFen: 5900 }], warnings: ['amount-mismatch'] },
  },
  {
    what: 'a status nobody told us about',
    given: trade({ status: 'WAIT_FOR_THE_MOON' }),
    says: {
      status: 'on-hold',
      channelStatus: 'WAIT_FOR_THE_MOON',
      mayShipNow: false,
      warnings: ['unknown-status:WAIT_FOR_THE_MOON'],
    },
  },
  {
    what: 'a field nobody told us about',
    given: trade({ moon_phase: 'full' }),
    says: { warnings: ['unknown-field:trade.moon_phase'] },
  },
  {
    what: 'a bundle with its parts, and item codes where there is no SKU',
    given: trade(
      {},
      row({
        sku_id: undefined,
        outer_sku_id: undefined,
        outer_iid: 'SET-1',
        combine_item_info: { combine_item_info: [{ num_iid: '1', sku_id: '2', outer_sku_id: 'MB-1', quantity: 2 }] },
      }),
    ),
    says: {
      lines: [
        {
          channelSkuNo: '',
          merchantCode: 'SET-1',
          components: [{ channelSkuNo: '2', merchantCode: 'MB-1', quantity: 2 }],
        },
      ],
    },
  },
]

/** Several refunds of one line, in records beside the trade. */
const refundCase: Case = {
  what: 'a line had several refunds',
  given: trade(
    { payment: '118.00' },
    row({ divide_order_fee: '59.00', refund_status: 'SUCCESS', refund_id: '3' }),
    row({ divide_order_fee: '59.00' }),
  ),
  says: {
    refundedFen: 1500,
    orderRefundState: 'partial',
    lines: [{ paidFen: 5900, refundedFen: 1500, refundedQuantity: 0 }, { refundedFen: 0 }],
  },
}
const refundsOf = (no: string, oid: string) =>
  [
    ['1', 'SUCCESS', '5.00'],
    ['2', 'CLOSED', '59.00'],
    ['3', 'SUCCESS', '10.00'],
  ].map(([refund_id, status, refund_fee]) => ({
    refund_get_response: {
      refund: {
        refund_id,
        tid: no,
        oid,
        status,
        refund_fee,
        created: '2026-11-12 10:00:00',
        modified: '2026-11-12 10:00:00',
      },
    },
  }))

/** Numbers as the platform writes them: nineteen digits without quotes. */
function asTop(value: unknown): string {
  return JSON.stringify(value).replace(/"(tid|oid)":"(\d+)"/g, '"$1":$2')
}

const numbered = (cases: readonly Case[]) =>
  cases.map(({ given, ...rest }, place) => {
    const no = tid(place)
    const { order } = given.orders as { readonly order: readonly Fields[] }
    const oids = order.length === 1 ? [no] : order.map((_, at) => String(BigInt(no) + BigInt(at + 1)))
    return {
      ...rest,
      no,
      oids,
      given: { tid: no, ...given, orders: { order: order.map((each, at) => ({ ...each, oid: oids[at] })) } },
    }
  })

describe('taobao', () => {
  const cases = numbered([...taobaoCases, refundCase])
  const last = cases.at(-1)!
  let detailed: readonly ChannelOrder[]
  let listed: readonly ChannelOrder[]
  let simplified: readonly ChannelOrder[]

  beforeAll(async () => {
    const trades = cases.map(({ given }) => given)
    const details = trades.map((each) => ({ trade_fullinfo_get_response: { trade: each, request_id: 'r' } }))
    const page = (some: readonly Fields[]) => ({
      trades_sold_increment_get_response: { has_next: true, trades: { trade: some } },
    })
    const flat = trades.map((each) => ({ ...each, orders: (each.orders as { readonly order: unknown }).order }))
    const refunds = refundsOf(last.no, last.oids[0]!)
    const orders = (value: unknown) => answer<ChannelOrder[]>(['inspect', 'orders', 'taobao', '-'], asTop(value))
    ;[detailed, listed, simplified] = await Promise.all([
      orders([...details, ...refunds]),
      orders([page(trades.slice(0, 9)), page(trades.slice(9)), ...refunds]),
      orders([{ total_results: trades.length, trades: flat, request_id: 'r' }, ...refunds]),
    ])
  })

  test.each(cases.map(({ what, says, no }, place) => ({ what, says, no, place })))('$what', ({ says, no, place }) => {
    expect(detailed[place]).toMatchObject({ channelOrderNo: no, ...says })
  })

  test('pages and the simplified form say the same as details', () => {
    expect(listed).toEqual(detailed)
    expect(simplified).toEqual(detailed)
  })

  test('money adds up wherever nothing is said about it', () => {
    for (const order of detailed) {
      const isWhole =
        !['deposit-paid', 'closed-unpaid'].includes(order.status) && !order.warnings.includes('amount-mismatch')
      if (isWhole) expect(money(order).reduce((a, b) => a + b, order.freightFen)).toBe(order.paidTotalFen)
    }
  })
})

const goods = (fields: Fields = {}) => ({
  id: 'L1',
  sku: 'TEA',
  name: '龙井',
  spec: null,
  qty: 2,
  list: 25600,
  paid: 23600,
  ...fields,
})
const site = (fields: Fields, ...lines: Fields[]): Fields => ({
  currency: 'CNY',
  status: 'paid',
  placed_at: '2026-10-20T09:15:02+08:00',
  paid_at: '2026-10-20T09:16:38+08:00',
  modified_at: '2026-10-20T09:16:40+08:00',
  amounts: { goods: 25600, discount: 2000, shipping: 0, tax: 0, total: 23600 },
  receiver: {
    name: '林 晓禾',
    phone: '+86 13800000101',
    province: '浙江',
    city: '杭州',
    district: '西湖区',
    address: '示例路 12 号',
    zip: '310012',
  },
  lines: lines.length === 0 ? [goods()] : lines,
  ...fields,
})
const parcel = (...lines: Fields[]) => ({
  id: 'S-1',
  carrier: 'zto',
  carrier_name: '中通快递',
  tracking_no: '758001',
  shipped_at: '2026-10-21T10:00:00+08:00',
  lines,
})

const siteCases: Case[] = [
  {
    what: 'nothing is paid yet',
    given: site({ status: 'unpaid', paid_at: null }),
    says: {
      status: 'unpaid',
      paidAt: null,
      paidTotalFen: 0,
      payableTotalFen: 23600,
      lines: [{ paidFen: 0 }],
      mayShipNow: false,
    },
  },
  {
    what: 'paid, with freight, wrapping and tax',
    given: site(
      { amounts: { goods: 25600, discount: 2000, shipping: 800, extra: 500, tax: 236, total: 25136 } },
      goods({ paid: 23836 }),
    ),
    says: {
      paidTotalFen: 25136,
      freightFen: 800,
      extraFen: 500,
      lines: [{ paidFen: 23836, unitPaidFen: [11918, 11918] }],
      warnings: [],
    },
  },
  {
    what: 'it does not add up',
    given: site({ amounts: { shipping: 1, total: 23600 } }),
    says: { paidTotalFen: 23600, freightFen: 1, warnings: ['amount-mismatch'] },
  },
  {
    what: 'cancelled before payment',
    given: site({ status: 'cancelled', paid_at: null }),
    says: { status: 'closed-unpaid', paidTotalFen: 0 },
  },
  {
    what: 'cancelled after payment',
    given: site({ status: 'cancelled' }),
    says: { status: 'closed-refunded', paidTotalFen: 23600, mayShipNow: false },
  },
  {
    what: 'refunded without a word more',
    given: site({ status: 'refunded' }),
    says: {
      status: 'closed-refunded',
      refundedFen: 23600,
      orderRefundState: 'full',
      lines: [{ paidFen: 23600, refundState: 'success' }],
    },
  },
  {
    what: 'a refund of a part',
    given: site({
      refunds: [
        { id: 'R1', amount: 600, reason: '', status: 'success' },
        { id: 'R2', amount: 400, status: 'refunded' },
      ],
    }),
    says: {
      refundedFen: 1000,
      orderRefundState: 'partial',
      lines: [{ paidFen: 23600, refundedFen: 1000 }],
      mayShipNow: true,
    },
  },
  {
    what: 'a refund is asked for',
    given: site({ refunds: [{ id: 'R1', amount: 600, status: 'requested' }] }),
    says: { refundedFen: 0, orderRefundState: 'in-progress', mayShipNow: false },
  },
  {
    what: 'one of two pieces is shipped',
    given: site({ status: 'partially_shipped', shipments: [parcel({ id: 'L1', qty: 1 })] }),
    says: {
      status: 'partially-shipped',
      lines: [{ shippedQuantity: 1 }],
      remainingToShip: [{ channelSkuNo: 'TEA', quantity: 1 }],
      shipments: [{ waybillNo: '758001' }],
    },
  },
  {
    what: 'shipped',
    given: site({ status: 'shipped', shipments: [parcel({ id: 'L1', qty: 2 })] }),
    says: { status: 'shipped', lines: [{ shippedQuantity: 2 }], remainingToShip: [] },
  },
  { what: 'another currency', given: site({ currency: 'USD' }), says: { currency: 'USD', paidTotalFen: 23600 } },
  {
    what: 'a name in two parts and a telephone with country code',
    given: site({}),
    says: {
      receiver: {
        name: '林晓禾',
        phone: '13800000101',
        standard: { province: '浙江省', city: '杭州市', district: '西湖区' },
      },
    },
  },
  {
    what: 'a status nobody told us about',
    given: site({ status: 'dreaming' }),
    says: { status: 'on-hold', warnings: ['unknown-status:dreaming'] },
  },
  {
    what: 'a field nobody told us about',
    given: site({ colour: 'red' }),
    says: { warnings: ['unknown-field:order.colour'] },
  },
]

describe('generic', () => {
  let orders: readonly ChannelOrder[]
  beforeAll(async () => {
    const list = siteCases.map(({ given }, place) => ({ id: `T-${place}`, ...given }))
    orders = await answer<ChannelOrder[]>(['inspect', 'orders', 'generic', '-'], { orders: list, next_cursor: null })
  })

  test.each(siteCases.map(({ what, says }, place) => ({ what, says, place })))('$what', ({ says, place }) => {
    expect(orders[place]).toMatchObject({ channelOrderNo: `T-${place}`, ...says })
  })
})
