import type { ErrorClass } from '../../../core/channel/words.ts'

interface Meaning {
  readonly class: ErrorClass
  /**
   * What a person should read; the platform's own words are unstable and in English. Left out where they say enough.
   */
  readonly zh?: string
}

const ofTheCaller = { class: 'param' } as const
const refusal = { class: 'business-rejected' } as const
const busy = { class: 'transient', zh: '微信系统繁忙' } as const
const ipNotAllowed = { class: 'permission', zh: '本系统的出口 IP 不在小店的 IP 白名单里，请到小店后台添加' } as const
const ipUnconfirmed = { class: 'permission', zh: '本系统的出口 IP 需要管理员在微信里确认' } as const
const restricted = { class: 'permission', zh: '账号被限制使用接口，请在小店后台查看' } as const

/**
 * Every code of the platform that is known, with its class and, for what a person must act on, words. What is not here
 * is a refusal of the business kind and never repeated blindly. Source: wechat-shop.md 2, 3, 8, 9, 10 and, for the
 * inspector alone, 12 [doc]; 40014, 40125, 41002, 41004, 89501, 89506, 89507, 10060012 and 10060019 [assumed]; 31042 and
 * 606006 [sdk].
 */
export const errorCodes: Readonly<Record<string, Meaning>> = {
  '-1': busy,
  31042: { class: 'transient', zh: '时间范围太大' },
  40001: { class: 'auth-expired', zh: '接口令牌无效' },
  40013: { class: 'permission', zh: 'AppID 不对，请核对' },
  40014: { class: 'auth-expired', zh: '接口令牌格式不对' },
  40066: ofTheCaller,
  40097: ofTheCaller,
  40125: { class: 'permission', zh: 'AppSecret 不对，请核对' },
  40243: { class: 'permission', zh: 'AppSecret 已被冻结，请在小店后台解冻' },
  41001: ofTheCaller,
  41002: { class: 'permission', zh: '没有填写 AppID' },
  41004: { class: 'permission', zh: '没有填写 AppSecret' },
  42001: { class: 'auth-expired', zh: '接口令牌已过期' },
  43001: ofTheCaller,
  43002: ofTheCaller,
  43003: ofTheCaller,
  44002: ofTheCaller,
  45002: ofTheCaller,
  45009: { class: 'quota-exhausted', zh: '今日调用次数已用完' },
  45011: { class: 'rate-limit', zh: '每分钟调用次数已用完' },
  45035: ipNotAllowed,
  47001: ofTheCaller,
  48001: { class: 'permission', zh: '没有这个接口的权限，请在小店后台开通' },
  48004: { class: 'permission', zh: '接口因违规被封禁' },
  50001: restricted,
  50002: restricted,
  61004: ipNotAllowed,
  89501: ipUnconfirmed,
  89503: ipUnconfirmed,
  89506: ipUnconfirmed,
  89507: ipUnconfirmed,
  100002: { class: 'not-found', zh: '没有这个订单' },
  100003: { class: 'transient', zh: '订单正在被修改' },
  101100: { class: 'business-rejected', zh: '订单的状态不允许这样做' },
  108009: { class: 'business-rejected', zh: '有未完成的售后，处理后才能发货' },
  109000: { class: 'business-rejected', zh: '商品或数量与订单不符' },
  109001: { class: 'already-done', zh: '已经发过货' },
  109002: ofTheCaller,
  109205: { class: 'business-rejected', zh: '已经取过平台电子面单' },
  606003: refusal,
  606006: ofTheCaller,
  606034: { class: 'business-rejected', zh: '需由质检服务商发货' },
  10020000: refusal,
  10020001: { class: 'business-rejected', zh: '售后单的状态不允许这样做' },
  10020003: refusal,
  10020004: refusal,
  10020050: { class: 'permission', zh: '没有修改库存的权限' },
  10020051: ofTheCaller,
  10020052: { class: 'not-found', zh: '没有这个 SKU' },
  10020054: { class: 'transient', zh: '库存修改失败' },
  10020055: ofTheCaller,
  10020091: ofTheCaller,
  10020112: { class: 'rate-limit', zh: '这个 SKU 的库存改得太频繁' },
  10020217: { class: 'business-rejected', zh: '商品审核中，几小时后再试' },
  10020218: { class: 'business-rejected', zh: '库存没有变化' },
  10020219: { class: 'business-rejected', zh: '库存不够扣减' },
  10020289: { class: 'business-rejected', zh: '商品还没有上架过' },
  10021041: { class: 'business-rejected', zh: '售后单现在不能这样操作' },
  10021043: refusal,
  10021044: busy,
  10021045: { class: 'business-rejected', zh: '退款失败' },
  10021046: { class: 'business-rejected', zh: '账户余额不足，退款未成功' },
  10021050: { class: 'not-found', zh: '没有这个售后单' },
  10021059: { class: 'rate-limit', zh: '同一售后单每分钟只能操作一次' },
  10021060: { class: 'business-rejected', zh: '没有填写退货地址' },
  10021062: { class: 'business-rejected', zh: '退货地址不对' },
  10021068: { class: 'business-rejected', zh: '需先与买家协商' },
  10021083: refusal,
  10021084: refusal,
  10021085: refusal,
  10021086: refusal,
  10021087: refusal,
  10021088: refusal,
  10021089: refusal,
  10060001: { class: 'transient', zh: '微信还不认识这笔支付，一分钟后再试' },
  10060012: busy,
  10060019: busy,
  10080000: { class: 'permission', zh: '小店正在注销' },
  10080001: { class: 'permission', zh: '小店已注销' },
  268485228: ofTheCaller,
}
