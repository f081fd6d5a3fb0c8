import { describe, expect, test } from 'vitest'
import { ChannelCase, Listing } from '../../../core/channel/shapes.ts'
import { Failure, type FailureCode } from '../../../core/failures.ts'
import type { CaseAnswer, ShipmentReport, StockItem } from '../../../kit/channel.ts'
import type { Account, OutgoingRequest } from '../../../kit/plug.ts'
import { toCase } from './aftersales.ts'
import { taobao } from './index.ts'
import type { TaobaoCredentials } from './manifest.ts'
import { RefundRow } from './payload.ts'
import { cursorAfter, specificationOf } from './products.ts'
import errors from './samples/errors.json' with { type: 'json' }
import shippingErrors from './samples/errors-shipping.json' with { type: 'json' }
import stockErrors from './samples/errors-stock.json' with { type: 'json' }
import items from './samples/items.json' with { type: 'json' }
import messages from './samples/messages.json' with { type: 'json' }
import refund from './samples/refund.json' with { type: 'json' }
import refunds from './samples/refunds.json' with { type: 'json' }
import skus from './samples/skus.json' with { type: 'json' }
import { changeCall, shipmentCall } from './shipments.ts'
import { stockCalls } from './stock.ts'

const operations = taobao.operations as Required<typeof taobao.operations>
const own: TaobaoCredentials = { appKey: '21000000', appSecret: 'topsecret0', sessionKey: '6200a0demo' }

