/** A company that carries parcels (快递公司). `code` is ours; what a channel calls it, that channel's connector knows. */
export interface Carrier {
  readonly code: string
  readonly name: string
  /** Other ways in which people and sheets write its name. */
  readonly aliases: readonly string[]
  readonly kind: 'express' | 'freight'
  /** `closed` takes no parcels any more; `unsure` when we could not find out. */
  readonly status: 'live' | 'closed' | 'unsure'
  /** What its numbers look like, without regard to case; null where nobody says. A hint, since carriers open new ranges. */
  readonly pattern: RegExp | null
}

type Row = readonly [code: string, name: string, aliases: string, kind: Carrier['kind'], status: Carrier['status']]

// Source: carriers.md 8, carriers.csv, columns code, name_zh, aliases, kind, status [sdk]; that fw and best went to jt is [assumed].
const rows: readonly Row[] = [
  ['sf', '顺丰速运', '顺丰;顺丰快递;SF', 'express', 'live'],
  ['zto', '中通快递', '中通;中通速递', 'express', 'live'],
  ['yto', '圆通速递', '圆通;圆通快递', 'express', 'live'],
  ['sto', '申通快递', '申通', 'express', 'live'],
  ['yunda', '韵达快递', '韵达;韵达速递', 'express', 'live'],
  ['jt', '极兔速递', '极兔;J&T', 'express', 'live'],
  ['ems', 'EMS', '邮政特快;邮政EMS;特快专递', 'express', 'live'],
  ['chinapost', '邮政快递包裹', '中国邮政;邮政小包;邮政包裹', 'express', 'live'],
  ['chinapost-ec', '邮政电商标快', '邮政标快;EYB;国内标快', 'express', 'live'],
  ['jd', '京东快递', '京东物流;京东配送;JDL', 'express', 'live'],
  ['deppon', '德邦快递', '德邦', 'express', 'live'],
  ['deppon-ltl', '德邦快运', '德邦物流', 'freight', 'live'],
  ['cainiao', '菜鸟速递', '丹鸟;菜鸟直送;丹鸟物流', 'express', 'live'],
  ['zjs', '宅急送', '宅急送快递', 'express', 'live'],
  ['kye', '跨越速运', '跨越', 'express', 'live'],
  ['uce', '优速快递', '优速', 'express', 'live'],
  ['ane', '安能快运', '安能物流;安能', 'freight', 'live'],
  ['zto-ltl', '中通快运', '', 'freight', 'live'],
  ['sf-ltl', '顺丰快运', '', 'freight', 'live'],
  ['jd-ltl', '京东快运', '', 'freight', 'live'],
  ['yunda-ltl', '韵达快运', '', 'freight', 'live'],
  ['best-ltl', '百世快运', '百世物流', 'freight', 'live'],
  ['ymdd', '壹米滴答', '', 'freight', 'live'],
  ['sxjd', '顺心捷达', '', 'freight', 'live'],
  ['fw', '丰网速运', '丰网', 'express', 'closed'],
  ['jgsd', '京广速递', '京广', 'express', 'live'],
  ['xinfeng', '信丰物流', '信丰', 'express', 'live'],
  ['hoau', '天地华宇', '华宇', 'freight', 'unsure'],
  ['sure', '速尔快递', '速尔', 'express', 'unsure'],
  ['zhongyou', '众邮快递', '众邮', 'express', 'unsure'],
  ['rrs', '日日顺物流', '日日顺', 'freight', 'live'],
  ['suning', '苏宁物流', '苏宁快递', 'express', 'unsure'],
  ['tiantian', '天天快递', '', 'express', 'closed'],
  ['best', '百世快递', '百世汇通;汇通', 'express', 'closed'],
]

// Source: carriers.csv, column waybill_regex [sdk]; those of ems, chinapost, kye and sf-ltl are [assumed].
const patterns: Readonly<Record<string, RegExp>> = {
  sf: /^SF[0-9A-Z]\d{12}$|^\d{12}$/i,
  zto: /^7[3-68]\d{12}$/,
  yto: /^YT\d{13}$/i,
  sto: /^(77|43)\d{12,15}$/,
  yunda: /^[34]\d{14}$|^5\d{12}$/,
  jt: /^JT\d{13}$/i,
  ems: /^[19]\d{12}$|^E[A-Z]\d{9}CN$/i,
  chinapost: /^9[0-9]\d{11}$|^P[A-Z]\d{11}$/i,
  jd: /^JD[A-Z0-9]{2}\d{11}(-\d+-\d+-?)?$/i,
  deppon: /^DPK\d{12}$/i,
  cainiao: /^621\d{12}$/,
  zjs: /^ZJS\d{12}$|^A\d{12}$|^(42|16)\d{8}$/i,
  kye: /^KY[EW]?\d{10,13}$/i,
  'sf-ltl': /^SF[0-9A-Z]\d{12}$/i,
  hoau: /^[A-Z0-9]{8,9}$/i,
}

export const carriers: readonly Carrier[] = rows.map(([code, name, aliases, kind, status]) => ({
  code,
  name,
  aliases: aliases === '' ? [] : aliases.split(';'),
  kind,
  status,
  pattern: patterns[code] ?? null,
}))

const byText = new Map(
  carriers.flatMap((carrier) =>
    [carrier.code, carrier.name, ...carrier.aliases].map((text) => [text.toLowerCase(), carrier] as const),
  ),
)

/** The carrier of this code, name or other name, without regard to case; null when we know none. */
export function carrierNamed(text: string): Carrier | null {
  return byText.get(text.trim().toLowerCase()) ?? null
}
