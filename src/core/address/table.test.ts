import { describe, expect, test } from 'vitest'
import { shortNames } from './short-name.ts'
import { cityNamed, districtNamed, provinceNamed, provinces, townsOf } from './table.ts'

describe('the region table', () => {
  test('holds 34 provinces, every prefecture nearly three thousand districts and their towns', () => {
    const cities = provinces().flatMap((province) => province.cities)
    const districts = cities.flatMap((city) => city.districts)
    expect(provinces().length).toBe(34)
    expect(cities.filter(({ code }) => code.endsWith('00') && !code.endsWith('0000')).length).toBe(333)
    expect(districts.length).toBeGreaterThan(2900)
    expect([...cities, ...districts].flatMap(townsOf).length).toBeGreaterThan(39_000)
  })

  test('knows the numbers of GB/T 2260 on the mainland, each once', () => {
    const mainland = provinces().filter(({ code }) => Number(code) < 700_000)
    const codes = mainland.flatMap(({ cities }) => cities.flatMap(({ districts }) => districts.map(({ code }) => code)))
    expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true)
    expect(new Set(codes).size).toBe(codes.length)
    for (const { code, cities } of mainland) {
      for (const city of cities) {
        expect(city.code.slice(0, 2)).toBe(code.slice(0, 2))
        for (const district of city.districts) expect(district.code.slice(0, 2)).toBe(code.slice(0, 2))
      }
    }
  })

  test.each([
    ['浙江省', '嘉兴市', '南湖区', '330402', '东栅街道'],
    ['北京市', '北京市', '朝阳区', '110105', '望京街道'],
    ['重庆市', '重庆市', '忠县', '500233', '白石镇'],
    ['湖北省', '恩施土家族苗族自治州', '恩施市', '422801', '舞阳坝街道'],
  ])('%s %s %s is %s and has %s', (provinceName, cityName, districtName, code, town) => {
    const province = provinceNamed(provinceName)!
    const district = districtNamed(cityNamed(province, cityName)!, districtName)!
    expect(district.code).toBe(code)
    expect(townsOf(district)).toContain(town)
  })

  test('lets towns lie directly below a city', () => {
    const xiantao = cityNamed(provinceNamed('湖北')!, '仙桃')!
    expect(xiantao).toMatchObject({ name: '仙桃市', code: '429004', districts: [] })
    expect(townsOf(xiantao)).toContain('干河街道')
  })
})

test.each([
  ['广州市', ['广州']],
  ['南湖区', ['南湖']],
  ['浦东新区', ['浦东']],
  ['忠县', []],
  ['城区', []],
  ['大兴安岭地区', ['大兴安岭']],
  ['神农架林区', ['神农架']],
  ['锡林郭勒盟', ['锡林郭勒']],
  ['恩施土家族苗族自治州', ['恩施', '恩施州', '恩施自治州']],
  ['积石山保安族东乡族撒拉族自治县', ['积石山', '积石山县', '积石山自治县']],
  ['东乡族自治县', ['东乡', '东乡县', '东乡自治县']],
  ['巴音郭楞蒙古自治州', ['巴音郭楞', '巴音郭楞州', '巴音郭楞自治州']],
  ['新疆维吾尔自治区', ['新疆', '新疆自治区']],
  ['香港特别行政区', ['香港']],
  ['九龙', []],
])('%s is shortened to %j', (name, short) => expect(shortNames(name)).toEqual(short))
