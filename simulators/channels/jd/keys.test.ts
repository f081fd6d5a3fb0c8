import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { decrypt } from './caller.ts'
import { allFields, openStage, type Stage } from './stage.ts'
import { encryptWith, keyDigest } from './tde.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
beforeEach(() => stage.fresh())
afterAll(() => stage.close())

const sample = (name: string) => JSON.parse(readFileSync(new URL(`samples/${name}.json`, import.meta.url), 'utf8'))
const sampleKeys = sample('jos_master_key_get').jingdong_jos_master_key_get_responce.response.service_key_list[0].keys
const [sampleOrder] =
  sample('pop_order_enSearch_page').jingdong_pop_order_enSearch_responce.searchorderinfo_result.orderInfoList

test.each([
  { name: 'fullname', plain: '沈测试' },
  { name: 'mobile', plain: '13800004471' },
  { name: 'fullAddress', plain: '浙江嘉兴市南湖区东栅街道双测路18号' },
])('the fixture’s $name opens, and is closed again byte for byte', ({ name, plain }) => {
  const cipherText: string = sampleOrder.consigneeInfo[name]
  expect(decrypt(cipherText, sampleKeys)).toBe(plain)
  const [{ id, key_string }] = sampleKeys
  const key = { id: Buffer.from(id, 'base64'), secret: Buffer.from(key_string, 'base64') }
  expect(encryptWith(key, Buffer.from(cipherText, 'base64').subarray(18, 34), plain)).toBe(cipherText)
  expect(keyDigest(key)).toBe(sampleKeys[0].key_digest)
})

async function masterKey(spoil: object = {}) {
  const { at } = await stage.call('jingdong.jos.voucher.info.get')
  const text = Buffer.from(String(at('response.data.voucher')), 'base64url').toString('utf8')
  const { id, key, effective, expired } = JSON.parse(text).data
  expect(stage.now()).toBeGreaterThan(effective)
  expect(stage.now()).toBeLessThan(expired)
  const ts = stage.now()
  const sig = createHmac('sha256', Buffer.from(key, 'base64'))
    .update(`{"sdk_ver":2,"ts":${ts},"tid":"${id}"}`)
    .digest('base64')
  return stage.call('jingdong.jos.master.key.get', { sdk_ver: 2, ts, tid: id, sig, ...spoil })
}

test('who proves to hold the voucher gets the key, and with it reads the receiver', async () => {
  const { orderNo, receiver } = await stage.buyOne()
  const answer = await masterKey()
  expect(answer.at('response.status_code')).toBe(0)
  const keys = answer.at('response.service_key_list.0.keys') as typeof sampleKeys
  const order = await stage.call('jingdong.pop.order.enGet', { order_id: orderNo, optional_fields: allFields })
  const open = (name: string) => decrypt(String(order.at(`orderDetailInfo.orderInfo.${name}`)), keys)
  expect([open('consigneeInfo.fullname'), open('consigneeInfo.mobile')]).toEqual([receiver.name, receiver.phone])
  expect(open('consigneeInfo.fullAddress')).toContain(receiver.address)
  const plain = await stage.order(orderNo)
  expect(open('pin')).toBe(plain.at('orderDetailInfo.orderInfo.pin'))
  expect(order.at('orderDetailInfo.orderInfo.consigneeInfo.desen_mobile')).toMatch(/^138\*{4}\d{4}$/)
})

test('the same order is encrypted the same way each time, another one is not', async () => {
  const [one, two] = await stage.buy({ count: 2, buyer: somebody })
  const nameOf = async (orderNo: string) => {
    const order = await stage.call('jingdong.pop.order.enGet', { order_id: orderNo, optional_fields: 'consigneeInfo' })
    return order.at('orderDetailInfo.orderInfo.consigneeInfo.fullname')
  }
  expect(await nameOf(one!.orderNo)).toBe(await nameOf(one!.orderNo))
  expect(await nameOf(one!.orderNo)).not.toBe(await nameOf(two!.orderNo))
})

const somebody = {
  name: '林小禾',
  phone: '13800012345',
  province: '浙江省',
  city: '嘉兴市',
  district: '南湖区',
  address: '书院路8号',
}

test.each([{ sig: 'AAAA' }, { tid: 'another' }, { ts: 1 }])('no key for %o', async (spoil) => {
  const answer = await masterKey(spoil)
  expect(answer.at('response.status_code')).not.toBe(0)
  expect(answer.at('response.service_key_list')).toEqual([])
})
