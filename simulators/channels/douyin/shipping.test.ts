import { expect, test } from 'vitest'
import type { ReportedShipment, Truth } from '../../simulator.ts'
import { differences, type Params, sampleOf } from './caller.ts'
import { openStage, seconds, twoKinds } from './stage.ts'

const stage = openStage(17)
const { call, buyMany } = stage
const buy = (more: object = {}) => stage.caller().buy({ lines: twoKinds, ...more })
const shipments = () => stage.caller().control<ReportedShipment[]>('shipments')
const truth = ({ orderNo }: Truth) => stage.caller().truth(orderNo)
const shipped = async (order: Truth) => (await truth(order)).lines.map(({ shippedQuantity }) => shippedQuantity)
const waybill = { company_code: 'shunfeng', logistics_code: 'SF0000000000021' }
const pieces = (lineNo: string, count: number) => ({ shipped_order_id: lineNo, shipped_num: count })
const add = ({ orderNo }: Truth, more: Params = {}) =>
  call('order.logisticsAdd', { order_id: orderNo, ...waybill, ...more })
const single = ({ orderNo, lines }: Truth, more: Params = {}) =>
  call('order.logisticsAddSinglePack', {
    order_id_list: [orderNo],
    shipped_order_info: lines.map((line) => pieces(line.lineNo, line.quantity)),
    request_id: `oms-${orderNo}`,
    ...waybill,
    ...more,
  })
const detail = async ({ orderNo }: Truth) =>
  (await call('order.orderDetail', { shop_order_id: orderNo })).at('data.shop_order_detail') as Params

test('a whole order leaves in one parcel, and the order shows it', async () => {
  const order = await buy()
  expect((await add(order)).code).toBe(10_000)
  expect(await truth(order)).toMatchObject({ status: 'shipped' })
  const lines = order.lines.map(({ lineNo, quantity }) => ({ lineNo, quantity }))
  expect(await shipments()).toEqual([
    {
      orderNo: order.orderNo,
      carrier: 'shunfeng',
      waybillNo: waybill.logistics_code,
      lines,
      at: stage.now(),
      times: 1,
    },
  ])
  const at = seconds(stage.now())
  expect(await detail(order)).toMatchObject({
    ship_time: at,
    logistics_info: [
      {
        tracking_no: waybill.logistics_code,
        company: 'shunfeng',
        company_name: '顺丰速运',
        ship_time: at,
        product_info: order.lines.map((line) => ({
          sku_order_id: line.lineNo,
          product_id_str: line.itemNo,
          sku_id: Number(line.skuNo),
          product_count: line.quantity,
        })),
      },
    ],
  })
})

test('a parcel of some pieces, then the rest', async () => {
  const order = await buy()
  const [first, second] = order.lines
  const answer = await single(order, { shipped_order_info: [pieces(first!.lineNo, 1)], request_id: 'a' })
  expect(differences(sampleOf('order.logisticsAddSinglePack').at('response'), answer.body)).toEqual([])
  expect([(await truth(order)).status, await shipped(order)]).toEqual(['partially-shipped', [1, 0]])
  const statuses = (await detail(order)).sku_order_list as readonly Params[]
  expect(statuses.map(({ order_status }) => order_status)).toEqual([101, 2])
  const rest = [pieces(first!.lineNo, 1), pieces(first!.lineNo, 1), pieces(second!.lineNo, 1)]
  await single(order, { shipped_order_info: rest, request_id: 'b', logistics_code: 'SF2' })
  expect([(await truth(order)).status, await shipped(order)]).toEqual(['shipped', [3, 1]])
  expect((await shipments()).map(({ waybillNo, times }) => [waybillNo, times])).toEqual([
    [waybill.logistics_code, 1],
    ['SF2', 1],
  ])
})

test('one request is done once, and its number holds for nothing else', async () => {
  const order = await buy()
  const shipped_order_info = [pieces(order.orderNo, 1)]
  const first = await single(order, { shipped_order_info })
  const again = await single(order, { shipped_order_info })
  expect(again.at('data.pack_id')).toBe(first.at('data.pack_id'))
  expect(await shipped(order)).toEqual([1, 0])
  const other = await single(order, { shipped_order_info, logistics_code: 'SF2' })
  expect(other.subCode).toBe('isv.business-failed:4007')
})

