import { createCipheriv } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { Listing } from '../../../core/channel/shapes.ts'
import type { ShipmentReport, StockItem } from '../../../kit/channel.ts'
import { decrypt, readCipher, voucherSignature } from './cipher.ts'
import { jd } from './index.ts'
import { answerOf, now, platform, refusal } from './made-up.ts'
import keys from './samples/jos-master-key-get.json' with { type: 'json' }
import sealed from './samples/pop-order-ensearch-page.json' with { type: 'json' }
import full from './samples/pop-order-get-full.json' with { type: 'json' }
import remarked from './samples/pop-order-modifyvenderremark-ok.json' with { type: 'json' }
import notShipped from './samples/pop-order-shipment-err.json' with { type: 'json' }
import shipped from './samples/pop-order-shipment-ok.json' with { type: 'json' }
import skus from './samples/sku-read-searchskulist-page.json' with { type: 'json' }
import stockDone from './samples/ware-stock-sku-set-ok.json' with { type: 'json' }
import stockPart from './samples/ware-stock-sku-set-partial.json' with { type: 'json' }
import { shipmentCall } from './shipments.ts'

const operations = jd.operations as Required<typeof jd.operations>
const orderNo = '301284756120'
const { orderInfo } = full.jingdong_pop_order_get_responce.orderDetailInfo
const detail = (change: object) =>
  answerOf('jingdong.pop.order.get', { orderDetailInfo: { orderInfo: { ...orderInfo, ...change } } })

const parcel: ShipmentReport = {
  channelOrderNo: orderNo,
  carrier: 'zto',
  carrierName: '中通快递',
  waybillNo: '75800000001234',
  shippedAt: now,
  lines: [{ channelLineNo: '100200300401', channelSkuNo: '100200300401', quantity: 2, isWholeLine: true }],
  isWholeOrder: true,
}
const part = { ...parcel, isWholeOrder: false }

describe('a parcel', () => {
  test('that holds everything ships the order', async () => {
    const { account, calls, requests } = platform([shipped])
    await operations['shipments.report'](account, parcel)
    expect(calls[0]).toMatchObject({
      method: 'jingdong.pop.order.shipment',
      params: { orderId: orderNo, logiCoprId: '1499', logiNo: '75800000001234' },
    })
    expect(requests[0]?.isWrite).toBe(true)
  })

  test('that holds a part is a partial shipment with its goods', async () => {
    const answer = answerOf('jingdong.pop.order.partial.outship', { returnType: { success: true } })
    const { account, calls } = platform([answer])
    await operations['shipments.report'](account, part)
    expect(calls[0]).toMatchObject({
      method: 'jingdong.pop.order.partial.outship',
      params: {
        request: {
          data: [
            {
              orderIds: orderNo,
              deliveryNumberDtoList: [
                {
                  deliveryId: '1499',
                  deliveryName: '中通快递',
                  deliveryNums: '75800000001234',
                  partialShipmentGoodsList: [{ skuId: '100200300401', num: 2 }],
                },
              ],
            },
          ],
        },
      },
    })
  })

  test('told before is done, when the order shows its number', async () => {
    const there = detail({ orderState: 'WAIT_GOODS_RECEIVE_CONFIRM', waybill: '75800000001234', logisticsId: '1499' })
    await refusal(operations['shipments.report'](platform([notShipped, there]).account, parcel), 'CHANNEL_ALREADY_DONE')
  })

  test('that is refused otherwise is refused in the platform’s words', async () => {
    const other = detail({ orderState: 'NOT_PAY' })
    const failure = await refusal(
      operations['shipments.report'](platform([notShipped, other]).account, parcel),
      'CHANNEL_REFUSED',
    )
    expect(failure.details.reason).toBe('订单状态不正确，不能出库')
  })

  test.each([
    ['silence', ''],
    ['another answer', { other_responce: {} }],
    ['an answer without a result', answerOf('jingdong.pop.order.shipment', {})],
    ['a result without a word', answerOf('jingdong.pop.order.shipment', { sopjosshipment_result: {} })],
    [
      'trouble',
      answerOf('jingdong.pop.order.shipment', {
        sopjosshipment_result: { success: false, chineseErrCode: '系统超时' },
      }),
    ],
  ])('answered with %s is unclear', async (_, said) => {
    await refusal(operations['shipments.report'](platform([said]).account, parcel), 'CHANNEL_UNCLEAR')
  })

  test('is done by a flag in text', async () => {
    const said = answerOf('jingdong.pop.order.shipment', { sopjosshipment_result: { success: 'true' } })
    await operations['shipments.report'](platform([said]).account, parcel)
  })

  test('of a carrier that the platform does not know is not sent', async () => {
    const stranger = { ...parcel, carrier: 'fw', carrierName: '丰网速运' }
    await refusal(operations['shipments.report'](platform([]).account, stranger), 'INPUT_INVALID')
    expect(shipmentCall({ ...parcel, carrier: 'own', carrierName: '厂家自送' }).params?.logiCoprId).toBe('1274')
  })
})

