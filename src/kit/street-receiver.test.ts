import { expect, test } from 'vitest'
import { spokenName, streetReceiver } from './street-receiver.ts'

const usual = {
  name: '林晓禾',
  phone: '+86 13800000101',
  province: '浙江省',
  city: '杭州市',
  lines: ['西湖区示例路 12 号', '', '3 幢 502'],
}

test('the district is found before the street, and what was told stays as it was', () => {
  expect(streetReceiver(usual)).toMatchObject({
    phone: '13800000101',
    raw: { province: '浙江省', city: '杭州市', district: '', address: '西湖区示例路 12 号 3 幢 502' },
    standard: { province: '浙江省', city: '杭州市', district: '西湖区' },
    privacy: 'plain',
    addressKey: null,
  })
})

test('a province under another name is understood, and told as it came', () => {
  const { raw, standard } = streetReceiver({ ...usual, province: 'Zhejiang', provinceZh: '浙江' })
  expect([raw.province, standard.province]).toEqual(['Zhejiang', '浙江省'])
})

test.each([
  [{}, 'plain'],
  [{ phone: '138****0101' }, 'masked'],
  [{ name: '', phone: '', lines: [] }, 'absent'],
] as const)('with %j it is %s', (more, privacy) => {
  expect(streetReceiver({ ...usual, ...more })).toMatchObject({ privacy })
})

test.each([
  ['晓禾', '林', '林晓禾'],
  ['林晓禾', '', '林晓禾'],
  ['Xiaohe', 'Lin', 'Xiaohe Lin'],
])('first %j and last %j is spoken %s', (first, last, name) => expect(spokenName(first, last)).toBe(name))
