import { describe, expect, test } from 'vitest'
import { Failure, type FailureCode } from '../../../core/failures.ts'
import type { CaseAnswer, ShipmentReport, StockItem } from '../../../kit/channel.ts'
import type { OutgoingRequest } from '../../../kit/plug.ts'
import { wechatShop } from './index.ts'
import type { WechatShopAccount } from './manifest.ts'
import awaiting from './samples/aftersale-awaiting.json' with { type: 'json' }
import returned from './samples/aftersale-returned.json' with { type: 'json' }
import carriers from './samples/carriers.json' with { type: 'json' }
import errors from './samples/errors.json' with { type: 'json' }
import multi from './samples/order-multi-line.json' with { type: 'json' }
import partlyShipped from './samples/order-partially-shipped.json' with { type: 'json' }

const operations = wechatShop.operations as Required<typeof wechatShop.operations>
const ok = { errcode: 0, errmsg: 'ok' }

/** Answers one after the other; what was asked is kept. */
function platform(answers: readonly (object | string)[]) {
  const calls: { readonly path: string; readonly body: Record<string, unknown> }[] = []
  const requests: OutgoingRequest[] = []
  const account: WechatShopAccount = {
    credentials: { appId: 'wx1', appSecret: 's', accessToken: 't' },
    address: 'https://api.example',
    now: () => Date.parse('2026-10-20T02:00:42Z'),
    send: async (request) => {
      calls.push({
        path: new URL(request.url).pathname.replace('/channels/ec/', ''),
        body: JSON.parse(request.body ?? '{}'),
      })
      requests.push(request)
      const said = answers[calls.length - 1]
      if (said === undefined) throw new Error(`unexpected call ${request.url}`)
      return { status: 200, headers: {}, body: typeof said === 'string' ? said : JSON.stringify(said) }
    },
  }
  return { account, calls, requests }
}

const refusal = async (call: Promise<unknown>, code: FailureCode) => {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Failure)
  expect((error as Failure).code).toBe(code)
  return error as Failure
}

const orderNo = multi.order.order_id
const line = (place: number, quantity: number) => ({
  channelLineNo: `${orderNo}_00${place}`,
  channelSkuNo: 'as the report has it',
  quantity,
  isWholeLine: true,
})
const parcel: ShipmentReport = {
  channelOrderNo: orderNo,
  carrier: 'zto',
  carrierName: '中通快递',
  waybillNo: '75800000000017',
  shippedAt: 0,
  lines: [line(1, 2), line(4, 1)],
  isWholeOrder: false,
}

