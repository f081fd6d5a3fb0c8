import { describe, expect, test } from 'vitest'
import { type AddressedReceiver, addressProblems } from './complete.ts'
import { provinces } from './table.ts'

const linXiaohe: AddressedReceiver = {
  name: '林晓禾',
  phone: '13800000101',
  province: '浙江省',
  city: '嘉兴市',
  district: '南湖区',
  address: '双溪路12号',
  privacy: 'plain',
}
const problems = (changes: Partial<AddressedReceiver>) =>
  addressProblems({ ...linXiaohe, ...changes }).map(({ kind }) => kind)

const cases: readonly { when: string; changes: Partial<AddressedReceiver>; kinds: readonly string[] }[] = [
  { when: 'all is there', changes: {}, kinds: [] },
  { when: 'the telephone is missing', changes: { phone: ' ' }, kinds: ['no-phone'] },
  { when: 'a digit of the mobile is missing', changes: { phone: '1380000010' }, kinds: ['phone-wrong'] },
  { when: 'a landline has no area code', changes: { phone: '88880000' }, kinds: ['phone-wrong'] },
  { when: 'the telephone is a virtual number', changes: { phone: '18877771111-123' }, kinds: [] },
  { when: 'the telephone is a landline', changes: { phone: '0573-88880000' }, kinds: [] },
  { when: 'the name is missing', changes: { name: '' }, kinds: ['no-name'] },
  { when: 'the province is missing', changes: { province: '' }, kinds: ['no-province'] },
  { when: 'the city is missing', changes: { city: '' }, kinds: ['no-city'] },
  { when: 'the district is missing', changes: { district: '' }, kinds: ['no-district'] },
  { when: 'the province does not exist', changes: { province: '东海省' }, kinds: ['region-unknown'] },
  { when: 'the city does not exist', changes: { city: '东海市' }, kinds: ['region-unknown'] },
  { when: 'the district does not exist', changes: { district: '东海区' }, kinds: ['region-unknown'] },
  { when: 'the city is in another province', changes: { city: '苏州市' }, kinds: ['region-contradicts'] },
  { when: 'the city is a municipality elsewhere', changes: { city: '上海市' }, kinds: ['region-contradicts'] },
  { when: 'the district is in another city', changes: { district: '西湖区' }, kinds: ['region-contradicts'] },
  { when: 'the district is a zone of the platform', changes: { district: '经济技术开发区' }, kinds: [] },
  { when: 'the district goes by its old name', changes: { city: '杭州市', district: '下城区' }, kinds: [] },
  { when: 'a county-level city stands as city', changes: { city: '海宁市', district: '' }, kinds: [] },
  { when: 'the street is missing', changes: { address: '' }, kinds: ['no-detail'] },
  { when: 'the street only repeats the region', changes: { address: '浙江省嘉兴市南湖区' }, kinds: ['no-detail'] },
  { when: 'a town is all of the street', changes: { address: '浙江省嘉兴市南湖区东栅街道' }, kinds: [] },
  { when: 'the street repeats the region', changes: { address: '浙江省嘉兴市南湖区双溪路12号' }, kinds: [] },
  { when: 'the street is elsewhere', changes: { address: '江苏省苏州市姑苏区示例路1号' }, kinds: ['detail-elsewhere'] },
  { when: 'the street is called after a city', changes: { address: '南京市场3楼' }, kinds: [] },
  {
    when: 'several things are wrong',
    changes: { phone: '', address: '', district: '', name: '' },
    kinds: ['no-phone', 'no-district', 'no-detail', 'no-name'],
  },
]

describe('a plain receiver', () => {
  test.each(cases)('when $when: $kinds', ({ changes, kinds }) => expect(problems(changes)).toEqual(kinds))

  test.each([
    { province: '广东省', city: '东莞市', district: '' },
    { province: '广东省', city: '东莞市', district: '南城街道' },
    { province: '湖北省', city: '仙桃市', district: '' },
    { province: '海南省', city: '陵水黎族自治县', district: '' },
    { province: '重庆市', city: '重庆市', district: '忠县' },
  ])('needs no more in $city than $city has', (region) => expect(problems(region)).toEqual([]))

  test('in Hong Kong may have a local number', () => {
    const inHongKong = { province: '香港特别行政区', city: '九龙', district: '观塘区', address: '观塘道1号' }
    expect(problems({ ...inHongKong, phone: '51230000' })).toEqual([])
    expect(problems({ ...inHongKong, phone: '5123' })).toEqual(['phone-wrong'])
  })

  test('is never blamed for a region of the table', () => {
    for (const province of provinces()) {
      for (const city of province.cities) {
        for (const district of city.districts) {
          expect(problems({ province: province.name, city: city.name, district: district.name })).toEqual([])
        }
      }
    }
  })
})

describe('a receiver the channel does not show', () => {
  test.each([
    { when: 'masked', changes: { privacy: 'masked', name: '林**', phone: '*******0101', address: '****' }, kinds: [] },
    { when: 'masked without telephone', changes: { privacy: 'masked', name: '林**', phone: '' }, kinds: ['no-phone'] },
    {
      when: 'encrypted',
      changes: { privacy: 'encrypted', name: '~aB1=~1~', phone: '$cD2=$1$', address: '~eF3=~1~' },
      kinds: [],
    },
    { when: 'absent', changes: { privacy: 'absent', name: '', phone: '', address: '' }, kinds: [] },
    { when: 'masked in no region', changes: { privacy: 'masked', district: '' }, kinds: ['no-district'] },
    {
      when: 'absent with its region',
      changes: { privacy: 'absent', name: '', phone: '', address: '', province: '', city: '', district: '' },
      kinds: [],
    },
    {
      when: 'plain, with stars from an export',
      changes: { name: '林**', phone: '138****0101', address: '双溪路***' },
      kinds: [],
    },
  ] satisfies readonly { when: string; changes: Partial<AddressedReceiver>; kinds: readonly string[] }[])(
    'when $when: $kinds',
    ({ changes, kinds }) => expect(problems(changes)).toEqual(kinds),
  )
})

test('every problem is said in a Chinese sentence', () => {
  for (const { zh } of addressProblems({ ...linXiaohe, phone: '', district: '', address: '' })) {
    expect(zh).toMatch(/^没有/)
  }
})