test('a parcel told by two requests shows that it was doubled', async () => {
  const order = await buy()
  for (const request_id of ['a', 'b'])
    await single(order, { shipped_order_info: [pieces(order.orderNo, 1)], request_id })
  expect(await shipments()).toMatchObject([{ times: 2, lines: [{ quantity: 1 }, { quantity: 1 }] }])
})

test('several orders of one receiver leave in one parcel, those of two do not', async () => {
  const buyer = {
    name: '林小禾',
    phone: '13800000001',
    province: '浙江省',
    city: '杭州市',
    district: '西湖区',
    address: '听泉路1号',
  }
  const [one, two, other] = [await buy({ buyer }), await buy({ buyer }), await buy({ seed: 4 })]
  const both = (a: Truth, b: Truth) =>
    single(a, {
      order_id_list: [a.orderNo, b.orderNo],
      shipped_order_info: [...a.lines, ...b.lines].map((line) => pieces(line.lineNo, line.quantity)),
    })
  expect((await both(one, other)).subCode).toBe('isv.business-failed:4008')
  expect((await both(one, two)).code).toBe(10_000)
  expect([(await truth(one)).status, (await truth(two)).status]).toEqual(['shipped', 'shipped'])
  expect((await shipments()).map(({ orderNo, waybillNo }) => [orderNo, waybillNo])).toEqual([
    [one.orderNo, waybill.logistics_code],
    [two.orderNo, waybill.logistics_code],
  ])
})

test('an order leaves in several parcels at once, or in none', async () => {
  const order = await buy()
  const pack = (lineNo: string, count: number, no: string) => ({
    shipped_order_info: [pieces(lineNo, count)],
    company_code: 'jd',
    logistics_code: no,
  })
  const send = (request_id: string, ...pack_list: readonly Params[]) =>
    call('order.logisticsAddMultiPack', { order_id: order.orderNo, pack_list, request_id })
  const tooMany = await send('a', pack(order.orderNo, 2, 'J1'), pack(order.orderNo, 2, 'J2'))
  expect([tooMany.subCode, await shipped(order)]).toEqual(['isv.business-failed:4005', [0, 0]])
  await send('b', pack(order.orderNo, 2, 'J1'), pack(order.orderNo, 1, 'J2'))
  expect([await shipped(order), (await truth(order)).status]).toEqual([[3, 0], 'partially-shipped'])
})

test.each([
  { when: 'nobody placed it', params: { order_id: '9' }, subCode: 'isv.business-failed:4011' },
  { when: 'the carrier is unknown', params: { company_code: 'zto' }, subCode: 'isv.business-failed:4003' },
  { when: 'there is no waybill number', params: { logistics_code: '' }, subCode: 'isv.parameter-missing' },
  { when: 'the refusal of refunds is text', params: { is_reject_refund: 'true' }, subCode: 'isv.parameter-invalid' },
])('a shipment is refused when $when', async ({ params, subCode }) => {
  const order = await buy()
  expect((await add(order, params)).subCode).toBe(subCode)
  expect(await shipments()).toEqual([])
})

test.each([
  { when: 'is of another order', lineNo: '1', count: 1, subCode: 'isv.business-failed:4004' },
  { when: 'has fewer pieces', lineNo: null, count: 4, subCode: 'isv.business-failed:4005' },
  { when: 'is told with no pieces', lineNo: null, count: 0, subCode: 'isv.parameter-invalid' },
])('a parcel is refused when a line $when', async ({ lineNo, count, subCode }) => {
  const order = await buy()
  expect((await single(order, { shipped_order_info: [pieces(lineNo ?? order.orderNo, count)] })).subCode).toBe(subCode)
})

test('a parcel without a request number, or without lines, is refused', async () => {
  const order = await buy()
  expect((await single(order, { request_id: undefined })).subCode).toBe('isv.parameter-missing')
  expect((await single(order, { shipped_order_info: [] })).subCode).toBe('isv.parameter-invalid')
})

