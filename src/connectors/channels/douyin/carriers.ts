import { carrierTable } from '../../../kit/carrier-table.ts'
import { asFields } from '../../../kit/fields.ts'
import { call } from './call.ts'
import type { DouyinAccount } from './manifest.ts'
import { refused, strange } from './nonsense.ts'

/** Our code, the platform's code and its name. Source: douyin.md 5 [sdk] for `shunfeng` and `jd`; the other codes and all names are [assumed]. */
export const carriers = carrierTable([
  ['sf', 'shunfeng', '顺丰速运'],
  ['zto', 'zhongtong', '中通快递'],
  ['yto', 'yuantong', '圆通速递'],
  ['sto', 'shentong', '申通快递'],
  ['yunda', 'yunda', '韵达快递'],
  ['jt', 'jtexpress', '极兔速递'],
  ['ems', 'ems', 'EMS'],
  ['chinapost', 'youzhengguonei', '邮政快递包裹'],
  ['chinapost-ec', 'yzdsbk', '邮政电商标快'],
  ['jd', 'jd', '京东快递'],
  ['deppon', 'debangkuaidi', '德邦快递'],
  ['deppon-ltl', 'debangkuaiyun', '德邦快运'],
  ['cainiao', 'danniao', '菜鸟速递'],
  ['zjs', 'zhaijisong', '宅急送'],
  ['kye', 'kuayue', '跨越速运'],
  ['uce', 'youshuwuliu', '优速快递'],
  ['ane', 'annengwuliu', '安能快运'],
  ['zto-ltl', 'zhongtongkuaiyun', '中通快运'],
  ['sf-ltl', 'shunfengkuaiyun', '顺丰快运'],
  ['jd-ltl', 'jingdongkuaiyun', '京东快运'],
  ['yunda-ltl', 'yundakuaiyun', '韵达快运'],
  ['best-ltl', 'baishiwuliu', '百世快运'],
  ['ymdd', 'yimidida', '壹米滴答'],
  ['sxjd', 'sxjdfreight', '顺心捷达'],
  ['jgsd', 'jinguangsudikuaijian', '京广速递'],
  ['zhongyou', 'zhongyouex', '众邮快递'],
  ['rrs', 'rrs', '日日顺物流'],
  ['suning', 'suning', '苏宁物流'],
])

/**
 * The platform's code of a carrier of ours. One that is not among the usual ones is looked up by name in the platform's own list.
 * Throws CHANNEL_REFUSED where that does not know it either. Source: douyin.md 5 [doc].
 */
export async function platformCarrierCode(
  account: DouyinAccount,
  operation: string,
  carrier: { readonly carrier: string; readonly carrierName: string },
): Promise<string> {
  const known = carriers.codeFor(carrier)
  if (known !== null) return known

  const { data } = await call(account, { operation, method: 'order.logisticsCompanyList' })
  if (!Array.isArray(data)) throw strange('data 不是列表')
  const found = data.map(asFields).find((row) => row?.name === carrier.carrierName.trim())
  if (typeof found?.code !== 'string') throw refused(`抖店没有快递公司“${carrier.carrierName || carrier.carrier}”`)
  return found.code
}
