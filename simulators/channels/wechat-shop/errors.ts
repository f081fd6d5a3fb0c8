/** A call that the platform refuses. */
export interface ApiRefusal extends Error {
  readonly errcode: number
  /** Played by a fault plan and not the caller's doing, so it is not counted as refused. */
  readonly isPlayed: boolean
}

/**
 * Source of the codes: wechat-shop.md 2, 3, 8, 9, 10, 12; the wording is unstable on the real platform, and invented
 * here.
 */
const texts: Readonly<Record<number, string>> = {
  [-1]: 'system error',
  40001: 'invalid credential, access_token is invalid or not latest',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40066: 'invalid url',
  40097: 'invalid args',
  40125: 'invalid appsecret',
  40243: 'appsecret frozen',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  44002: 'empty post data',
  45002: 'content size out of limit',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
  47001: 'data format error',
  48001: 'api unauthorized',
  61004: 'access clientip is not registered requestIP: 203.0.113.7',
  100002: 'order not exist',
  100003: 'update order too frequently',
  101100: 'order status not allow',
  108009: 'has unfinished aftersale',
  109000: 'product info not match',
  109001: 'already delivered',
  109002: 'product_infos empty',
  109205: 'exist online waybill',
  606006: 'params differ from previous page',
  606034: 'need special delivery provider',
  10020000: 'invalid aftersale id',
  10020001: 'aftersale status not allowed',
  10020004: 'invalid time range',
  10020051: 'invalid stock args',
  10020052: 'sku not exist',
  10020054: 'stock update failed',
  10020055: 'invalid diff_type',
  10020112: 'sku stock update too frequently',
  10020217: 'product in audit',
  10020218: 'stock change is zero',
  10020219: 'stock not enough',
  10020289: 'product never listed',
  10021041: 'aftersale operation not possible',
  10021044: 'system busy',
  10021045: 'refund failed',
  10021046: 'balance not enough',
  10021050: 'aftersale not exist',
  10021059: 'exceed qpm limit',
  10021060: 'address_id required',
  10021062: 'invalid address',
  10060001: '支付单不存在',
  10060002: '操作已完成',
  10060003: '支付单已使用重新发货机会',
  10060004: '支付单处于不可发货的状态',
  10060005: '物流类型有误',
  10060006: '非快递发货时不允许分拆发货',
  10060007: '分拆发货模式下必须填写 is_all_delivered 字段',
  10060008: '商品描述 item_desc 字段不能为空',
  10060009: '商品描述 item_desc 字段太长',
  10060014: '参数错误',
  10060023: '发货信息未更新',
  10060031: 'openid 不匹配',
  268485216: '上传时间非法，请按照 RFC 3339 格式填写',
  268485224: '发货模式非法',
  268485228: '发货模式为统一发货时，物流信息列表长度必须为1',
}

export function refuse(errcode: number, isPlayed = false): ApiRefusal {
  return Object.assign(new Error(textOf(errcode)), { errcode, isPlayed })
}

export function isApiRefusal(fault: unknown): fault is ApiRefusal {
  return fault instanceof Error && 'errcode' in fault
}

export function textOf(errcode: number): string {
  return texts[errcode] ?? 'business error'
}