/** Answers one after the other; what was asked is kept. */
function platform(answers: readonly object[], credentials = own) {
  const calls: Record<string, string>[] = []
  const requests: OutgoingRequest[] = []
  const account: Account<TaobaoCredentials> = {
    credentials,
    address: 'https://eco.example',
    now: () => Date.parse('2026-10-20T02:00:00Z'),
    send: async (request) => {
      calls.push(Object.fromEntries(new URLSearchParams(request.body ?? '')))
      requests.push(request)
      const said = answers[calls.length - 1]
      if (said === undefined) throw new Error(`unexpected call ${calls.at(-1)?.method}`)
      return { status: 200, headers: {}, body: JSON.stringify(said) }
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

const parcel: ShipmentReport = {
  channelOrderNo: '4160000000000000001',
  carrier: 'zto',
  carrierName: '中通快递',
  waybillNo: '75800000000017',
  shippedAt: 0,
  lines: [{ channelLineNo: '41', channelSkuNo: '51', quantity: 2, isWholeLine: true }],
  isWholeOrder: true,
}
const part = { channelLineNo: '42', channelSkuNo: '52', quantity: 1, isWholeLine: false }

describe('a parcel is reported', () => {
  test('whole without split parameters', () => {
    expect(shipmentCall(parcel)).toEqual({
      operation: 'shipments.report',
      isWrite: true,
      method: 'taobao.logistics.offline.send',
      params: { tid: '4160000000000000001', out_sid: '75800000000017', company_code: 'ZTO' },
    })
  })

  test('by lines with both split parameters', () => {
    const lines = [...parcel.lines, { ...part, isWholeLine: true }]
    expect(shipmentCall({ ...parcel, lines, isWholeOrder: false }).params).toMatchObject({
      is_split: '1',
      sub_tid: '41,42',
    })
  })

  test('by pieces through the newer call', () => {
    const { method, params } = shipmentCall({ ...parcel, lines: [...parcel.lines, part], isWholeOrder: false })
    expect(method).toBe('alibaba.ascp.logistics.offline.send')
    expect(params).toMatchObject({ tid: parcel.channelOrderNo, consign_type: '1' })
    expect(JSON.parse(params?.consign_pkgs ?? '')).toEqual([
      {
        out_sid: '75800000000017',
        company_code: 'ZTO',
        goods: [
          { sub_tid: '41', item_type: 0, num: 2 },
          { sub_tid: '42', item_type: 0, num: 1 },
        ],
      },
    ])
    expect(JSON.parse(params?.consign_status ?? '')).toEqual([
      { sub_tid: '41', is_part_consign: false },
      { sub_tid: '42', is_part_consign: true },
    ])
  })

  test('whose last pieces are in it is no longer part', () => {
    const { params } = shipmentCall({ ...parcel, lines: [{ ...part, completesLine: true }], isWholeOrder: false })
    expect(JSON.parse(params?.consign_status ?? '')).toEqual([{ sub_tid: '42', is_part_consign: false }])
  })

  test.each([
    ['jt', '极兔速递', 'HTKY'],
    ['deppon', '德邦快递', 'DBKD'],
    ['unheard', '韵达速递', 'YUNDA'],
    ['unheard', '村口快递', 'OTHER'],
  ])('with carrier %s (%s) as %s', (carrier, carrierName, code) => {
    expect(shipmentCall({ ...parcel, carrier, carrierName }).params?.company_code).toBe(code)
  })

  test('of cash on delivery by the call that is for those', async () => {
    const wrongKind = { code: 15, msg: 'Remote service error', sub_code: 'isv.logistics-offline-service-error:B98' }
    const answers = (type: string) => [
      { error_response: wrongKind },
      { trade_get_response: { trade: { tid: parcel.channelOrderNo, type } } },
      { logistics_online_send_response: { shipping: { is_success: true } } },
    ]
    const cash = platform(answers('cod'))
    await operations['shipments.report'](cash.account, parcel)
    const [first, , last] = cash.calls
    expect(last).toMatchObject({ method: 'taobao.logistics.online.send', out_sid: first?.out_sid, tid: first?.tid })
    await refusal(operations['shipments.report'](platform(answers('fixed')).account, parcel), 'CHANNEL_REFUSED')
  })

  test.each([
    [{ logistics_offline_send_response: { shipping: { is_success: true } } }, null],
    [shippingErrors.already_shipped_or_closed, 'CHANNEL_ALREADY_DONE'],
    [shippingErrors.bad_waybill, 'CHANNEL_REFUSED'],
    [shippingErrors.order_not_found, 'CHANNEL_NOT_FOUND'],
    [shippingErrors.retry_later, 'CHANNEL_UNCLEAR'],
    [errors.isp_remote_timeout, 'CHANNEL_UNCLEAR'],
    [errors.rate_limit_app_api, 'CHANNEL_RATE_LIMITED'],
  ] as const)('and answered with %j', async (said, code) => {
    const { account, requests } = platform([said])
    const done = operations['shipments.report'](account, parcel)
    if (code === null) await done
    else await refusal(done, code)
    expect(requests[0]?.isWrite).toBe(true)
  })
})

describe('a parcel is corrected', () => {
  const change = { ...parcel, waybillNo: '75800000000025', formerWaybillNo: '75800000000017', formerCarrier: 'sf' }
  test.each([
    ['whole', change, 'taobao.logistics.consign.resend', { out_sid: '75800000000025' }],
    [
      'by lines',
      { ...change, isWholeOrder: false },
      'taobao.logistics.consign.resend',
      { is_split: '1', sub_tid: '41' },
    ],
    [
      'by pieces',
      { ...change, isWholeOrder: false, lines: [part] },
      'alibaba.ascp.logistics.consign.modify',
      { old_out_sid: '75800000000017', new_out_sid: '75800000000025', old_company_code: 'SF', new_company_code: 'ZTO' },
    ],
  ])('%s', (_, input, method, params) => {
    expect(changeCall(input)).toMatchObject({ method, params, isWrite: true })
  })

  test('by one call', async () => {
    const { account, calls } = platform([{ logistics_consign_resend_response: { shipping: { is_success: true } } }])
    await operations['shipments.change'](account, change)
    expect(calls).toHaveLength(1)
  })
})

describe('stock', () => {
  const item = (channelSkuNo: string, quantity: number, channelItemNo = '71'): StockItem => ({
    channelItemNo,
    channelSkuNo,
    merchantCode: null,
    quantity,
  })

  test('is set to absolute numbers, twenty SKUs of one item at once', () => {
    const many = Array.from({ length: 21 }, (_, i) => item(`5${i}`, i))
    const calls = stockCalls([...many, item('', 7, '72')])
    expect(calls.map(({ top, of }) => [top.method, top.params?.num_iid, top.params?.type, of.length])).toEqual([
      ['taobao.skus.quantity.update', '71', '1', 20],
      ['taobao.skus.quantity.update', '71', '1', 1],
      ['taobao.item.quantity.update', '72', '1', 1],
    ])
    expect(calls[1]?.top.params?.skuid_quantities).toBe('520:20')
    expect(calls[2]?.top.params?.quantity).toBe('7')
  })

  test('of nothing is a number like any other', async () => {
    const { account, calls } = platform([{ item_quantity_update_response: { item: { num: 0 } } }])
    expect(await operations['stock.push'](account, [item('', 0)])).toEqual([
      { channelItemNo: '71', channelSkuNo: '', ok: true, reason: null },
    ])
    expect(calls[0]?.quantity).toBe('0')
  })

  test('refused for its content is a result for each SKU of the call', async () => {
    const done = { item_quantity_update_response: { item: { num: 7 } } }
    const { account } = platform([stockErrors.negative_full_quantity, done])
    expect(await operations['stock.push'](account, [item('51', -1), item('', 7, '72')])).toEqual([
      { channelItemNo: '71', channelSkuNo: '51', ok: false, reason: '全量更新时库存不能为负数' },
      { channelItemNo: '72', channelSkuNo: '', ok: true, reason: null },
    ])
    const gone = platform([stockErrors.item_not_found])
    expect((await operations['stock.push'](gone.account, [item('51', 1)]))[0]?.ok).toBe(false)
  })

  test('that was throttled is a failure', async () => {
    await refusal(
      operations['stock.push'](platform([stockErrors.rate_limited]).account, [item('51', 1)]),
      'CHANNEL_RATE_LIMITED',
    )
  })
})

describe('products', () => {
  const none = { item_skus_get_response: {} }
  const empty = { items_inventory_get_response: { total_results: 0 } }

  test('come by SKU from the three lists in turn', async () => {
    const { account, calls } = platform([items, skus, empty, empty])
    const rows: Listing[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<(typeof operations)['products.pull']>> = await operations['products.pull'](
        account,
        cursor,
      )
      rows.push(...page.rows)
      cursor = page.next
    } while (cursor !== null)
    expect(
      rows.map((row) => Listing.parse(row)).map((row) => [row.merchantCode, row.quantity, row.specification]),
    ).toEqual([
      ['XM-SJT-180-GR', 12, '颜色分类:豆绿;适用床尺寸:1.8m'],
      ['XM-SJT-180-YM', 45, '颜色分类:燕麦;适用床尺寸:1.8m'],
      ['XM-XX-001', 300, ''],
    ])
    expect(rows[2]).toMatchObject({ channelSkuNo: '', priceFen: 6800, isOnSale: true })
    expect(calls.map((call) => [call.method, call.banner])).toEqual([
      ['taobao.items.onsale.get', undefined],
      ['taobao.item.skus.get', undefined],
      ['taobao.items.inventory.get', 'for_shelved'],
      ['taobao.items.inventory.get', 'sold_out'],
    ])
    expect(calls[1]?.num_iids?.split(',')).toHaveLength(2)
  })

  test('taken off sale are not on sale, deleted SKUs are left out', async () => {
    const item = {
      num_iid: 71,
      title: '杯',
      num: 3,
      price: '9.00',
      approve_status: 'instock',
      modified: '2026-10-20 09:00:00',
    }
    const page = { items_inventory_get_response: { items: { item: [item] } } }
    const gone = { item_skus_get_response: { skus: { sku: [{ sku_id: 51, num_iid: 71, status: 'delete' }] } } }
    for (const second of [none, gone]) {
      const { account } = platform([page, second])
      const { rows } = await operations['products.pull'](account, '{"list":1,"page":1,"since":null}')
      expect(rows).toMatchObject([{ channelItemNo: '71', channelSkuNo: '', isOnSale: false, quantity: 3 }])
    }
  })

  const full = Array.from({ length: 40 }, () => ({ modified: '2026-10-20 09:00:00' }))
  test.each([
    [{ list: 0, page: 1, since: null }, full, { list: 0, page: 2, since: null }],
    [{ list: 0, page: 3, since: null }, full.slice(1), { list: 1, page: 1, since: null }],
    [{ list: 2, page: 1, since: null }, [], null],
    [{ list: 1, page: 101, since: null }, full, { list: 1, page: 1, since: '2026-10-20 09:00:00' }],
    [{ list: 1, page: 101, since: '2026-10-20 09:00:00' }, full, { list: 1, page: 1, since: '2026-10-20 09:00:01' }],
  ])('after %j', (at, page, next) => expect(cursorAfter(at, page)).toEqual(next))

  test('a value with a colon keeps it', () => expect(specificationOf('1:2:尺寸:3:4;')).toBe('尺寸:3:4'))
})

describe('after-sales', () => {
  const record = refund.refund_get_response.refund
  const read = (change: object) => ChannelCase.parse(toCase(RefundRow.parse({ ...record, ...change })))

  test('come in the words of the standard', () => {
    expect(read({})).toMatchObject({
      channelCaseNo: record.refund_id,
      channelStatus: 'WAIT_SELLER_AGREE',
      state: 'requested',
      kind: 'return-and-refund',
      refundFen: 10900,
      quantity: 1,
      reason: '颜色与描述不符',
      beforeShipping: false,
      returnWaybillNo: null,
      createdAt: '2025-10-16T10:22:47.000Z',
    })
  })

  test.each([
    [{ dispute_type: 'REFUND' }, 'refund-only'],
    [{ dispute_type: 'TMALL_EXCHANGE' }, 'exchange'],
    [{ dispute_type: 'TAOBAO_EXCHANGE' }, 'exchange'],
    [{ dispute_type: 'REPAIR' }, 'repair'],
    [{ dispute_type: 'RESHIPPING' }, 'reship'],
    [{ dispute_type: 'OTHERS' }, 'other'],
    [{ dispute_type: 'NEW_KIND' }, 'other'],
    [{ dispute_type: undefined }, 'return-and-refund'],
    [{ dispute_type: undefined, has_good_return: false }, 'refund-only'],
  ])('of %j are %s', (change, kind) => expect(read(change).kind).toBe(kind))

  test.each([
    [{ order_status: 'WAIT_SELLER_SEND_GOODS', has_good_return: false }, true],
    [{ order_status: 'TRADE_CLOSED', good_status: 'BUYER_NOT_RECEIVED', has_good_return: false }, null],
    [{ order_status: 'TRADE_CLOSED', good_status: 'BUYER_RETURNED_GOODS' }, false],
    [
      { order_status: 'TRADE_CLOSED', good_status: undefined, has_good_return: false, refund_phase: 'aftersale' },
      false,
    ],
  ])('of %j before shipping: %s', (change, before) => expect(read(change).beforeShipping).toBe(before))

  test('are pulled from the last page to the first', async () => {
    const { account, calls } = platform([refunds])
    const span = { from: Date.parse('2026-10-20T01:00:00Z'), to: Date.parse('2026-10-20T01:30:00Z') }
    const page = await operations['aftersales.pull'](account, { span, cursor: null })
    expect(page).toMatchObject({ total: 3, next: null })
    expect(page.rows.map((row) => row.case.state)).toEqual(['requested', 'success', 'success'])
    expect(JSON.parse(page.rows[0]?.raw ?? '')).toMatchObject({ refund_id: record.refund_id })
    expect(calls[0]).toMatchObject({ start_modified: '2026-10-20 09:00:00', page_size: '100' })
    const [row] = [
      await operations['aftersales.get'](platform([refund]).account, { channelCaseNo: '9', channelOrderNo: '1' }),
    ]
    expect(row.raw).toBe(JSON.stringify(refund))
  })

  const answer: CaseAnswer = {
    channelCaseNo: record.refund_id,
    channelOrderNo: '1',
    decision: 'agree',
    amountFen: 10900,
    message: '好的',
  }
  const recordWith = (change: object) => ({ refund_get_response: { refund: { ...record, ...change } } })
  const money = recordWith({ dispute_type: 'REFUND', has_good_return: false })
  const agreed = (succ: boolean) => ({
    rp_refunds_agree_response: {
      succ: true,
      msg_code: 'SOME_OP_SUCC',
      results: { refund_mapping_result: [{ refund_id: record.refund_id, succ, message: '退款单状态已变更' }] },
    },
  })

  test('money is agreed to with version and phase as they came', async () => {
    const { account, calls } = platform([money, agreed(true)])
    await operations['aftersales.answer'](account, answer)
    expect(calls[1]).toMatchObject({
      method: 'taobao.rp.refunds.agree',
      refund_infos: `${record.refund_id}|10900|${record.refund_version}|onsale`,
    })
  })

  test('so it is once the goods are back', async () => {
    const { account, calls } = platform([recordWith({ status: 'WAIT_SELLER_CONFIRM_GOODS' }), agreed(true)])
    await operations['aftersales.answer'](account, answer)
    expect(calls[1]?.method).toBe('taobao.rp.refunds.agree')
  })

  test('a refused row of the batch is a refusal, a missing one unclear', async () => {
    const failure = await refusal(
      operations['aftersales.answer'](platform([money, agreed(false)]).account, answer),
      'CHANNEL_REFUSED',
    )
    expect(failure.details.reason).toBe('退款单状态已变更')
    const silent = { rp_refunds_agree_response: { succ: true } }
    await refusal(operations['aftersales.answer'](platform([money, silent]).account, answer), 'CHANNEL_UNCLEAR')
  })

  const seller = (type: string) => ({ user_seller_get_response: { user: { user_id: 1, nick: '小满', type } } })
  const home = {
    ...own,
    returnAddressNo: '77',
    returnName: '小满',
    returnPhone: '13800000000',
    returnAddress: '浙江省湖州市吴兴区月河街道1号',
  }
  const done = { rp_returngoods_agree_response: { is_success: true } }

  test('a return is agreed to with the address, in the way of each kind of shop', async () => {
    const tmall = platform([recordWith({}), seller('B'), done], { ...own, returnAddressNo: '77' })
    await operations['aftersales.answer'](tmall.account, answer)
    expect(tmall.calls[2]).toMatchObject({ refund_phase: 'onsale', seller_address_id: '77', remark: '好的' })
    const shop = platform([recordWith({}), seller('C'), done], home)
    await operations['aftersales.answer'](shop.account, answer)
    expect(shop.calls[2]).toMatchObject({
      name: '小满',
      mobile: '13800000000',
      post: '000000',
      seller_address_id: '77',
    })
  })

  test('a return without an address is a matter of settings', async () => {
    const { account } = platform([recordWith({}), seller('C')], { ...own, returnAddressNo: '77' })
    await refusal(operations['aftersales.answer'](account, answer), 'CHANNEL_MISCONFIGURED')
  })

  test.each([
    [{}, 'taobao.refund.refuse', 'refund_refuse_response'],
    [{ status: 'WAIT_SELLER_CONFIRM_GOODS' }, 'taobao.rp.returngoods.refuse', 'rp_returngoods_refuse_response'],
  ])('%j is refused by %s', async (change, method, root) => {
    const { account, calls } = platform([recordWith(change), { [root]: { is_success: true } }])
    await operations['aftersales.answer'](account, { ...answer, decision: 'refuse', message: '与描述相符' })
    expect(calls[1]).toMatchObject({ method, refuse_message: '与描述相符', refund_phase: 'onsale' })
  })

  test.each([
    ['a short word', {}, { decision: 'refuse', message: '不' }, 'INPUT_INVALID'],
    ['a long word', {}, { decision: 'refuse', message: '不'.repeat(201) }, 'INPUT_INVALID'],
    ['another amount', {}, { amountFen: 10000 }, 'CHANGED_MEANWHILE'],
    ['a refund paid out', { status: 'SUCCESS' }, {}, 'CHANNEL_ALREADY_DONE'],
    ['an exchange', { dispute_type: 'TMALL_EXCHANGE' }, {}, 'CHANNEL_REFUSED'],
  ] as const)('%s is not sent', async (_, change, how, code) => {
    const { account } = platform([recordWith(change)])
    await refusal(operations['aftersales.answer'](account, { ...answer, ...how }), code)
  })
})

describe('messages', () => {
  const rows = messages.tmc_messages_consume_response.messages.tmc_message
  const sellerNo = String(rows[0]?.user_id)
  const nothing = { tmc_messages_consume_response: {} }

  test('name the order and the refund they are about', async () => {
    const { account, calls } = platform([messages], { ...own, sellerNo, messageGroup: 'shop-1' })
    const events = await operations['messages.pull'](account)
    expect(events.map((event) => [event.eventNo, event.type, event.channelCaseNo !== null])).toEqual([
      [String(rows[0]?.id), 'taobao_trade_TradeBuyerPay', false],
      [String(rows[1]?.id), 'taobao_refund_RefundCreated', true],
      [String(rows[2]?.id), 'taobao_trade_TradeMemoModified', false],
    ])
    // The content is text inside the answer, so its nineteen digits are whole.
    expect(rows[0]?.content).toContain(`"tid":${events[0]?.channelOrderNo},`)
    expect(calls[0]).toMatchObject({ method: 'taobao.tmc.messages.consume', group_name: 'shop-1', quantity: '100' })
    expect(calls[0]).not.toHaveProperty('session')
  })

  test('of other shops of the app are left to them', async () => {
    const { account } = platform([messages], { ...own, sellerNo: '1' })
    expect(await operations['messages.pull'](account)).toEqual([])
  })

  test('that never come are asked for once more, and the refusal is heard', async () => {
    const troubled = { ...own, messageTrouble: '没有权限' }
    await refusal(
      operations['messages.pull'](platform([nothing, errors.no_permission], troubled).account),
      'CHANNEL_PERMISSION',
    )
    const healed = platform([nothing, { tmc_user_permit_response: { is_success: true } }], troubled)
    expect(await operations['messages.pull'](healed.account)).toEqual([])
    expect(await operations['messages.pull'](platform([nothing]).account)).toEqual([])
  })

  test('whose content is no JSON are nonsense', async () => {
    const broken = {
      tmc_messages_consume_response: { messages: { tmc_message: [{ id: 1, topic: 't', content: '{' }] } },
    }
    await refusal(operations['messages.pull'](platform([broken]).account), 'CHANNEL_NONSENSE')
  })

  test('are confirmed two hundred at once', async () => {
    const done = { tmc_messages_confirm_response: { is_success: true } }
    const { account, calls } = platform([done, done])
    await operations['messages.confirm'](
      account,
      Array.from({ length: 201 }, (_, i) => String(i)),
    )
    expect(calls.map((call) => call.s_message_ids?.split(',').length)).toEqual([200, 1])
  })
})
