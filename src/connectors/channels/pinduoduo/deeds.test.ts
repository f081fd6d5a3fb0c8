import { describe, expect, test } from 'vitest'
import { Failure, type FailureCode } from '../../../core/failures.ts'
import type { ShipmentReport, StockItem } from '../../../kit/channel.ts'
import type { Account, Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { pinduoduo } from './index.ts'
import { PinduoduoCredentials } from './manifest.ts'
import carriers from './samples/carriers.json' with { type: 'json' }
import errors from './samples/errors.json' with { type: 'json' }
import sample from './samples/order.json' with { type: 'json' }

const now = Date.parse('2026-01-01T00:03:20Z')
const operations = pinduoduo.operations as Required<typeof pinduoduo.operations>
const own = PinduoduoCredentials.parse({ clientId: 'a', clientSecret: 's', accessToken: 't' })
const plain = sample.order_info_get_response.order_info
const orderWith = (fields: object) => ({ order_info_get_response: { order_info: { ...plain, ...fields } } })
const done = { any_response: { is_success: true } }

type Fields = Record<string, unknown>

/** Answers one after the other; what was asked is kept, without the common fields. */
function platform(answers: readonly (object | string)[]) {
  const calls: Fields[] = []
  const requests: OutgoingRequest[] = []
  const account: Account<PinduoduoCredentials> = {
    credentials: own,
    address: 'https://pdd.example',
    now: () => now,
    send: async (request): Promise<Answer> => {
      const body = JSON.parse(request.body ?? '') as Fields
      const { client_id, sign, timestamp, version, data_type, access_token, ...rest } = body
      expect([client_id, version, data_type, access_token]).toEqual(['a', 'V1', 'JSON', 't'])
      expect([sign, timestamp].every(Boolean)).toBe(true)
      calls.push(rest)
      requests.push(request)
      const said = answers[calls.length - 1]
      if (said === undefined) throw new Error(`unexpected call ${String(rest.type)}`)
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

const piece = (skuNo: string) => ({ channelLineNo: skuNo, channelSkuNo: skuNo, quantity: 1, isWholeLine: false })
const parcel: ShipmentReport = {
  channelOrderNo: plain.order_sn,
  carrier: 'sf',
  carrierName: '顺丰速运',
  waybillNo: 'SF0000000000031',
  shippedAt: now,
  lines: [piece('1742000000001')],
  isWholeOrder: true,
}
const part = { ...parcel, isWholeOrder: false }
const sent = {
  type: 'pdd.logistics.online.send',
  order_sn: plain.order_sn,
  logistics_id: 44,
  tracking_number: 'SF0000000000031',
  redelivery_type: 1,
}

describe('a shipment', () => {
  const report = (answers: readonly (object | string)[], change: Partial<ShipmentReport> = {}) => {
    const { account, calls, requests } = platform(answers)
    return { calls, requests, outcome: operations['shipments.report'](account, { ...parcel, ...change }) }
  }

  test('goes by the number that the platform’s own list gives the carrier', async () => {
    const { calls, requests, outcome } = report([carriers, done])
    await outcome
    expect(calls).toEqual([{ type: 'pdd.logistics.companies.get' }, sent])
    expect(requests.every(({ operation, isWrite }) => operation === 'shipments.report' && isWrite)).toBe(true)
  })

  test.each([
    [{ carrier: 'own', carrierName: '虚构速运' }, 'a carrier the platform does not take now'],
    [{ carrier: 'own', carrierName: '没有速运' }, 'a carrier nobody knows'],
    [{ carrier: 'zto-ltl', carrierName: '中通快运' }, 'another company of a like name'],
  ])('by %j is refused: %s', async (change) => {
    await refusal(report([carriers], change).outcome, 'CHANNEL_REFUSED')
  })

  test('of a part ships the order with its first parcel', async () => {
    const { calls, outcome } = report([sample, carriers, done], part)
    await outcome
    expect(calls[2]).toEqual(sent)
  })

  test('of a further part is a further number', async () => {
    const shipped = orderWith({ order_status: 2, tracking_number: 'SF1' })
    const { calls, outcome } = report([shipped, carriers, { any_response: { success: true } }], part)
    await outcome
    expect(calls[2]).toEqual({
      type: 'pdd.order.upload.extra.logistics',
      order_sn: plain.order_sn,
      extra_track_type: 1,
      extra_track_list: [{ shipping_id: 44, tracking_number: 'SF0000000000031' }],
    })
  })

  test('of a part that the order shows is done already', async () => {
    const extra_delivery_list = [{ logistics_id: 44, tracking_number: parcel.waybillNo }]
    await refusal(report([orderWith({ extra_delivery_list })], part).outcome, 'CHANNEL_ALREADY_DONE')
  })

  test('of another order’s goods is refused', async () => {
    await refusal(report([sample], { ...part, lines: [piece('42')] }).outcome, 'CHANNEL_REFUSED')
  })

  test('that is refused is done already where the order shows its number', async () => {
    const shipped = orderWith({ order_status: 2, tracking_number: parcel.waybillNo })
    await refusal(report([carriers, errors['not-allowed'], shipped]).outcome, 'CHANNEL_ALREADY_DONE')
    await refusal(report([carriers, errors['not-allowed'], sample]).outcome, 'CHANNEL_REFUSED')
    await refusal(report([carriers, errors['not-allowed'], errors.system]).outcome, 'CHANNEL_REFUSED')
  })

  test.each([
    [[errors.system], 'CHANNEL_UNCLEAR'],
    [[carriers, errors.system], 'CHANNEL_UNCLEAR'],
    [[carriers, '<html>'], 'CHANNEL_UNCLEAR'],
    [[carriers, { any_response: {} }], 'CHANNEL_UNCLEAR'],
    [[carriers, { any_response: { is_success: false } }, sample], 'CHANNEL_REFUSED'],
    [[carriers, errors['rate-limit']], 'CHANNEL_RATE_LIMITED'],
    [[carriers, errors['token-expired']], 'CHANNEL_NOT_AUTHORISED'],
  ] as const)('answered with %j fails as %s', async (answers, code) => {
    await refusal(report(answers).outcome, code)
  })
})

describe('another number', () => {
  const change = (answers: readonly object[], isWholeOrder: boolean) => {
    const { account, calls } = platform(answers)
    const former = { formerWaybillNo: 'SF1', formerCarrier: 'sf', isWholeOrder }
    return { calls, outcome: operations['shipments.change'](account, { ...parcel, ...former }) }
  }

  test('is told as a correction', async () => {
    const { calls, outcome } = change([carriers, done], true)
    await outcome
    expect(calls[1]).toEqual({ ...sent, redelivery_type: 2 })
  })

  test('of a part is one of the first parcel alone', async () => {
    const first = change([orderWith({ tracking_number: 'SF1' }), carriers, done], false)
    await first.outcome
    expect(first.calls[2]).toEqual({ ...sent, redelivery_type: 2 })
    await refusal(change([orderWith({ tracking_number: 'SF0' })], false).outcome, 'CHANNEL_REFUSED')
  })
})

describe('stock', () => {
  const item: StockItem = {
    channelItemNo: '753000000001',
    channelSkuNo: '1742000000001',
    merchantCode: 'LAMP-E27-3W',
    quantity: 66,
  }
  const set = { type: 'pdd.goods.quantity.update', goods_id: 753000000001, quantity: 66, update_type: 1 }

  test('is set SKU by SKU, and one bad one is a result', async () => {
    const { account, calls, requests } = platform([
      done,
      errors['no-such-order'],
      { any_response: { is_success: false } },
    ])
    const results = await operations['stock.push'](account, [
      item,
      { ...item, channelSkuNo: '', quantity: -1 },
      { ...item, channelSkuNo: '9007199254740993123' },
    ])
    expect(results.map(({ ok, reason }) => [ok, reason])).toEqual([
      [true, null],
      [false, '订单不存在'],
      [false, '平台没有执行'],
    ])
    expect(calls).toEqual([
      { ...set, sku_id: 1742000000001 },
      { ...set, outer_id: 'LAMP-E27-3W', quantity: 0 },
      { ...set, sku_id: '9007199254740993123' },
    ])
    expect(requests.every(({ isWrite }) => isWrite)).toBe(true)
  })

  test.each([
    [errors.system, 'CHANNEL_UNCLEAR'],
    [{ any_response: {} }, 'CHANNEL_UNCLEAR'],
    [errors['rate-limit'], 'CHANNEL_RATE_LIMITED'],
  ] as const)('answered with %j stops as %s', async (said, code) => {
    await refusal(operations['stock.push'](platform([said]).account, [item]), code)
  })
})

describe('a remark', () => {
  const remark = (answers: readonly object[], text: string, flag: string | null) => {
    const { account, calls } = platform(answers)
    const input = { channelOrderNo: plain.order_sn, remark: text, flag }
    return { calls, outcome: operations['orders.remark'](account, input) }
  }
  const note = { type: 'pdd.order.note.update', order_sn: plain.order_sn }

  test('is written with its flag', async () => {
    const { calls, outcome } = remark([done], '发顺丰🚚', '3')
    await outcome
    expect(calls).toEqual([{ ...note, note: '发顺丰🚚', tag: 3, tag_name: '绿色' }])
  })

  test.each([
    ['keeps the flag there is', { remark_tag: 1, remark_tag_name: '急' }, { tag: 1, tag_name: '急' }],
    ['sends none where there is none', {}, {}],
  ])('without a flag %s', async (_, fields, tag) => {
    const { calls, outcome } = remark([orderWith(fields), done], '', null)
    await outcome
    expect(calls[1]).toEqual({ ...note, note: '', ...tag })
  })

  test('too long, or with another flag, is not sent', async () => {
    await refusal(remark([], '长'.repeat(301), null).outcome, 'INPUT_INVALID')
    await refusal(remark([], '短', '6').outcome, 'INPUT_INVALID')
  })
})
