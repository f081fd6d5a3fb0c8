import type { Receiver } from '../../../core/channel/shapes.ts'
import { joinName } from '../../../kit/receiver-text.ts'
import { streetReceiver } from '../../../kit/street-receiver.ts'
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

/** The receiver as told, with the Chinese names in `standard`; the district stands in the street. Source: own-site.md 3 [doc S], 1 O8 [rule]. */
export function receiverOf(told: AddressPayload | null): Receiver {
  const province = told?.province ?? ''
  return streetReceiver({
    name: told === null ? '' : nameOf(told),
    phone: told?.phone ?? '',
    province,
    provinceZh: provinceOf.get(plain(province)) ?? province,
    city: told?.city ?? '',
    lines: [told?.address1 ?? '', told?.address2 ?? ''],
  })
}

/** Family name first where the whole is Chinese, since the platform writes it last. */
function nameOf({ name, firstName, lastName }: AddressPayload): string {
  const familyFirst = joinName([lastName, firstName])
  if (firstName !== '' && lastName !== '' && !familyFirst.includes(' ')) return familyFirst
  return joinName([name || `${firstName} ${lastName}`])
}
