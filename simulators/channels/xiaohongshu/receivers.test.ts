import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { Simulator, Truth } from '../../simulator.ts'
import { type Caller, callerOf, differences, sampleOf } from './caller.ts'
import { decrypt, encrypt } from './cipher.ts'
import { start } from './index.ts'

let simulator: Simulator
let caller: Caller
let order: Truth

const buyer = {
  name: '沈知夏',
  phone: '13800008821',
  province: '江苏省',
  city: '苏州市',
  district: '姑苏区',
  address: '虚构巷12号3单元402',
}

beforeAll(async () => {
  simulator = await start({ seed: 41 })
})
beforeEach(async () => {
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('reset', {})
  await caller.control('listings', demoCatalogue)
  order = await caller.buy({ buyer })
})
afterAll(() => simulator.close())

const addressIdOf = async (orderId: string) =>
  String((await caller.call('order.getOrderDetail', { orderId })).at('data.openAddressId'))
const ask = (openAddressId: string, orderId = order.orderNo) =>
  caller.call('order.getOrderReceiverInfo', { receiverQueries: [{ orderId, openAddressId }], isReturn: false })
const receiver = async () => ask(await addressIdOf(order.orderNo))
const secrets = async () => {
  const answer = await receiver()
  return ['Name', 'Phone', 'Address'].map((name) => String(answer.at(`data.receiverInfos.0.receiver${name}`)))
}
const open = async (method: string, more: object = {}) =>
  caller.call(method, {
    baseInfos: (await secrets()).map((encryptedData) => ({ dataTag: order.orderNo, encryptedData })),
    actionType: '2',
    appUserId: 'warehouse-01',
    ...more,
  })

