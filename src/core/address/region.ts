import type { RegionNames } from '../channel/shapes.ts'
import { cityNamed, districtNamed, type Province, provinceNamed } from './table.ts'

/** Words that stand in the place of a city and name none. */
const noCity = new Set([
  '',
  '市辖区',
  '县',
  '省直辖县',
  '省直辖县级行政区划',
  '省直辖县级行政单位',
  '自治区直辖县级行政区划',
  '自治区直辖县级行政单位',
])

const memo = new Map<string, RegionNames>()
const memoLimit = 20_000

/**
 * The standard names of a region as a channel gave it: the province in full (广东 → 广东省), a municipality as its own city, a county
 * directly below its province as city. Cities and districts without suffix are completed through the region table; what
 * it does not know stays as given, without outer spaces. Standard names come back unchanged. The answer is frozen and shared.
 * Source: receiver_std in wechat-shop.md and xiaohongshu.md, taobao.md 9 and jd.md 7 [rule].
 */
export function standardRegion(raw: RegionNames): RegionNames {
  const key = `${raw.province}\n${raw.city}\n${raw.district}\n${raw.town}`
  const known = memo.get(key)
  if (known) return known

  const standard = Object.freeze(standardise(raw))
  if (memo.size >= memoLimit) memo.clear()
  memo.set(key, standard)
  return standard
}

function standardise(raw: RegionNames): RegionNames {
  const given = {
    province: raw.province.trim(),
    city: raw.city.trim(),
    district: raw.district.trim(),
    town: raw.town.trim(),
  }
  const province = provinceNamed(given.province)
  if (province?.isMunicipality) return inMunicipality(province, given)

  const direct = noCity.has(given.city)
  const moved = noCity.has(given.district) ? '' : given.district
  const cityText = direct ? moved : given.city
  const city = province && cityNamed(province, cityText)
  const districtText = direct ? '' : given.district
  return {
    province: province?.name ?? given.province,
    city: city?.name ?? cityText,
    district: (city && districtNamed(city, districtText)?.name) ?? districtText,
    town: given.town,
  }
}

/** JD names the district in the place of the city (北京 / 朝阳区 / 三环到四环之间); then all move one level down. Source: jd.md 7 [rule]. */
function inMunicipality(province: Province, given: RegionNames): RegionNames {
  const [city] = province.cities
  if (city === undefined) throw new Error(`${province.name} has no city in the region table`)
  const district = districtNamed(city, given.district)
  const asCity = district ? null : districtNamed(city, given.city)
  return {
    province: province.name,
    city: province.name,
    district: asCity?.name ?? district?.name ?? given.district,
    town: asCity && given.town === '' ? given.district : given.town,
  }
}
