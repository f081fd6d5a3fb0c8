import type { ErrorClass } from '../../../core/channel/words.ts'

interface Meaning {
  readonly class: ErrorClass
  /** What a person should read; left out where the platform's own words say enough. */
  readonly zh?: string
}
type Row = readonly [errorClass: ErrorClass, codes: readonly number[], zh?: string]

/**
 * Every code of the platform that these calls can be answered with. What is not here is a refusal of the business kind and never repeated
 * blindly. Source: wechat-shop.md 2 [doc, the recalled ones assumed], 12 [doc for 10060001, 10060003, 10060004 and 268485228, the rest
 * assumed].
 */
const rows: readonly Row[] = [
  ['transient', [-1, 10060012, 10060019], '微信系统繁忙'],
  ['auth-expired', [40001, 40014, 42001], '接口令牌已失效'],
  ['permission', [40013, 41002], '小程序 AppID 不对，请核对'],
  ['permission', [40125, 41004], 'AppSecret 不对，请核对'],
  ['permission', [40243], 'AppSecret 已被冻结，请在微信公众平台解冻'],
  ['permission', [45035, 61004], '本系统的出口 IP 不在小程序的 IP 白名单里，请到微信公众平台添加'],
  ['permission', [89501, 89503, 89506, 89507], '本系统的出口 IP 需要管理员在微信里确认'],
  ['permission', [48001], '小程序没有开通发货信息管理服务，请在微信公众平台开通'],
  ['permission', [48004, 50001, 50002, 10080000, 10080001], '账号被限制使用接口，请在微信公众平台查看'],
  ['param', [40066, 40097, 41001, 43001, 43002, 43003, 44002, 45002, 47001]],
  ['quota-exhausted', [45009], '今日调用次数已用完'],
  ['rate-limit', [45011], '每分钟调用次数已用完'],
  ['transient', [10060001], '微信还不认识这笔支付，一分钟后再试'],
  ['business-rejected', [10060002], '这笔支付已经处理过'],
  ['business-rejected', [10060003], '已全部发货，唯一的一次更正也用过了；请在微信公众平台处理'],
  ['business-rejected', [10060004], '这笔支付现在不能发货，可能已退款'],
  ['business-rejected', [10060005, 10060006, 10060007, 10060008, 10060009, 10060014, 10060023]],
  ['business-rejected', [10060024, 10060025, 10060026]],
  ['business-rejected', [10060031], '支付者与微信记录的不一致'],
  ['business-rejected', [268485194, 268485195, 268485196, 268485197, 268485216, 268485224, 268485226, 268485227]],
  ['param', [268485228], '整单发货只能有一个包裹'],
]

export const errorCodes: Readonly<Record<string, Meaning | undefined>> = Object.fromEntries(
  rows.flatMap(([errorClass, codes, zh]) =>
    codes.map((code) => [String(code), { class: errorClass, ...(zh === undefined ? {} : { zh }) }]),
  ),
)