test('what is unpaid, in checking, closed or gone does not leave', async () => {
  const [open] = await buyMany(1, { pay: 'unpaid' })
  const [checked, gone, part] = [await buy(), await buy({ seed: 3 }), await buy({ seed: 5 })]
  await stage.caller().control('status', { orderNos: [checked.orderNo], status: 105 })
  await add(gone)
  await single(part, { shipped_order_info: [pieces(part.lines[1]!.lineNo, 1)], request_id: 'p' })
  const codes = [
    await add(open!),
    await add(checked),
    await add(gone),
    await single(gone),
    await add(part),
    await single(part),
  ]
  expect(codes.map(({ subCode }) => subCode.split(':')[1])).toEqual(['4001', '4001', '4002', '4002', '4002', '4002'])
  await stage.caller().act('close', open!.orderNo)
  expect((await add(open!)).subCode).toBe('isv.business-failed:4001')
})

test('an open refund holds the goods back, unless the shipment refuses it', async () => {
  const order = await buy()
  await stage.caller().act('refund', order.orderNo, { lineNo: order.lines[0]!.lineNo, amountFen: 100 })
  expect((await add(order)).subCode).toBe('isv.business-failed:4006')
  const other = await single(order, { shipped_order_info: [pieces(order.lines[1]!.lineNo, 1)], request_id: 'x' })
  expect(other.code).toBe(10_000)
  const rest = { shipped_order_info: [pieces(order.orderNo, 3)], request_id: 'y' }
  expect((await single(order, rest)).subCode).toBe('isv.business-failed:4006')
  expect((await single(order, { ...rest, is_reject_refund: true })).code).toBe(10_000)
  expect((await truth(order)).lines.map(({ refundState }) => refundState)).toEqual(['rejected', 'none'])
})

test('a line refunded in full does not leave any more', async () => {
  const order = await buy()
  const { lineNo } = order.lines[0]!
  await stage.caller().act('refund', order.orderNo, { lineNo, outcome: 'success' })
  expect((await single(order, { shipped_order_info: [pieces(lineNo, 1)] })).subCode).toBe('isv.business-failed:4001')
  await add(order)
  expect([await shipped(order), (await truth(order)).status]).toEqual([[0, 1], 'shipped'])
})

test('a waybill is changed, of the only parcel or of one that is named', async () => {
  const order = await buy()
  const pack = await single(order, { shipped_order_info: [pieces(order.orderNo, 3)], request_id: 'a' })
  const edit = (name: string, more: Params) =>
    call(`order.${name}`, { order_id: order.orderNo, company_code: 'jd', logistics_code: 'JD7', ...more })
  expect((await edit('logisticsEdit', {})).code).toBe(10_000)
  expect(await shipments()).toMatchObject([{ carrier: 'jd', waybillNo: 'JD7', times: 1 }])
  await single(order, { shipped_order_info: [pieces(order.lines[1]!.lineNo, 1)], request_id: 'b' })
  expect((await edit('logisticsEdit', {})).subCode).toBe('isv.business-failed:4010')
  const pack_id = String(pack.at('data.pack_id'))
  expect((await edit('logisticsEditByPack', { pack_id: 'P' })).subCode).toBe('isv.business-failed:4009')
  expect((await edit('logisticsEditByPack', { pack_id, logistics_code: 'JD8' })).code).toBe(10_000)
  expect((await shipments()).map(({ waybillNo }) => waybillNo).sort()).toEqual(['JD8', waybill.logistics_code])
  const parcels = (await detail(order)).logistics_info as readonly Params[]
  expect(parcels[0]).toMatchObject({ delivery_id: pack_id, tracking_no: 'JD8' })
})

test('the carriers are a list of codes and names', async () => {
  const rows = (await call('order.logisticsCompanyList')).rows('data')
  expect(rows.map(({ body }) => body)).toContainEqual({ id: 8, name: '京东快递', code: 'jd' })
})
