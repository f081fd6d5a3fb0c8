import { Failure } from '../../../core/failures.ts'

/** A carrier in our words and in the platform's. */
interface CarrierName {
  /** Null where our table of carriers has no code for it. */
  readonly ours: string | null
  readonly id: string
  readonly zh: string
}

/** Our code, the platform's number and its name. Source: jd.md 9.3 [sdk Q, B]. */
const carriers: readonly CarrierName[] = [
  { ours: 'sf', id: '467', zh: '顺丰快递' },
  { ours: 'zto', id: '1499', zh: '中通快递' },
  { ours: 'yto', id: '463', zh: '圆通快递' },
  { ours: 'sto', id: '470', zh: '申通快递' },
  { ours: 'yunda', id: '1327', zh: '韵达快递' },
  { ours: 'jt', id: '1255654', zh: '极兔速递' },
  { ours: 'ems', id: '465', zh: '邮政EMS' },
  { ours: null, id: '3668', zh: 'EMS标快' },
  { ours: 'chinapost', id: '2170', zh: '邮政快递包裹' },
  { ours: 'chinapost-ec', id: '2124945', zh: '邮政电商标快' },
  { ours: 'jd', id: '2087', zh: '京东快递' },
  { ours: 'jd-ltl', id: '773574', zh: '京东快运' },
  { ours: null, id: '336878', zh: '京东大件物流' },
  { ours: 'deppon', id: '3046', zh: '德邦快递' },
  { ours: 'deppon-ltl', id: '2119699', zh: '德邦快运' },
  { ours: 'zjs', id: '1409', zh: '宅急送' },
  { ours: 'uce', id: '1747', zh: '优速快递' },
  { ours: 'kye', id: '599866', zh: '跨越速运' },
  { ours: 'ane', id: '4832', zh: '安能物流' },
  { ours: 'zto-ltl', id: '680414', zh: '中通快运' },
  { ours: 'yunda-ltl', id: '731302', zh: '韵达快运' },
  { ours: 'best-ltl', id: '1748', zh: '百世快运' },
  { ours: 'ymdd', id: '1325880', zh: '壹米滴答' },
  { ours: 'rrs', id: '687888', zh: '日日顺' },
  { ours: 'zhongyou', id: '881232', zh: '众邮快递' },
  { ours: null, id: '1274', zh: '厂家自送' },
]

const byOurs = new Map(carriers.map((carrier) => [carrier.ours, carrier]))
const byName = new Map(carriers.map((carrier) => [carrier.zh, carrier]))
const byId = new Map(carriers.map((carrier) => [carrier.id, carrier]))

/** The platform's number and name of a carrier of ours, by code, else by name. Throws INPUT_INVALID where the platform has none. */
export function platformCarrier(ours: string, zh: string): { readonly id: string; readonly zh: string } {
  const known = byOurs.get(ours) ?? byName.get(zh.trim())
  if (known !== undefined) return known
  throw new Failure('INPUT_INVALID', {
    field: '快递公司',
    problem: `京东没有“${zh || ours}”，请换一家，或在京东商家后台发货`,
  })
}

/** Null where the number is not in the list; a shop may have carriers of its own. */
export function carrierName(id: string): string | null {
  return byId.get(id)?.zh ?? null
}

/** The number of a carrier that a file names; empty where it is not in the list. */
export function carrierIdOf(zh: string): string {
  return byName.get(zh.trim())?.id ?? ''
}
