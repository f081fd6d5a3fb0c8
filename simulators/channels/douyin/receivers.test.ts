import { expect, test } from 'vitest'
import { decrypt, encrypt, mask } from './cipher.ts'
import { openStage } from './stage.ts'

const stage = openStage(31)
const { call } = stage
const buyer = {
  name: '林小禾',
  phone: '13800000001',
  province: '浙江省',
  city: '杭州市',
  district: '西湖区',
  address: '听泉路1号春和里2幢301室',
}
const receiverOf = async (orderNo: string) => {
  const answer = await call('order.orderDetail', { shop_order_id: orderNo })
  const at = (path: string) => answer.at(`data.shop_order_detail.${path}`)
  return {
    at,
    ciphers: ['encrypt_post_receiver', 'encrypt_post_tel', 'post_addr.encrypt_detail'].map((path) => String(at(path))),
  }
}
const secrets = (orderNo: string, ciphers: readonly string[]) => ({
  cipher_infos: ciphers.map((cipher_text) => ({ auth_id: orderNo, cipher_text })),
})

test('places are clear, the rest is cipher and mask, and decryption tells it', async () => {
  const { orderNo } = await stage.caller().buy({ buyer })
  const { at, ciphers } = await receiverOf(orderNo)
  expect(['province', 'city', 'town', 'street'].map((part) => at(`post_addr.${part}.name`))).toEqual([
    buyer.province,
    buyer.city,
    buyer.district,
    '',
  ])
  expect([at('mask_post_receiver'), at('mask_post_tel'), at('mask_post_addr.detail'), at('post_addr.detail')]).toEqual([
    '林**',
    '1**********',
    '********',
    '',
  ])
  const answer = await call('order.batchDecrypt', secrets(orderNo, ciphers))
  const told = answer
    .rows('data.decrypt_infos')
    .map((row) => [row.at('decrypt_text'), row.at('data_type'), row.at('err_no')])
  expect(told).toEqual([
    [buyer.name, 2, 0],
    [buyer.phone, 3, 0],
    [buyer.address, 1, 0],
  ])
  const masked = await call('order.batchSensitive', secrets(orderNo, ciphers))
  expect(masked.rows('data.decrypt_infos').map((row) => row.at('decrypt_text'))).toEqual([
    '林**',
    '1**********',
    '********',
  ])
})

test('ciphertexts have the recorded shapes, and equal ones mean equal texts', () => {
  expect(encrypt(2, buyer.name)).toMatch(/^#[^#]+#[^#*]+\*[^#*]+#1##$/)
  expect(encrypt(1, buyer.address)).toMatch(/^#[^#]+#[^#*]+\*[^#*]+#1##$/)
  expect(encrypt(3, buyer.phone)).toMatch(/^\$[^$]+\$[^$*]+\*[^$*]+\$1\$\$$/)
  expect(encrypt(2, buyer.name)).toBe(encrypt(2, buyer.name))
  for (const plain of [buyer.name, '😊', '欧阳 Ann']) expect(decrypt(encrypt(2, plain))).toEqual({ type: 2, plain })
  expect(decrypt(encrypt(3, buyer.phone).replaceAll('$', '#'))).toBeNull()
  expect(decrypt('#abcd#abcd*Q2dZSUFTQUg=#1##')).toBeNull()
  expect(mask({ type: 2, plain: '林' })).toBe('林*')
})

test('what is not ours is told text by text, and the answer says that it holds a part', async () => {
  const { orderNo } = await stage.caller().buy({ buyer })
  const { ciphers } = await receiverOf(orderNo)
  const answer = await call('order.batchDecrypt', secrets(orderNo, [ciphers[0]!, 'nonsense']))
  expect(answer.code).toBe(10_001)
  expect(answer.rows('data.decrypt_infos').map((row) => Number(row.at('err_no')) === 0)).toEqual([true, false])
  const other = await call('order.batchDecrypt', secrets('1', ciphers))
  expect(other.rows('data.decrypt_infos').map((row) => row.at('decrypt_text'))).toEqual(['', '', ''])
})

test('fifty texts a call, not more, not none', async () => {
  const { orderNo } = await stage.caller().buy({ buyer })
  const many = (count: number) => secrets(orderNo, Array<string>(count).fill(encrypt(2, buyer.name)))
  expect((await call('order.batchDecrypt', many(50))).code).toBe(10_000)
  expect((await call('order.batchDecrypt', many(51))).code).toBe(40_002)
  expect((await call('order.batchDecrypt', many(0))).code).toBe(40_002)
  expect(await stage.caller().control('counts')).toMatchObject({ violations: 1 })
})

test('a share of telephones is told by a virtual number', async () => {
  await stage.caller().control('settings', { virtualNumberShare: 1 })
  const { orderNo } = await stage.caller().buy({ buyer })
  const [row] = (await call('order.batchDecrypt', secrets(orderNo, [encrypt(3, buyer.phone)]))).rows(
    'data.decrypt_infos',
  )
  const [phone, extension] = [String(row!.at('phone_no_a')), String(row!.at('phone_no_b'))]
  expect(row!.body).toMatchObject({ is_virtual_tel: true, decrypt_text: `${phone}-${extension}`, data_type: 3 })
  expect(Number(row!.at('expire_time'))).toBeGreaterThan(stage.now() / 1000)
})

test('without an approved scene nothing of the person is told, places are', async () => {
  await stage.caller().control('settings', { noSceneShare: 1 })
  const { orderNo } = await stage.caller().buy({ buyer })
  const { at, ciphers } = await receiverOf(orderNo)
  expect(ciphers).toEqual(['', '', ''])
  expect([at('mask_post_receiver'), at('mask_post_tel'), at('post_addr.city.name')]).toEqual(['', '', '杭州市'])
  expect((await call('order.batchDecrypt', secrets(orderNo, [encrypt(2, buyer.name)]))).code).toBe(10_001)
})

test('another address is another door, and the same door the same', async () => {
  const [one, two] = [await stage.caller().buy({ buyer }), await stage.caller().buy({ buyer, seed: 5 })]
  const keysOf = async (orderNo: string) => {
    const { at } = await receiverOf(orderNo)
    return [at('open_address_id'), at('doudian_open_id')]
  }
  const before = await keysOf(one.orderNo)
  expect(await keysOf(two.orderNo)).toEqual(before)
  expect(String(before[1])).toMatch(/^1@#/)
  await stage.caller().act('change-address', one.orderNo, { address: '望湖路8号' })
  const after = await keysOf(one.orderNo)
  expect([after[0] === before[0], after[1]]).toEqual([false, before[1]])
})

test('a directly governed city stands in the place of the district', async () => {
  const place = { ...buyer, province: '河南省', city: '济源市', district: '' }
  const { orderNo } = await stage.caller().buy({ buyer: place })
  const { at } = await receiverOf(orderNo)
  expect([at('post_addr.city.name'), at('post_addr.town.name')]).toEqual(['省直辖县级行政区划', '济源市'])
})
