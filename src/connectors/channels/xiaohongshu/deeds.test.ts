import { describe, expect, test } from 'vitest'
import { Failure, type FailureCode } from '../../../core/failures.ts'
import type { CaseAnswer, ShipmentReport, StockItem } from '../../../kit/channel.ts'
import type { Account, Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { xiaohongshu } from './index.ts'
import { XiaohongshuCredentials } from './manifest.ts'
import carriers from './samples/carriers.json' with { type: 'json' }
import caseReturn from './samples/case-return.json' with { type: 'json' }
import multi from './samples/detail-multi.json' with { type: 'json' }
import split from './samples/detail-split.json' with { type: 'json' }
import errors from './samples/errors.json' with { type: 'json' }
import rejectReasons from './samples/reject-reasons.json' with { type: 'json' }
import stock from './samples/stock.json' with { type: 'json' }

const now = Date.parse('2026-01-01T00:03:20Z')
const operations = xiaohongshu.operations as Required<typeof xiaohongshu.operations>
const own = XiaohongshuCredentials.parse({ appId: 'a', appSecret: 's', accessToken: 't', returnAddressNo: '105380' })
const done = { success: true, error_code: 0 }

type Fields = Record<string, unknown>

/** Answers one after the other; what was asked is kept, without the common fields. */
function platform(answers: readonly (object | string)[], credentials = own) {
  const calls: Fields[] = []
  const requests: OutgoingRequest[] = []
  const account: Account<XiaohongshuCredentials> = {
    credentials,
    address: 'https://ark.example',
    now: () => now,
    send: async (request): Promise<Answer> => {
      const { appId, sign, timestamp, version, accessToken, ...rest } = JSON.parse(request.body ?? '') as Fields
      expect([appId, version, accessToken]).toEqual(['a', '2.0', 't'])
      expect([sign, timestamp].every(Boolean)).toBe(true)
      calls.push(rest)
      requests.push(request)
      const said = answers[calls.length - 1]
      if (said === undefined) throw new Error(`unexpected call ${String(rest.method)}`)
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

const [tea, cup] = ['67f0a1b2c3d4e5f6a7b8000b', '67f0a1b2c3d4e5f6a7b80015']
const pot = '67f0a1b2c3d4e5f6a7b80029'
const piece = (skuNo: string, quantity: number, isWholeLine = true) => ({
  channelLineNo: skuNo,
  channelSkuNo: skuNo,
  quantity,
  isWholeLine,
})
const parcel: ShipmentReport = {
  channelOrderNo: 'P770011223344556601',
  carrier: 'sf',
  carrierName: '顺丰速运',
  waybillNo: 'SF0000000000012',
  shippedAt: now - 1_000,
  lines: [piece(tea, 3), piece(cup, 1)],
  isWholeOrder: true,
}
const deliver = {
  method: 'order.orderDeliver',
  orderId: 'P770011223344556601',
  expressNo: 'SF0000000000012',
  expressCompanyCode: 'shunfeng',
  deliveringTime: now - 1_000,
}
const ofSplit = { ...parcel, channelOrderNo: 'P770011223344556602', isWholeOrder: false }

describe('a shipment', () => {
  const report = (answers: readonly (object | string)[], change: Partial<ShipmentReport> = {}) => {
    const { account, calls, requests } = platform(answers)
    return { calls, requests, outcome: operations['shipments.report'](account, { ...parcel, ...change }) }
  }

  test('of a whole order has no split fields, and is a write', async () => {
    const { calls, requests, outcome } = report([done])
    await outcome
    expect(calls).toEqual([deliver])
    expect(requests[0]).toMatchObject({ operation: 'shipments.report', isWrite: true })
  })

  test('of whole lines names their SKUs, each once', async () => {
    const lines = [piece(tea, 3), piece(tea, 1), piece(cup, 1)]
    const { calls, outcome } = report([done], { isWholeOrder: false, lines })
    await outcome
    expect(calls).toEqual([{ ...deliver, unpack: true, skuIdList: [tea, cup] }])
  })

  test('never leaves later than now', async () => {
    const { calls, outcome } = report([done], { shippedAt: now + 3_600_000 })
    await outcome
    expect(calls[0]).toMatchObject({ deliveringTime: now })
  })

  test('of a part of a line takes the SKU along with its first parcel', async () => {
    const { calls, outcome } = report([split, done], {
      ...ofSplit,
      lines: [piece(pot, 1, false), piece(tea, 1, false)],
    })
    await outcome
    expect(calls.map((call) => call.method)).toEqual(['order.getOrderDetail', 'order.orderDeliver'])
    expect(calls[1]).toMatchObject({ unpack: true, skuIdList: [pot] })
  })

  test('of what is left of a line that has gone cannot be told', async () => {
    const { outcome } = report([split], { ...ofSplit, lines: [piece(tea, 1, false)] })
    await refusal(outcome, 'CHANNEL_ALREADY_DONE')
  })

  test('by an unusual carrier is looked up in the platform’s own list', async () => {
    const change = { carrier: 'own-1', carrierName: '虚构速运' }
    const { calls, outcome } = report([carriers, done], change)
    await outcome
    expect(calls[0]).toEqual({ method: 'common.getExpressCompanyList' })
    expect(calls[1]).toMatchObject({ expressCompanyCode: '虚构速运' })
    await refusal(report([carriers], { ...change, carrierName: '没有速运' }).outcome, 'CHANNEL_REFUSED')
  })

  const refused = errors['state-does-not-allow']
  test('that is refused because it has left is done already', async () => {
    await refusal(
      report([refused, split], { ...ofSplit, isWholeOrder: true, lines: [piece(tea, 2)] }).outcome,
      'CHANNEL_ALREADY_DONE',
    )
  })

  test('that is refused otherwise stays refused, whether or not the order can be read', async () => {
    await refusal(report([refused, multi]).outcome, 'CHANNEL_REFUSED')
    await refusal(report([refused, errors['system-error']]).outcome, 'CHANNEL_REFUSED')
  })

  test.each([
    [errors['not-found-or-foreign'], 'CHANNEL_NOT_FOUND'],
    [errors['rate-limited'], 'CHANNEL_RATE_LIMITED'],
    [errors['system-error'], 'CHANNEL_UNCLEAR'],
    ['', 'CHANNEL_UNCLEAR'],
    ['{"hello":1}', 'CHANNEL_UNCLEAR'],
    [{ success: true, data: 'what' }, 'CHANNEL_UNCLEAR'],
  ] as const)('answered with %j fails as %s', async (said, code) => {
    await refusal(report([said]).outcome, code)
  })
})

describe('a correction', () => {
  const change = (answers: readonly object[], input: Partial<ShipmentReport>, formerWaybillNo = 'JT0000000000001') => {
    const { account, calls } = platform(answers)
    const former = { formerWaybillNo, formerCarrier: 'jt' }
    return { calls, outcome: operations['shipments.change'](account, { ...parcel, ...input, ...former }) }
  }
  const modify = {
    method: 'order.modifyOrderExpressInfo',
    orderId: 'P770011223344556602',
    expressNo: 'SF0000000000012',
    expressCompanyCode: 'shunfeng',
    oldExpressNo: 'JT0000000000001',
  }

  test('of a whole order goes by the old number', async () => {
    const { calls, outcome } = change([done], { ...ofSplit, isWholeOrder: true })
    await outcome
    expect(calls).toEqual([modify])
  })

  test('of a part names its place', async () => {
    const { calls, outcome } = change([split, done], { ...ofSplit, lines: [piece(tea, 2)] })
    await outcome
    expect(calls[1]).toEqual({ ...modify, deliveryOrderIndex: 1 })
  })

  test('of a number the order does not have is refused', async () => {
    await refusal(change([split], { ...ofSplit, lines: [piece(tea, 2)] }, 'XX1').outcome, 'CHANNEL_REFUSED')
    await refusal(change([split], { ...ofSplit, lines: [piece(pot, 1)] }).outcome, 'CHANNEL_REFUSED')
  })
})

describe('stock', () => {
  const item = (channelSkuNo: string, quantity: number): StockItem => ({
    channelItemNo: 'i1',
    channelSkuNo,
    merchantCode: null,
    quantity,
  })
  const push = (answers: readonly (object | string)[], ...items: StockItem[]) => {
    const { account, calls, requests } = platform(answers)
    return { calls, requests, outcome: operations['stock.push'](account, items) }
  }

  test('is set as a total with all that is held', async () => {
    const { calls, outcome } = push([stock.read, stock.set], item(tea, 40))
    expect(await outcome).toEqual([{ channelItemNo: 'i1', channelSkuNo: tea, ok: true, reason: null }])
    expect(calls).toEqual([
      { method: 'inventory.getSkuStock', skuId: tea },
      { method: 'inventory.syncSkuStock', skuId: tea, qty: 40 + 35 + 15 + 15 + 10 },
    ])
  })

  test('below nothing is nothing', async () => {
    const { calls, outcome } = push([stock.read, stock.set], item(tea, -3))
    await outcome
    expect(calls[1]).toMatchObject({ qty: 75 })
  })

  test('below what is held is taken, with the platform’s note', async () => {
    const [result] = await push([stock.read, stock.occupied], item(tea, 0)).outcome
    expect(result).toMatchObject({ ok: true, reason: expect.stringContaining('占用库存') })
  })

  test('of one SKU that is refused does not stop the others', async () => {
    const answers = [stock.read, stock.refused, errors['not-found-or-foreign'], stock.read, stock.set]
    const results = await push(answers, item('a', 1), item('b', 2), item('c', 3)).outcome
    expect(results.map(({ channelSkuNo, ok, reason }) => [channelSkuNo, ok, reason])).toEqual([
      ['a', false, '规格不存在'],
      ['b', false, '包裹不存在或不属于当前商家'],
      ['c', true, null],
    ])
  })

  test.each([
    [[errors['system-error']], 'CHANNEL_UNCLEAR'],
    [[stock.read, ''], 'CHANNEL_UNCLEAR'],
    [[stock.read, done], 'CHANNEL_UNCLEAR'],
    [[stock.read, errors['rate-limited']], 'CHANNEL_RATE_LIMITED'],
  ] as const)('answered with %j fails as %s', async (answers, code) => {
    await refusal(push(answers, item(tea, 1)).outcome, code)
  })
})

describe('a remark', () => {
  const remark = (answers: readonly object[], text: string, flag: string | null) => {
    const { account, calls } = platform(answers)
    const input = { channelOrderNo: 'P770011223344556602', remark: text, flag }
    return { calls, outcome: operations['orders.remark'](account, input) }
  }

  test.each([
    ['its own flag', [done], '2', 2],
    ['the present flag', [split, done], null, 3],
    ['grey where there is none', [multi, done], null, 1],
  ] as const)('is written with %s', async (_, answers, flag, sellerMarkPriority) => {
    const { calls, outcome } = remark(answers, '已催仓库 🚚', flag)
    await outcome
    expect(calls.at(-1)).toEqual({
      method: 'order.modifySellerMarkInfo',
      orderId: 'P770011223344556602',
      sellerMarkNote: '已催仓库 🚚',
      operator: 'tongdan',
      sellerMarkPriority,
    })
  })

  test('too long, or with a flag that is none, is not sent', async () => {
    await refusal(remark([], '长'.repeat(501), '1').outcome, 'INPUT_INVALID')
    await refusal(remark([], '急', '0').outcome, 'INPUT_INVALID')
    await refusal(remark([errors['system-error']], '急', '1').outcome, 'CHANNEL_UNCLEAR')
  })
})

describe('an answer to an after-sale', () => {
  const info = { ...caseReturn.data.afterSaleInfo, status: 1 }
  const caseOf = (fields: Fields) => ({ success: true, code: 0, data: { afterSaleInfo: { ...info, ...fields } } })
  const answer: CaseAnswer = {
    channelCaseNo: info.returnsId,
    channelOrderNo: info.orderId,
    decision: 'agree',
    amountFen: 6900,
    message: '请寄回时附纸条',
  }
  const say = (answers: readonly object[], change: Partial<CaseAnswer> = {}, credentials = own) => {
    const { account, calls } = platform(answers, credentials)
    return { calls, outcome: operations['aftersales.answer'](account, { ...answer, ...change }) }
  }
  const audit = { method: 'afterSale.auditReturns', returnsId: info.returnsId }
  const receive = { method: 'afterSale.confirmReceive', returnsId: info.returnsId }

  test.each([
    [
      'a return, with the address',
      { returnType: 1 },
      { ...audit, action: 2, message: answer.message, receiverInfo: { sellerAddressRecordId: 105380 } },
    ],
    ['money before shipping', { returnType: 5 }, { ...audit, action: 1 }],
    ['money after shipping', { returnType: 4 }, { ...audit, action: 1 }],
    ['goods that came back', { returnType: 1, status: 3 }, { ...receive, action: 1 }],
  ])('agrees to %s', async (_, fields, expected) => {
    const { calls, outcome } = say([caseOf(fields), done])
    await outcome
    expect(calls[1]).toEqual(expected)
  })

  test.each([
    ['a request', { status: 1 }, '少发了一盒', { ...audit, action: 3, reason: 3099, description: '少发了一盒' }],
    ['by a reason of the platform', { status: 1 }, '已与买家协商补发', { reason: 3001 }],
    ['goods that came back', { status: 3 }, '不是我们的货', { ...receive, action: 2, reason: 3099 }],
  ])('refuses %s', async (_, fields, message, expected) => {
    const { calls, outcome } = say([caseOf(fields), rejectReasons, done], { decision: 'refuse', message })
    await outcome
    expect(calls[1]).toEqual({
      method: 'afterSale.rejectReasons',
      returnsId: info.returnsId,
      rejectReasonType: fields.status === 3 ? 2 : 1,
    })
    expect(calls[2]).toMatchObject(expected)
  })

  test.each([
    ['is done', { status: 4 }, {}, 'CHANNEL_ALREADY_DONE'],
    ['is agreed to and waits for the buyer', { status: 2 }, {}, 'CHANNEL_ALREADY_DONE'],
    ['is agreed to and cannot be refused now', { status: 2 }, { decision: 'refuse' }, 'CHANNEL_REFUSED'],
    ['is an exchange', { returnType: 2 }, {}, 'CHANNEL_REFUSED'],
    ['is withdrawn', { status: 5 }, {}, 'CHANNEL_REFUSED'],
    ['is with the platform', { status: 14 }, {}, 'CHANNEL_REFUSED'],
    ['is about another amount', { expectedRefundAmountYuan: 68.99 }, {}, 'CHANGED_MEANWHILE'],
    ['is refused without a word', {}, { decision: 'refuse', message: ' ' }, 'INPUT_INVALID'],
  ] as const)('that %s changes nothing', async (_, fields, change, code) => {
    const { calls, outcome } = say([caseOf(fields)], change)
    await refusal(outcome, code)
    expect(calls).toHaveLength(1)
  })

  test('to a return needs the return address', async () => {
    const { returnAddressNo: _, ...bare } = own
    await refusal(say([caseOf({})], {}, bare).outcome, 'CHANNEL_MISCONFIGURED')
  })

  test('without a fitting reason names those there are', async () => {
    const [first] = rejectReasons.data.rejectReasons
    const only = { ...rejectReasons, data: { rejectReasons: [first] } }
    const failure = await refusal(
      say([caseOf({}), only], { decision: 'refuse', message: '不行' }).outcome,
      'CHANNEL_REFUSED',
    )
    expect(failure.details.reason).toContain('已与买家协商补发')
  })

  test('that says success with a code is refused', async () => {
    await refusal(say([caseOf({ returnType: 5 }), errors['case-state']]).outcome, 'CHANNEL_REFUSED')
  })
})