describe('a parcel is reported', () => {
  test('with the goods by the order’s own numbers', async () => {
    const { account, calls, requests } = platform([multi, ok])
    await operations['shipments.report'](account, parcel)
    expect(calls).toEqual([
      { path: 'order/get', body: { order_id: orderNo } },
      {
        path: 'order/delivery/send',
        body: {
          order_id: orderNo,
          delivery_list: [
            {
              delivery_id: 'ZTO',
              waybill_id: '75800000000017',
              deliver_type: 1,
              product_infos: [
                { product_id: '10000351720011', sku_id: '4120077001', product_cnt: 2 },
                { product_id: '10000351720019', sku_id: '4120077099', product_cnt: 1 },
              ],
            },
          ],
        },
      },
    ])
    expect(requests.map(({ isWrite }) => isWrite)).toEqual([false, true])
  })

  test('that the order already shows is done, and nothing is sent', async () => {
    const { account, calls } = platform([partlyShipped])
    const again = { ...parcel, channelOrderNo: partlyShipped.order.order_id, waybillNo: ' sf0000000000001' }
    await refusal(operations['shipments.report'](account, again), 'CHANNEL_ALREADY_DONE')
    expect(calls).toHaveLength(1)
  })

  test('with a line of another order is refused, and nothing is sent', async () => {
    const foreign = { ...parcel, lines: [{ ...line(1, 1), channelLineNo: '3719872036541239999_001' }] }
    const { account, calls } = platform([multi])
    await refusal(operations['shipments.report'](account, foreign), 'CHANNEL_REFUSED')
    expect(calls).toHaveLength(1)
  })

  test.each([
    ['sf', '顺丰', 'SF', 0],
    ['yunda', '韵达', 'YD', 0],
    ['jt', '极兔速递', 'JTSD', 1],
    ['unheard', '德邦快递', 'DBL', 1],
    ['unheard', '村口快递', 'OTHER', 1],
  ])('with carrier %s (%s) as %s, %d question for the list', async (carrier, carrierName, code, questions) => {
    const { account, calls } = platform([multi, ...(questions > 0 ? [carriers] : []), ok])
    await operations['shipments.report'](account, { ...parcel, carrier, carrierName })
    expect(calls).toHaveLength(2 + questions)
    expect(calls.at(-1)?.body).toMatchObject({ delivery_list: [{ delivery_id: code }] })
  })

  test('under the name, where the platform’s list has another code than expected', async () => {
    const list = { ...ok, company_list: [{ delivery_id: 'JT', delivery_name: '极兔速递' }] }
    const { account, calls } = platform([multi, list, ok])
    await operations['shipments.report'](account, { ...parcel, carrier: 'jt', carrierName: '极兔速递' })
    expect(calls[2]?.body).toMatchObject({ delivery_list: [{ delivery_id: 'JT' }] })
  })

  test.each([
    [errors['109001'], 'CHANNEL_ALREADY_DONE'],
    [errors['101100'], 'CHANNEL_REFUSED'],
    [errors['108009'], 'CHANNEL_REFUSED'],
    [errors['109000'], 'CHANNEL_REFUSED'],
    [errors['100002'], 'CHANNEL_NOT_FOUND'],
    [errors['100003'], 'CHANNEL_UNCLEAR'],
    [errors['-1'], 'CHANNEL_UNCLEAR'],
    [errors['45011'], 'CHANNEL_RATE_LIMITED'],
    [errors['40001'], 'CHANNEL_NOT_AUTHORISED'],
    ['<html>', 'CHANNEL_UNCLEAR'],
    [{ errmsg: 'ok' }, 'CHANNEL_UNCLEAR'],
  ] as const)('and answered with %j', async (said, code) => {
    await refusal(operations['shipments.report'](platform([multi, said]).account, parcel), code)
  })

  test.each([
    [errors['-1'], 'CHANNEL_UNCLEAR'],
    ['<html>', 'CHANNEL_UNCLEAR'],
    [ok, 'CHANNEL_UNCLEAR'],
    [errors['45011'], 'CHANNEL_RATE_LIMITED'],
    [errors['40001'], 'CHANNEL_NOT_AUTHORISED'],
    [errors['100002'], 'CHANNEL_NOT_FOUND'],
  ] as const)('whose order is answered with %j', async (said, code) => {
    await refusal(operations['shipments.report'](platform([said]).account, parcel), code)
  })
})

describe('a parcel is corrected', () => {
  const change = {
    ...parcel,
    channelOrderNo: partlyShipped.order.order_id,
    formerWaybillNo: 'SF0000000000001',
    formerCarrier: 'sf',
  }

  test('with the goods of the former parcel', async () => {
    const { account, calls } = platform([partlyShipped, ok])
    await operations['shipments.change'](account, change)
    expect(calls[1]).toEqual({
      path: 'order/deliveryinfo/update',
      body: {
        order_id: partlyShipped.order.order_id,
        delivery_list: [
          {
            delivery_id: 'ZTO',
            waybill_id: '75800000000017',
            deliver_type: 1,
            product_infos: [{ product_id: '10000351720011', sku_id: '4120077001', product_cnt: 1 }],
          },
        ],
      },
    })
  })

  test('with those of the report, where the order shows the former one no more', async () => {
    const { account, calls } = platform([multi, ok])
    await operations['shipments.change'](account, { ...change, channelOrderNo: orderNo })
    expect(calls[1]?.body).toMatchObject({
      delivery_list: [{ product_infos: [{ product_cnt: 2 }, { product_cnt: 1 }] }],
    })
  })

  test('which is done once the order shows the new one', async () => {
    const done = { ...change, waybillNo: '0700000000000001', formerWaybillNo: 'SF-GONE' }
    await refusal(operations['shipments.change'](platform([partlyShipped]).account, done), 'CHANNEL_ALREADY_DONE')
  })
})

