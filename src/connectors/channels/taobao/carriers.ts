/** A carrier in our words and in the platform's. */
interface CarrierName {
  readonly ours: string
  readonly code: string
  readonly zh: string
  /** Other names under which the platform's orders show it. */
  readonly aliases?: readonly string[]
}

/** Our code, the platform's code and its name. Source: taobao.md 12 [sdk]; 极兔 keeps the code of the former 百世汇通. */
const carriers: readonly CarrierName[] = [
  { ours: 'sf', code: 'SF', zh: '顺丰速运', aliases: ['顺丰快递', '顺丰'] },
  { ours: 'zto', code: 'ZTO', zh: '中通快递', aliases: ['中通速递', '中通'] },
  { ours: 'yto', code: 'YTO', zh: '圆通速递', aliases: ['圆通快递', '圆通'] },
  { ours: 'sto', code: 'STO', zh: '申通快递', aliases: ['申通'] },
  { ours: 'yunda', code: 'YUNDA', zh: '韵达快递', aliases: ['韵达速递', '韵达'] },
  { ours: 'jt', code: 'HTKY', zh: '极兔速递', aliases: ['极兔', '极兔快递', '百世快递', '百世汇通'] },
  { ours: 'ems', code: 'EMS', zh: 'EMS', aliases: ['邮政特快专递'] },
  { ours: 'chinapost', code: 'POSTB', zh: '邮政快递包裹' },
  { ours: 'chinapost-ec', code: 'EYB', zh: 'EMS经济快递' },
  { ours: 'deppon', code: 'DBKD', zh: '德邦快递' },
  { ours: 'deppon-ltl', code: 'DBL', zh: '德邦物流' },
  { ours: 'zjs', code: 'ZJS', zh: '宅急送' },
  { ours: 'uce', code: 'UC', zh: '优速快递' },
  { ours: 'tiantian', code: 'TTKDEX', zh: '天天快递' },
  { ours: 'kye', code: 'DISTRIBUTOR_13211725', zh: '跨越速运' },
  { ours: 'zto-ltl', code: 'DISTRIBUTOR_13222803', zh: '中通快运' },
  { ours: 'best-ltl', code: 'BEST', zh: '百世物流' },
  { ours: 'gto', code: 'GTO', zh: '国通快递' },
  { ours: 'post', code: 'POST', zh: '中国邮政' },
]
const other = { code: 'OTHER', zh: '其他' }

const byOurs = new Map(carriers.map((carrier) => [carrier.ours, carrier]))
const byName = new Map(
  carriers.flatMap((carrier) => [carrier.zh, ...(carrier.aliases ?? [])].map((name) => [name, carrier])),
)

/** The platform's code and name of a carrier of ours, by code, else by name, else 其他. */
export function platformCarrier(ours: string, zh: string): { readonly code: string; readonly zh: string } {
  return byOurs.get(ours) ?? byName.get(zh.trim()) ?? other
}

/** The platform's code of a carrier's name; orders carry names only. Null where the name is not in the list. */
export function carrierCodeOf(name: string): string | null {
  return byName.get(name.trim())?.code ?? null
}
