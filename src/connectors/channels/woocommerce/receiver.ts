import { parseAddress } from '../../../core/address/parse.ts'
import { standardRegion } from '../../../core/address/region.ts'
import type { Receiver, RegionNames } from '../../../core/channel/shapes.ts'
import type { Privacy } from '../../../core/channel/words.ts'
import { joinName, withoutCountryCode } from '../../../kit/receiver-text.ts'
import type { AddressPayload, OrderPayload } from './payload.ts'

/** Codes that the core keeps for China's provinces. Source: own-site.md 2.2 [doc]; which is which by its public list of states [sdk]. */
const provinces =
  '云南 北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 陕西 甘肃 青海 宁夏 澳门 西藏 新疆'.split(
    ' ',
  )
const provinceOf: ReadonlyMap<string, string> = new Map(provinces.map((name, index) => [`CN${index + 1}`, name]))

/**
 * The receiver: the shipping address, or the billing one where goods go to the payer. The platform has no field for the district; it
 * stands in the street, where `standard` finds it. Source: own-site.md 2.2 [doc], 1 O8 [rule].
 */
export function receiverOf({ shipping, billing }: Pick<OrderPayload, 'shipping' | 'billing'>): Receiver {
  const told = shipping !== null && shipping.address_1 !== '' ? shipping : billing
  const name = told === null ? '' : nameOf(told)
  const phone = withoutCountryCode(told?.phone || billing?.phone || '')
  const address = [told?.address_1 ?? '', told?.address_2 ?? ''].filter((part) => part !== '').join(' ')
  const region = {
    province: provinceOf.get(told?.state ?? '') ?? told?.state ?? '',
    city: told?.city ?? '',
    district: '',
    town: '',
  }
  return {
    name,
    phone,
    raw: { ...region, address },
    standard: withDistrict(standardRegion(region), address),
    privacy: privacyOf([name, phone, address]),
    addressKey: null,
  }
}

/** Family name first where the whole is Chinese; merchants in China often leave the last name empty. */
function nameOf({ first_name, last_name }: AddressPayload): string {
  const familyFirst = joinName([last_name, first_name])
  return familyFirst.includes(' ') ? joinName([first_name, last_name]) : familyFirst
}

function withDistrict(region: RegionNames, address: string): RegionNames {
  if (region.city === '' || address === '') return region
  const { city, district } = parseAddress(`${region.province}${region.city}${address}`)
  return city === region.city && address.startsWith(district) ? { ...region, district } : region
}

/** The platform sends plain text; a plugin that hides the middle of a number sends stars. */
function privacyOf(personal: readonly string[]): Privacy {
  if (personal.every((text) => text === '')) return 'absent'
  return personal.some((text) => text.includes('*')) ? 'masked' : 'plain'
}