describe('another number', () => {
  const change = { ...parcel, waybillNo: 'SF9', carrier: 'sf', formerWaybillNo: 'YT1', formerCarrier: 'yto' }
  const sent = (waybill: string, logisticsId: string) =>
    detail({ orderState: 'WAIT_GOODS_RECEIVE_CONFIRM', waybill, logisticsId })
  const done = answerOf('360buy.order.sop.waybill.update', {})

  test.each([
    ['of the only parcel', sent('YT1', '463'), { logistics_id: '467', waybill: 'SF9' }],
    ['of one of several', sent('YT1,YT2|SF1', '463|467'), { logistics_id: '467|463', waybill: 'SF9,SF1|YT2' }],
  ])('%s', async (_, order, params) => {
    const { account, calls, requests } = platform([order, done])
    await operations['shipments.change'](account, change)
    expect(calls[1]).toMatchObject({
      method: '360buy.order.sop.waybill.update',
      params: { order_id: orderNo, ...params },
    })
    expect(requests[1]?.isWrite).toBe(true)
  })

  test('that is there already is done, and one nobody knows is not found', async () => {
    await refusal(
      operations['shipments.change'](platform([sent('SF9', '467')]).account, change),
      'CHANNEL_ALREADY_DONE',
    )
    await refusal(operations['shipments.change'](platform([sent('YT7', '463')]).account, change), 'CHANNEL_NOT_FOUND')
  })
})

describe('stock', () => {
  const items: StockItem[] = ['100200300401', '100200300402'].map((channelSkuNo, place) => ({
    channelItemNo: '10022000300401',
    channelSkuNo,
    merchantCode: null,
    quantity: place + 7,
  }))

  test('is set to absolute numbers under a new reference each time', async () => {
    const { account, calls } = platform([stockDone])
    const results = await operations['stock.push'](account, items)
    expect(results.map(({ ok, reason }) => [ok, reason])).toEqual([
      [true, null],
      [true, null],
    ])
    expect(calls[0]).toMatchObject({
      method: 'jingdong.ware.stock.sku.set',
      params: {
        req: {
          updateModel: 'fullStockIn',
          stockRfId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
          skuStocks: [
            { skuId: '100200300401', stockNum: 7, storeId: 0 },
            { skuId: '100200300402', stockNum: 8, storeId: 0 },
          ],
        },
      },
    })
  })

  test('of each SKU is answered for itself', async () => {
    const results = await operations['stock.push'](platform([stockPart]).account, items)
    expect(results.map(({ ok, reason }) => [ok, reason])).toEqual([
      [true, null],
      [false, 'sku不存在'],
    ])
  })

  test('that the answer does not name is not set', async () => {
    const rows = [{ data: '100200300401', success: 'true' }]
    const said = answerOf('jingdong.ware.stock.sku.set', {
      returnType: { success: true, obj: { updateStockResult: rows } },
    })
    const results = await operations['stock.push'](platform([said]).account, items)
    expect(results.map(({ ok }) => ok)).toEqual([true, false])
  })

  test('refused as a whole is a result of each', async () => {
    const said = answerOf('jingdong.ware.stock.sku.set', { returnType: { success: false, message: '商品已下架' } })
    const results = await operations['stock.push'](platform([said]).account, items)
    expect(results.map(({ reason }) => reason)).toEqual(['商品已下架', '商品已下架'])
  })

  test('without an answer of the rows is unclear, and of nothing asks nothing', async () => {
    const said = answerOf('jingdong.ware.stock.sku.set', { returnType: { success: true } })
    await refusal(operations['stock.push'](platform([said]).account, items), 'CHANNEL_UNCLEAR')
    expect(await operations['stock.push'](platform([]).account, [])).toEqual([])
  })
})

describe('a remark', () => {
  const write = (at: ReturnType<typeof platform>, change: object = {}) =>
    operations['orders.remark'](at.account, { channelOrderNo: orderNo, remark: '加急😊', flag: '1', ...change })

  test('is written with its flag', async () => {
    const at = platform([remarked])
    await write(at)
    expect(at.calls[0]).toMatchObject({
      method: 'jingdong.pop.order.modifyVenderRemark',
      params: { order_id: orderNo, flag: '1', remark: '加急😊' },
    })
  })

  test.each([
    [{ venderRemarkFlagAlias: '3' }, '3'],
    [{ venderRemarkLevelFlag: '2' }, '2'],
    [{ venderRemarkFlagAlias: '红旗' }, '0'],
    [{}, '0'],
  ])('keeps the flag of %j', async (change, flag) => {
    const at = platform([detail(change), remarked])
    await write(at, { flag: null })
    expect(at.calls[1]?.params.flag).toBe(flag)
  })

  test('of the wrong form is not sent, and trouble leaves it unclear', async () => {
    await refusal(write(platform([]), { remark: '长'.repeat(501) }), 'INPUT_INVALID')
    await refusal(write(platform([]), { flag: '6' }), 'INPUT_INVALID')
    await refusal(write(platform([{ status: 502 }])), 'CHANNEL_UNCLEAR')
  })
})

