import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placeDistanceKm, provinceDistanceKm, regionPoint } from './distance.ts'
import { provinces } from './table.ts'

const places = provinces().flatMap((province) =>
  province.cities.map((city) => ({ province: province.name, city: city.name })),
)

describe('points', () => {
  test('every city lies in the country and has one of its own, but for two new ones', () => {
    const borrowed = places.filter(({ province, city }) => {
      const point = regionPoint(province, city)
      expect(point).not.toBeNull()
      expect(point?.latitude).toBeGreaterThan(15)
      expect(point?.latitude).toBeLessThan(54)
      expect(point?.longitude).toBeGreaterThan(73)
      expect(point?.longitude).toBeLessThan(135)
      const capital = regionPoint(province, '')
      return point === capital && city !== provinces().find(({ name }) => name === province)?.cities[0]?.name
    })
    expect(borrowed.map(({ city }) => city)).toEqual(['新星市', '白杨市'])
  })

  test('an unknown city is where the capital is, an unknown province nowhere', () => {
    expect(regionPoint('浙江省', '某市')).toEqual(regionPoint('浙江省', '杭州市'))
    expect(regionPoint('某省', '杭州市')).toBeNull()
  })
})

describe('distances', () => {
  test.each([
    ['北京市', '北京市', '上海市', '上海市', 1068],
    ['浙江省', '杭州市', '浙江省', '嘉兴市', 78],
    ['广东省', '广州市', '广东省', '深圳市', 104],
    ['黑龙江省', '哈尔滨市', '海南省', '三亚市', 3440],
    ['新疆维吾尔自治区', '喀什地区', '上海市', '上海市', 4250],
    ['四川省', '成都市', '重庆市', '重庆市', 270],
  ])('%s %s to %s %s is about %i km', (province, city, otherProvince, otherCity, km) => {
    const distance = placeDistanceKm({ province, city }, { province: otherProvince, city: otherCity })
    expect(Math.abs(distance - km)).toBeLessThan(km * 0.04)
  })

  test('provinces are measured from capital to capital', () => {
    expect(Math.round(provinceDistanceKm('江苏省', '浙江省'))).toBe(235)
    expect(provinceDistanceKm('江苏省', '江苏省')).toBe(0)
    expect(provinceDistanceKm('江苏省', '某省')).toBe(Number.POSITIVE_INFINITY)
  })

  test('there and back is the same, and no way round is shorter', () => {
    const place = fc.constantFrom(...places)
    fc.assert(
      fc.property(place, place, place, (a, b, c) => {
        expect(placeDistanceKm(a, b)).toBeCloseTo(placeDistanceKm(b, a), 6)
        expect(placeDistanceKm(a, c)).toBeLessThanOrEqual(placeDistanceKm(a, b) + placeDistanceKm(b, c) + 1e-6)
      }),
    )
  })
})
