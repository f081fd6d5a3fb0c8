import { carrierTable } from '../../../kit/carrier-table.ts'
import { asFields } from '../../../kit/fields.ts'
import { call } from './call.ts'
import type { XiaohongshuAccount } from './manifest.ts'
import { refused } from './nonsense.ts'
import { listIn } from './paging.ts'

/** Our code, the platform's code and its name. Source: xiaohongshu.md 9 [doc, sdk]. */
export const carriers = carrierTable([
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
])

/**
 * The platform's code of a carrier of ours. One that is not among the usual ones is looked up by name in the platform's own list.
 * Throws CHANNEL_REFUSED where that does not know it either. Source: xiaohongshu.md 9 [doc].
 */
export async function platformCarrierCode(
  account: XiaohongshuAccount,
  operation: string,
  carrier: { readonly carrier: string; readonly carrierName: string },
): Promise<string> {
  const known = carriers.codeFor(carrier)
  if (known !== null) return known

  const { data } = await call(account, { operation, method: 'common.getExpressCompanyList' })
  const found = listIn(data, 'expressCompanyInfos')
    .map(asFields)
    .find((row) => row?.expressCompanyName === carrier.carrierName.trim())
  if (typeof found?.expressCompanyCode !== 'string')
    throw refused(`小红书没有快递公司“${carrier.carrierName || carrier.carrier}”`)
  return found.expressCompanyCode
}
