import type { Receiver } from '../../../core/channel/shapes.ts'
import { spokenName, streetReceiver } from '../../../kit/street-receiver.ts'
import type { OrderPayload } from './payload.ts'

/** Codes that the core keeps for China's provinces. Source: own-site.md 2.2 [doc]; which is which by its public list of states [sdk]. */
const provinces =
  '云南 北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 陕西 甘肃 青海 宁夏 澳门 西藏 新疆'.split(
    ' ',
  )
const provinceOf: ReadonlyMap<string, string> = new Map(provinces.map((name, index) => [`CN${index + 1}`, name]))

/**
 * The receiver: the shipping address, or the billing one where goods go to the payer. Merchants in China often leave the last name empty; the
 * district stands in the street. Source: own-site.md 2.2 [doc], 1 O8 [rule].
 */
export function receiverOf({ shipping, billing }: Pick<OrderPayload, 'shipping' | 'billing'>): Receiver {
  const told = shipping !== null && shipping.address_1 !== '' ? shipping : billing
  return streetReceiver({
    name: told === null ? '' : spokenName(told.first_name, told.last_name),
    phone: told?.phone || billing?.phone || '',
    province: provinceOf.get(told?.state ?? '') ?? told?.state ?? '',
    city: told?.city ?? '',
    lines: [told?.address_1 ?? '', told?.address_2 ?? ''],
  })
}
