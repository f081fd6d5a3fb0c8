import { parseAddress } from '../../../core/address/parse.ts'
import { standardRegion } from '../../../core/address/region.ts'
import type { Receiver, RegionNames } from '../../../core/channel/shapes.ts'
import type { Privacy } from '../../../core/channel/words.ts'
import { joinName, withoutCountryCode } from '../../../kit/receiver-text.ts'
import type { AddressPayload } from './payload.ts'

/** English names of the provinces, as Shopify gives them, and their ISO 3166-2 codes. Source: own-site.md 8, trap 4; codes [assumed]. */
const provinces: readonly (readonly [zh: string, code: string, ...names: string[]])[] = [
  ['北京', 'BJ', 'Beijing'],
  ['天津', 'TJ', 'Tianjin'],
  ['河北', 'HE', 'Hebei'],
  ['山西', 'SX', 'Shanxi'],
  ['内蒙古', 'NM', 'Inner Mongolia', 'Nei Mongol'],
  ['辽宁', 'LN', 'Liaoning'],
  ['吉林', 'JL', 'Jilin'],
  ['黑龙江', 'HL', 'Heilongjiang'],
  ['上海', 'SH', 'Shanghai'],
  ['江苏', 'JS', 'Jiangsu'],
  ['浙江', 'ZJ', 'Zhejiang'],
  ['安徽', 'AH', 'Anhui'],
  ['福建', 'FJ', 'Fujian'],
  ['江西', 'JX', 'Jiangxi'],
  ['山东', 'SD', 'Shandong'],
  ['河南', 'HA', 'Henan'],
  ['湖北', 'HB', 'Hubei'],
  ['湖南', 'HN', 'Hunan'],
  ['广东', 'GD', 'Guangdong'],
  ['广西', 'GX', 'Guangxi'],
  ['海南', 'HI', 'Hainan'],
  ['重庆', 'CQ', 'Chongqing'],
  ['四川', 'SC', 'Sichuan'],
  ['贵州', 'GZ', 'Guizhou'],
  ['云南', 'YN', 'Yunnan'],
  ['西藏', 'XZ', 'Tibet', 'Xizang'],
  ['陕西', 'SN', 'Shaanxi'],
  ['甘肃', 'GS', 'Gansu'],
  ['青海', 'QH', 'Qinghai'],
  ['宁夏', 'NX', 'Ningxia'],
  ['新疆', 'XJ', 'Xinjiang'],
  ['台湾', 'TW', 'Taiwan'],
  ['香港', 'HK', 'Hong Kong'],
  ['澳门', 'MO', 'Macao', 'Macau'],
]

const plain = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '')

const provinceOf: ReadonlyMap<string, string> = new Map(
  provinces.flatMap(([zh, code, ...names]) => [code, `CN${code}`, ...names].map((name) => [plain(name), zh] as const)),
)

/**
 * The receiver as told, with the Chinese names in `standard`. The platform has no field for the district; it stands in the street, where
 * `standard` finds it. Source: own-site.md 3 [doc S], 1 O8 [rule].
 */
export function receiverOf(told: AddressPayload | null): Receiver {
  const name = told === null ? '' : nameOf(told)
  const phone = withoutCountryCode(told?.phone ?? '')
  const address = [told?.address1 ?? '', told?.address2 ?? ''].filter((part) => part !== '').join(' ')
  const region = { province: told?.province ?? '', city: told?.city ?? '', district: '', town: '' }
  const province = provinceOf.get(plain(region.province)) ?? region.province
  return {
    name,
    phone,
    raw: { ...region, address },
    standard: withDistrict(standardRegion({ ...region, province }), address),
    privacy: privacyOf([name, phone, address]),
    addressKey: null,
  }
}

/** Family name first where the whole is Chinese, since the platform writes it last. */
function nameOf({ name, firstName, lastName }: AddressPayload): string {
  const familyFirst = joinName([lastName, firstName])
  if (firstName !== '' && lastName !== '' && !familyFirst.includes(' ')) return familyFirst
  return joinName([name || `${firstName} ${lastName}`])
}

function withDistrict(region: RegionNames, address: string): RegionNames {
  if (region.city === '' || address === '') return region
  const { city, district } = parseAddress(`${region.province}${region.city}${address}`)
  return city === region.city && address.startsWith(district) ? { ...region, district } : region
}

/** The platform sends plain text; an app that hides the middle of a number sends stars. */
function privacyOf(personal: readonly string[]): Privacy {
  if (personal.every((text) => text === '')) return 'absent'
  return personal.some((text) => text.includes('*')) ? 'masked' : 'plain'
}
