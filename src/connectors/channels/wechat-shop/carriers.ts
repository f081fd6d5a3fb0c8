import { z } from 'zod'
import { call } from './call.ts'
import type { WechatShopAccount } from './manifest.ts'
import { readAs } from './nonsense.ts'

/** A carrier in our words and in the platform's. */
interface CarrierName {
  readonly ours: string
  readonly code: string
  readonly zh: string
}

/** Those the platform's own samples show; they need no question. Source: wechat-shop.md 8 [doc]. */
const certain: readonly CarrierName[] = [
  { ours: 'sf', code: 'SF', zh: '顺丰速运' },
  { ours: 'yto', code: 'YTO', zh: '圆通速递' },
  { ours: 'zto', code: 'ZTO', zh: '中通快递' },
  { ours: 'sto', code: 'STO', zh: '申通快递' },
  { ours: 'yunda', code: 'YD', zh: '韵达快递' },
  { ours: 'ems', code: 'EMS', zh: 'EMS' },
]

/**
 * Those whose code is not seen, tried against the platform's list of the moment. Source: wechat-shop.md 8 [assumed].
 */
const likely: readonly CarrierName[] = [
  { ours: 'jd', code: 'JD', zh: '京东快递' },
  { ours: 'jt', code: 'JTSD', zh: '极兔速递' },
  { ours: 'deppon', code: 'DBL', zh: '德邦快递' },
  { ours: 'chinapost', code: 'YZPY', zh: '邮政快递包裹' },
]

/** A carrier outside the platform's list. Source: wechat-shop.md 8 [doc]. */
const other = 'OTHER'

const Companies = z.array(z.looseObject({ delivery_id: z.string(), delivery_name: z.string().nullish() })).nullish()

/**
 * The platform's code of a carrier of ours. Where it is not certain the platform's list is asked and searched by code,
 * then by name; what is not in it goes as 其他. Throws what a call throws. Source: wechat-shop.md 8 [doc].
 */
export async function carrierCode(
  account: WechatShopAccount,
  operation: string,
  { carrier, carrierName }: { readonly carrier: string; readonly carrierName: string },
): Promise<string> {
  const known = certain.find(({ ours }) => ours === carrier)
  if (known) return known.code
  const { root } = await call(account, { operation, path: '/channels/ec/order/deliverycompanylist/get', body: {} })
  const companies = readAs('company_list', () => Companies.parse(root.company_list)) ?? []
  const guess = likely.find(({ ours }) => ours === carrier)
  const found =
    companies.find(({ delivery_id }) => delivery_id === guess?.code) ??
    companies.find(({ delivery_name }) => delivery_name === carrierName.trim())
  return found?.delivery_id ?? other
}

/** The platform's name of a carrier, as its back office lists it; the given one where it is not known. */
export function carrierZh(carrier: string, carrierName: string): string {
  return [...certain, ...likely].find(({ ours }) => ours === carrier)?.zh ?? carrierName
}