test('the receiver of a waiting order is told in ciphertext of the sheet’s form', async () => {
  const answer = await receiver()
  expect(differences(sampleOf('order.getOrderReceiverInfo').body, answer.body)).toEqual([])
  for (const secret of await secrets()) expect(secret).toMatch(/^#.+#.+#\d##$/)
  expect(JSON.stringify(answer.body)).not.toContain('沈知夏')
  const detail = await caller.call('order.getOrderDetail', { orderId: order.orderNo })
  expect(detail.at('data.receiverName')).toBeUndefined()
})

test('decryption and masks tell each text apart', async () => {
  const opened = await open('data.batchDecrypt')
  expect(opened.rows('data.dataInfoList').map((row) => row.at('decryptedData'))).toEqual([
    buyer.name,
    buyer.phone,
    buyer.address,
  ])
  const masked = await open('data.batchDesensitise')
  expect(differences(sampleOf('batchDesensitise').body, masked.body)).toEqual([])
  expect(masked.rows('data.desensitiseInfoList').map((row) => row.at('desensitisedData'))).toEqual([
    '沈**',
    '138****8821',
    '虚构巷****',
  ])
})

test('after a move the old address matches no more and names nothing', async () => {
  const before = await addressIdOf(order.orderNo)
  await caller.control('act', { kind: 'change-address', orderNos: [order.orderNo], address: '望湖路8号' })
  expect((await ask(before)).at('data.receiverInfos')).toEqual([{ orderId: order.orderNo, matched: false }])
  expect((await receiver()).at('data.receiverInfos.0.matched')).toBe(true)
  const detail = await caller.call('order.getOrderDetail', { orderId: order.orderNo })
  expect(detail.at('data.orderTagList')).toContain('MODIFIED_ADDR')
})

test('only an order that waits to be shipped tells its receiver', async () => {
  order = await caller.buy({ buyer, pay: 'unpaid' })
  expect((await receiver()).at('data.receiverInfos.0.matched')).toBe(false)
  expect((await ask('0'.repeat(32), 'P999999999999999999')).code).toBe(-2000101)
})

test('one buyer’s one door is one address, another door another', async () => {
  const same = await caller.buy({ buyer, seed: 2 })
  const other = await caller.buy({ buyer: { ...buyer, address: '书院路77号' }, seed: 3 })
  const ids = await Promise.all([order, same, other].map(({ orderNo }) => addressIdOf(orderNo)))
  expect(new Set(ids).size).toBe(2)
  expect(ids[0]).toBe(ids[1])
  expect(ids[0]).toMatch(/^[0-9a-f]{32}$/)
})

test('equal texts have the index that a search for them gives', async () => {
  const answer = await caller.call('data.batchIndex', { indexBaseInfoList: [{ plainText: buyer.phone, type: 3 }] })
  const [, phone] = await secrets()
  expect(phone!.split('#')[1]).toBe(answer.at('data.indexInfoList.0.searchIndex'))
})

test.each([
  { what: 'cut', spoil: (secret: string) => secret.slice(0, -10) },
  { what: 'of another index', spoil: (secret: string) => secret.replace(/^#[^#]+/, '#nobody') },
  { what: 'too short to be one', spoil: () => '#a#b#2##' },
  { what: 'in clear', spoil: () => '沈知夏' },
])('a text that is $what is refused alone', async ({ spoil }) => {
  const [name, phone] = await secrets()
  const baseInfos = [spoil(name!), phone!].map((encryptedData) => ({ dataTag: order.orderNo, encryptedData }))
  const answer = await open('data.batchDecrypt', { baseInfos })
  expect(answer.code).toBe(0)
  expect(answer.at('data.dataInfoList.0.errorCode')).toBe(-2000400)
  expect(answer.at('data.dataInfoList.1.decryptedData')).toBe(buyer.phone)
})

test('the day’s texts run out one by one, and the next day brings new ones', async () => {
  const now = Date.parse('2026-11-11T02:00:00Z')
  await caller.control('clock', { now })
  await caller.control('settings', { decryptsPerDay: 2 })
  const baseInfos = ['a', 'b', 'c'].map((name) => ({ dataTag: order.orderNo, encryptedData: encrypt(2, name) }))
  const codes = async (at: number) => {
    const params = { baseInfos, actionType: '1', appUserId: 'w' }
    return (await caller.call('data.batchDecrypt', params, { at }))
      .rows('data.dataInfoList')
      .map((row) => row.at('errorCode'))
  }
  expect(await codes(now)).toEqual([undefined, undefined, -2000701])
  await caller.control('clock', { now: now + 86_400_000 })
  expect(await codes(now + 86_400_000)).toEqual([undefined, undefined, -2000701])
})

test('phones may be hidden behind a virtual number', async () => {
  await caller.control('settings', { virtualNumberShare: 1 })
  const answer = await open('data.batchDecrypt')
  const sample = sampleOf('batchDecrypt').at('data.dataInfoList.1')
  expect(differences(sample, answer.at('data.dataInfoList.1'))).toEqual([])
  expect(answer.at('data.dataInfoList.1.decryptedData')).toMatch(/^\d{11}-\d{4}$/)
})

test('more than a hundred texts, another purpose and nobody who asks are refused', async () => {
  const [encryptedData] = await secrets()
  const baseInfos = Array.from({ length: 101 }, () => ({ dataTag: order.orderNo, encryptedData }))
  expect((await open('data.batchDecrypt', { baseInfos })).code).toBe(-2000400)
  for (const method of ['data.batchDecrypt', 'data.batchDesensitise']) {
    expect((await open(method, { actionType: 2 })).code).toBe(-2000400)
    expect((await open(method, { appUserId: '' })).code).toBe(-2000400)
  }
})

test.each(['林', '欧阳试探', '梧桐路12号听松园2幢301室', '长'.repeat(60)])(
  '%s is encrypted and found again',
  (plain) => {
    expect(decrypt(encrypt(1, plain))).toEqual({ type: 1, plain })
  },
)

test('a directly governed city stands in the place of the district', async () => {
  order = await caller.buy({ buyer: { ...buyer, province: '湖北省', city: '仙桃市', district: '' } })
  const detail = await caller.call('order.getOrderDetail', { orderId: order.orderNo })
  expect(detail.at('data')).toMatchObject({ receiverCityName: '省直辖县级行政区划', receiverDistrictName: '仙桃市' })
})