describe('the plain receiver', () => {
  const [encrypted] = sealed.jingdong_pop_order_enSearch_responce.searchorderinfo_result.orderInfoList
  const consignee = encrypted!.consigneeInfo
  const order = answerOf('jingdong.pop.order.enGet', { orderDetailInfo: { orderInfo: encrypted } })
  const voucherText = JSON.stringify({
    sig: 's',
    data: { id: 'tde-voucher-0001', key: 'c2VjcmV0', service: 'svc-test' },
  })
  const voucher = answerOf('jingdong.jos.voucher.info.get', {
    response: { data: { voucher: Buffer.from(voucherText).toString('base64url') } },
  })
  const input = { channelOrderNo: orderNo, addressKey: consignee.oaid, purpose: 'waybill' } as const
  const reveal = (at: ReturnType<typeof platform>, change: object = {}) =>
    operations['orders.reveal'](at.account, { ...input, ...change })

  test('is opened with the app’s keys', async () => {
    const at = platform([order, voucher, keys])
    expect(await reveal(at)).toEqual({ name: '沈测试', phone: '13800004471', address: '双测路18号' })
    expect(at.calls.map(({ method }) => method)).toEqual([
      'jingdong.pop.order.enGet',
      'jingdong.jos.voucher.info.get',
      'jingdong.jos.master.key.get',
    ])
    expect(at.calls[2]?.params).toEqual({
      sdk_ver: 2,
      ts: now,
      tid: 'tde-voucher-0001',
      sig: voucherSignature('c2VjcmV0', { ts: now, tid: 'tde-voucher-0001' }),
    })
  })

  test('of another address is not given out', async () => {
    await refusal(reveal(platform([order]), { addressKey: 'another' }), 'CHANNEL_REFUSED')
  })

  test('without the right key stays closed', async () => {
    const none = answerOf('jingdong.jos.master.key.get', { response: { status_code: 0, service_key_list: [] } })
    await refusal(reveal(platform([order, voucher, none])), 'CHANNEL_REFUSED')
    const wrong = JSON.stringify(keys).replace('ABEiM0RVZneImaq7zN3u/w==', 'AAAAAAAAAAAAAAAAAAAAAA==')
    await refusal(reveal(platform([order, voucher, wrong])), 'CHANNEL_REFUSED')
  })

  test('with a voucher nobody can read is nonsense', async () => {
    for (const text of ['no json', '{}']) {
      const bad = answerOf('jingdong.jos.voucher.info.get', {
        response: { data: { voucher: Buffer.from(text).toString('base64url') } },
      })
      await refusal(reveal(platform([order, bad])), 'CHANNEL_NONSENSE')
    }
    const none = answerOf('jingdong.jos.voucher.info.get', { response: { data: {} } })
    await refusal(reveal(platform([order, none])), 'CHANNEL_NONSENSE')
  })

  test('a text is taken apart as it was put together', () => {
    const [key, keyNo, start] = [Buffer.alloc(16, 1), Buffer.alloc(16, 2), Buffer.alloc(16, 3)]
    const seal = createCipheriv('aes-128-cbc', key, start)
    const data = Buffer.concat([seal.update('林晓禾 浙江湖州', 'utf8'), seal.final()])
    const text = Buffer.concat([Buffer.from([0, 4]), keyNo, start, data]).toString('base64')
    const known = new Map([[keyNo.toString('base64'), key.toString('base64')]])
    expect(decrypt(text, known)).toBe('林晓禾 浙江湖州')
    expect(decrypt('138****4471', known)).toBe('138****4471')
    expect(() => decrypt(text, new Map())).toThrow(RangeError)
    expect(readCipher('双测路18号')).toBeNull()
  })
})

describe('listings', () => {
  test('come page after page', async () => {
    const { account, calls } = platform([skus])
    const { rows, total, next } = await operations['products.pull'](account, null)
    expect(rows.map((row) => Listing.parse(row))).toEqual(rows)
    expect(rows[0]).toEqual({
      channelItemNo: '10022000300401',
      channelSkuNo: '100200300401',
      merchantCode: 'QH-ZT-RJ-01',
      barcode: null,
      title: '青禾 天然乳胶枕',
      specification: '米白',
      imageUrl: null,
      priceFen: 19900,
      quantity: 12,
      isOnSale: true,
      modifiedAt: '2025-10-16T12:50:00.000Z',
    })
    expect(rows[1]).toMatchObject({ isOnSale: false, quantity: 0, specification: '' })
    expect({ total, next }).toEqual({ total: 2, next: null })
    expect(calls[0]).toMatchObject({
      method: 'jingdong.sku.read.searchSkuList',
      params: { skuStatuValue: [1, 2], pageNo: 1, page_size: 50 },
    })
  })

  test('go on where there are more', async () => {
    const said = answerOf('jingdong.sku.read.searchSkuList', { page: { totalItem: 101, data: [] } })
    const { account, calls } = platform([said, said])
    expect((await operations['products.pull'](account, '2')).next).toBe('3')
    expect((await operations['products.pull'](account, '3')).next).toBeNull()
    expect(calls[0]?.params.pageNo).toBe(2)
  })
})
