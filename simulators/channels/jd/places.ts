import { municipalities } from '../../aid/people.ts'
import { numberOf } from '../../aid/random.ts'
import type { Receiver } from './state.ts'

/** Ids of provinces; those the sheet marks as not verified are [assumed] here as well. Source: jd.md 7. */
const provinceIds: Readonly<Record<string, number>> = {
  北京: 1,
  上海: 2,
  天津: 3,
  重庆: 4,
  河北: 5,
  山西: 6,
  河南: 7,
  辽宁: 8,
  吉林: 9,
  黑龙江: 10,
  内蒙古: 11,
  江苏: 12,
  山东: 13,
  安徽: 14,
  浙江: 15,
  福建: 16,
  湖北: 17,
  湖南: 18,
  广东: 19,
  广西: 20,
  江西: 21,
  四川: 22,
  海南: 23,
  贵州: 24,
  云南: 25,
  西藏: 26,
  陕西: 27,
  甘肃: 28,
  青海: 29,
  宁夏: 30,
  新疆: 31,
}

/** Where a municipality's address names no sub-district. */
const somewhere = '三环到四环之间'

export interface JdPlace {
  readonly province: string
  readonly city: string
  readonly county: string
  readonly town: string
}

/**
 * JD's own tree: provinces without their ending; in a municipality the district is the city and the sub-district the county. A city
 * that its province governs directly has no county [assumed]. Source: jd.md 7 [sdk].
 */
function placeOf({ province, city, district, town }: Receiver): JdPlace {
  const short = shortProvince(province)
  if (municipalities.has(province)) return { province: short, city: district, county: town || somewhere, town: '' }
  return { province: short, city, county: district, town }
}

function shortProvince(province: string): string {
  const regions = /^(内蒙古|广西|西藏|宁夏|新疆)/.exec(province)
  return regions?.[1] ?? province.replace(/[省市]$/, '')
}

export function fullAddress(receiver: Receiver): string {
  const { province, city, county, town } = placeOf(receiver)
  return province + city + county + town + receiver.address
}

/** Ids of the levels below the province are invented, the same for the same name. */
export function placeFields(receiver: Receiver): Readonly<Record<string, string>> {
  const { province, city, county, town } = placeOf(receiver)
  const idOf = (least: number, ...names: readonly string[]) =>
    names.at(-1) === '' ? '0' : String(least + (numberOf(names.join('/')) % 9000))
  return {
    province,
    city,
    county,
    town,
    provinceId: String(provinceIds[province] ?? 0),
    cityId: idOf(1000, province, city),
    countyId: idOf(20_000, province, city, county),
    townId: idOf(50_000, province, city, county, town),
  }
}