describe('a remark', () => {
  const input = { channelOrderNo: orderNo, remark: '装礼盒', flag: null }
  test.each(['装礼盒', '', '字'.repeat(500)])('is written, %#', async (remark) => {
    const { account, calls, requests } = platform([ok])
    await operations['orders.remark'](account, { ...input, remark, flag: '1' })
    expect(calls).toEqual([{ path: 'order/merchantnotes/update', body: { order_id: orderNo, merchant_notes: remark } }])
    expect(requests[0]?.isWrite).toBe(true)
  })

  test('too long is refused before it is sent', async () => {
    const long = { ...input, remark: '字'.repeat(501) }
    await refusal(operations['orders.remark'](platform([]).account, long), 'INPUT_INVALID')
  })

  test.each([errors['-1'], '', { ok: true }])('is unclear after %j', async (said) => {
    await refusal(operations['orders.remark'](platform([said]).account, input), 'CHANNEL_UNCLEAR')
  })
})

describe('stock', () => {
  const item = (change: Partial<StockItem> = {}): StockItem => ({
    channelItemNo: '10000351720011',
    channelSkuNo: '4120077001',
    merchantCode: 'TEA-LJ-250',
    quantity: 42,
    ...change,
  })
  const keys = { channelItemNo: '10000351720011', channelSkuNo: '4120077001' }

  test('is set, one SKU a call, never below nothing', async () => {
    const { account, calls, requests } = platform([ok, ok])
    const second = item({ channelSkuNo: '4120077002', quantity: -3 })
    expect(await operations['stock.push'](account, [item(), second])).toEqual([
      { ...keys, ok: true, reason: null },
      { ...keys, channelSkuNo: '4120077002', ok: true, reason: null },
    ])
    expect(calls.map(({ path, body }) => [path, body.sku_id, body.diff_type, body.num])).toEqual([
      ['product/stock/update', '4120077001', 3, 42],
      ['product/stock/update', '4120077002', 3, 0],
    ])
    expect(requests.every(({ isWrite }) => isWrite)).toBe(true)
  })

  test.each([
    [errors['10020052'], false, '没有这个 SKU'],
    [errors['10020217'], false, '商品审核中，几小时后再试'],
    [errors['10020289'], false, '商品还没有上架过'],
    [{ errcode: 10020218, errmsg: 'no change' }, true, null],
  ])('answered with %j is a result', async (said, isDone, reason) => {
    expect(await operations['stock.push'](platform([said]).account, [item()])).toEqual([
      { ...keys, ok: isDone, reason },
    ])
  })

  test.each([
    [errors['10020112'], 'CHANNEL_RATE_LIMITED'],
    [errors['10020054'], 'CHANNEL_UNCLEAR'],
    [{ errcode: 10020050, errmsg: 'no' }, 'CHANNEL_PERMISSION'],
    [errors['45009'], 'CHANNEL_QUOTA_EXHAUSTED'],
    ['{}', 'CHANNEL_UNCLEAR'],
  ] as const)('answered with %j stops the push', async (said, code) => {
    await refusal(operations['stock.push'](platform([said]).account, [item()]), code)
  })
})

