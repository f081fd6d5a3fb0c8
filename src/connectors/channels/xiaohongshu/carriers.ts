import { call } from './call.ts'
import { asFields } from './failure.ts'
import type { XiaohongshuAccount } from './manifest.ts'
import { refused } from './nonsense.ts'
import { listIn } from './paging.ts'

/** Our code, the platform's code and its name. Source: xiaohongshu.md 9 [doc, sdk]. */
const carriers: readonly (readonly [ours: string, code: string, zh: string])[] = [
  ['sf', 'shunfeng', '顺丰速运'],
  ['zto', 'zto', '中通速递'],
  ['yto', 'yuantong', '圆通速递'],
  ['sto', 'shentong', '申通快递'],
  ['yunda', 'yunda', '韵达速递'],
  ['jt', 'jtexpress', '极兔速递'],
  ['ems', 'ems', 'EMS'],
  ['chinapost', 'youzhengguonei', '邮政小包'],
  ['chinapost-ec', 'youzhengbiaokuai', '邮政电商标快'],
  ['jd', 'jd', '京东快递'],
  ['deppon', 'debangwuliu', '德邦物流'],
  ['cainiao', 'danniao', '菜鸟速递'],
  ['kye', 'kuayue', '跨越速运'],
  ['zjs', 'zhaijisong', '宅急送'],
  ['tiantian', 'tiantian', '天天快递'],
  ['uce', 'youshuwuliu', '优速物流'],
  ['ane', 'annengwuliu', '安能快运'],
  ['best-ltl', 'baishikuaiyun', '百世快运'],
  ['zto-ltl', 'zhongtongkuaiyun', '中通快运'],
  ['yunda-ltl', 'yundakuaiyun', '韵达快运'],
  ['suning', 'suning', '苏宁物流'],
  ['rrs', 'rrs', '日日顺'],
  ['ymdd', 'yimidida', '壹米滴答'],
  ['jgsd', 'jinguangsudi', '京广速递'],
  ['sxjd', 'shunxinjieda', '顺心捷达'],
]

const codeByOurs = new Map(carriers.map(([ours, code]) => [ours, code]))
const nameByOurs = new Map(carriers.map(([ours, , zh]) => [ours, zh]))
const nameByCode = new Map(carriers.map(([, code, zh]) => [code, zh]))
const codeByName = new Map(carriers.map(([, code, zh]) => [zh, code]))

/** The name of a code of the platform; null where it is none of the usual ones. */
export function carrierNameOf(code: string): string | null {
  return nameByCode.get(code) ?? null
}

/** The platform's code of a name as its files write it; a few codes are Chinese text, so an unknown name stands for itself. */
export function carrierCodeOf(name: string): string {
  return codeByName.get(name.trim()) ?? name.trim()
}

/** The platform's name of a carrier of ours; `zh` where it is none of the usual ones. */
export function platformCarrierName(ours: string, zh: string): string {
  return nameByOurs.get(ours) ?? zh
}

/**
 * The platform's code of a carrier of ours. One that is not among the usual ones is looked up by name in the platform's own list.
 * Throws CHANNEL_REFUSED where that does not know it either. Source: xiaohongshu.md 9 [doc].
 */
export async function platformCarrierCode(
  account: XiaohongshuAccount,
  operation: string,
  { carrier, carrierName }: { readonly carrier: string; readonly carrierName: string },
): Promise<string> {
  const known = codeByOurs.get(carrier) ?? codeByName.get(carrierName.trim())
  if (known !== undefined) return known

  const { data } = await call(account, { operation, method: 'common.getExpressCompanyList' })
  const found = listIn(data, 'expressCompanyInfos')
    .map(asFields)
    .find((row) => row?.expressCompanyName === carrierName.trim())
  if (typeof found?.expressCompanyCode !== 'string') throw refused(`小红书没有快递公司“${carrierName || carrier}”`)
  return found.expressCompanyCode
}
