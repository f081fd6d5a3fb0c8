import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { standardRegion } from './region.ts'
import { provinces } from './table.ts'

const standard = (text: string) => {
  const [province = '', city = '', district = '', town = ''] = text.split('/')
  return Object.values(standardRegion({ province, city, district, town })).join('/')
}

describe('provinces', () => {
  test.each([
    ['广东', '广东省'],
    ['北京', '北京市'],
    ['新疆', '新疆维吾尔自治区'],
    ['广西', '广西壮族自治区'],
    ['内蒙古', '内蒙古自治区'],
    ['内蒙', '内蒙古自治区'],
    ['宁夏', '宁夏回族自治区'],
    ['西藏', '西藏自治区'],
    ['广西省', '广西壮族自治区'],
    ['香港', '香港特别行政区'],
    ['澳门特区', '澳门特别行政区'],
    ['中国台湾', '台湾省'],
    ['吉林', '吉林省'],
    ['海南', '海南省'],
    ['  浙江省　', '浙江省'],
  ])('%s is %s', (given, name) => expect(standard(`${given}/某市`).split('/')[0]).toBe(name))

  test('every short form leads to its own', () => {
    for (const { name } of provinces()) expect(standard(`${name}/某市`).split('/')[0]).toBe(name)
  })
})

describe('cities and districts', () => {
  test.each([
    { given: '北京//朝阳区', when: 'a municipality without city', is: '北京市/北京市/朝阳区/' },
    { given: '北京/市辖区/朝阳区', when: 'a municipality with 市辖区', is: '北京市/北京市/朝阳区/' },
    { given: '重庆/县/忠县', when: 'a municipality with 县', is: '重庆市/重庆市/忠县/' },
    { given: '上海/上海/浦东', when: 'a municipality in short', is: '上海市/上海市/浦东新区/' },
    { given: '天津市/天津市/和平区/小白楼街道', when: 'a municipality in full', is: '天津市/天津市/和平区/小白楼街道' },
    { given: '北京/朝阳区/三环到四环之间', when: 'the JD form', is: '北京市/北京市/朝阳区/三环到四环之间' },
    { given: '重庆/渝北区/渝北区/回兴街道', when: 'district twice', is: '重庆市/重庆市/渝北区/回兴街道' },
    { given: '湖北//仙桃市', when: 'a county below the province', is: '湖北省/仙桃市//' },
    { given: '河南省/省直辖县/济源', when: '省直辖县', is: '河南省/济源市//' },
    { given: '湖北/省直辖县级行政区划/神农架林区/木鱼镇', when: 'its town', is: '湖北省/神农架林区//木鱼镇' },
    { given: '新疆/自治区直辖县级行政区划/石河子市', when: 'below a 自治区', is: '新疆维吾尔自治区/石河子市//' },
    { given: '浙江省/市辖区/南湖区', when: 'a placeholder city elsewhere', is: '浙江省/南湖区//' },
    { given: '浙江省/市辖区/县', when: 'only placeholders', is: '浙江省///' },
    { given: '广东/广州/天河', when: 'all in short', is: '广东省/广州市/天河区/' },
    { given: '湖北/恩施/恩施', when: 'state and city of one name', is: '湖北省/恩施土家族苗族自治州/恩施市/' },
    { given: '黑龙江/大兴安岭/加格达奇', when: 'a 地区', is: '黑龙江省/大兴安岭地区/加格达奇区/' },
    { given: '吉林/吉林/船营', when: 'city and province of one name', is: '吉林省/吉林市/船营区/' },
    { given: '新疆/伊犁/伊宁', when: 'a short name of two districts', is: '新疆维吾尔自治区/伊犁哈萨克自治州/伊宁/' },
    { given: '广东省/东莞市//南城街道', when: 'a city without districts', is: '广东省/东莞市//南城街道' },
    { given: '台湾/台北/大安', when: 'Taiwan', is: '台湾省/台北市/大安区/' },
    { given: '香港/九龙/观塘', when: 'Hong Kong', is: '香港特别行政区/九龙/观塘区/' },
    { given: '广东/杭州/西湖', when: 'a city elsewhere', is: '广东省/杭州/西湖/' },
    { given: ' 某省 /某城/ 某处', when: 'unknown names', is: '某省/某城/某处/' },
    { given: '///', when: 'nothing', is: '///' },
  ])('$when: $given', ({ given, is }) => expect(standard(given)).toBe(is))
})

const placeholders = ['', '县', '市辖区', '省直辖县级行政区划', ' ', '某', '北京', '广州', '仙桃', '朝阳区', '恩施']
const word = fc.oneof(
  fc.constantFrom(...placeholders),
  fc.constantFrom(...provinces().flatMap(({ name, cities }) => [name, name.slice(0, 2), ...cities.map((c) => c.name)])),
  fc.string({ maxLength: 4 }),
)

test('standard names stay as they are', () => {
  fc.assert(
    fc.property(fc.record({ province: word, city: word, district: word, town: word }), (raw) => {
      const once = standardRegion(raw)
      expect(standardRegion(once)).toEqual(once)
    }),
    { numRuns: 2000 },
  )
})

test('every region of the table is standard', () => {
  for (const province of provinces()) {
    for (const city of province.cities) {
      for (const district of city.districts) {
        const given = { province: province.name, city: city.name, district: district.name, town: '' }
        expect(standardRegion(given)).toEqual(given)
      }
    }
  }
})