describe('an after-sale is answered', () => {
  const answer = (change: Partial<CaseAnswer> = {}): CaseAnswer => ({
    channelCaseNo: '2000005512340003',
    channelOrderNo: orderNo,
    decision: 'agree',
    amountFen: 5400,
    message: '同意',
    ...change,
  })
  const record = (change: object) => ({ ...ok, after_sale_order: { ...awaiting.after_sale_order, ...change } })
  const backGoods = record({ type: 'RETURN' })
  const [only, several] = [
    { ...ok, address_id_list: ['123456'] },
    { ...ok, address_id_list: ['1', '2'] },
  ]
  const address = (default_recv: boolean) => ({ ...ok, address_detail: { address_id: '1', default_recv } })
  const reasons = {
    ...ok,
    reject_reason: [
      { reject_reason_type: 1, reject_reason_type_text: '商品已发货' },
      { reject_reason_type: 9, reject_reason_type_text: '其他原因' },
    ],
  }
  const run = async (said: readonly object[], change: Partial<CaseAnswer> = {}) => {
    const { account, calls, requests } = platform(said)
    await operations['aftersales.answer'](account, answer(change))
    expect(requests.map(({ isWrite }) => isWrite)).toEqual([...said.slice(1).map(() => false), true])
    return calls.at(-1)
  }

  test.each([
    ['money alone', [awaiting, ok], {}],
    ['a return, with the only address', [backGoods, only, ok], { address_id: '123456', accept_type: 1 }],
    [
      'a return, with the default one of several addresses',
      [backGoods, several, address(false), address(true), ok],
      { address_id: '2', accept_type: 1 },
    ],
    ['goods that are back', [record({ type: 'RETURN', status: 'MERCHANT_WAIT_RECEIPT' }), ok], { accept_type: 2 }],
  ])('yes to %s', async (_, said, body) => {
    expect(await run(said)).toEqual({
      path: 'aftersale/acceptapply',
      body: { after_sale_order_id: '2000005512340003', ...body },
    })
  })

  test.each([
    ['商品已发货，请拒收', 1],
    ['说不清楚', 9],
  ])('no, because %s, by reason %d of the platform’s list', async (message, reject_reason_type) => {
    expect(await run([awaiting, reasons, ok], { decision: 'refuse', message: ` ${message} ` })).toEqual({
      path: 'aftersale/rejectapply',
      body: { after_sale_order_id: '2000005512340003', reject_reason: message, reject_reason_type },
    })
  })

  test.each<[string, readonly object[], Partial<CaseAnswer>, FailureCode]>([
    ['it succeeded before', [returned], {}, 'CHANNEL_ALREADY_DONE'],
    ['the amount changed', [awaiting], { amountFen: 5399 }, 'CHANGED_MEANWHILE'],
    ['it is an exchange', [record({ type: 'EXCHANGE' })], {}, 'CHANNEL_REFUSED'],
    ['there is no return address', [backGoods, { ...ok, address_id_list: [] }], {}, 'CHANNEL_MISCONFIGURED'],
    ['no address is the default', [backGoods, several, address(false), address(false)], {}, 'CHANNEL_MISCONFIGURED'],
    ['no reason is given', [awaiting], { decision: 'refuse', message: ' ' }, 'INPUT_INVALID'],
    ['no reason fits', [awaiting, { ...ok, reject_reason: [] }], { decision: 'refuse' }, 'CHANNEL_REFUSED'],
    ['it was answered a moment ago', [awaiting, errors['10021059']], {}, 'CHANNEL_RATE_LIMITED'],
    ['the status does not allow it', [awaiting, errors['10020001']], {}, 'CHANNEL_REFUSED'],
    ['the balance is too low', [awaiting, errors['10021046']], {}, 'CHANNEL_REFUSED'],
    ['the platform is busy', [awaiting, errors['10021044']], {}, 'CHANNEL_UNCLEAR'],
    ['it is not there', [{ errcode: 10021050 }], {}, 'CHANNEL_NOT_FOUND'],
  ])('not, because %s', async (_, said, change, code) => {
    await refusal(operations['aftersales.answer'](platform(said).account, answer(change)), code)
  })
})
