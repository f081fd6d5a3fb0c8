/** A call that is refused. Source: pinduoduo.md 3 [doc]; texts that are not in errors.json are [assumed]. */
export interface PlatformError {
  readonly code: number
  readonly words: string
  /** Says more than `words`. */
  readonly subWords?: string
}

export interface PlatformRefusal extends Error {
  readonly platform: PlatformError
}

export function refuse(platform: PlatformError): PlatformRefusal {
  return Object.assign(new Error(platform.words), { platform })
}

export function isPlatformRefusal(fault: unknown): fault is PlatformRefusal {
  return fault instanceof Error && 'platform' in fault
}

export const tokenExpired: PlatformError = { code: 10_019, words: 'access_token已过期' }
/** That a code or a refresh token which no longer holds is refused with the same number is [assumed]. */
export const codeInvalid: PlatformError = { code: 10_019, words: 'code无效或已过期' }
export const refreshTokenExpired: PlatformError = { code: 10_019, words: 'refresh_token已过期' }
/** For a token nobody knows [assumed]. */
export const tokenOfOther: PlatformError = { code: 20_032, words: 'access_token与client_id不匹配' }
/** For a call without a token [assumed]. */
export const notAuthorised: PlatformError = { code: 20_031, words: '用户没有授权访问此接口' }
export const signatureWrong: PlatformError = { code: 20_004, words: '签名sign校验失败' }
export const noPermission: PlatformError = { code: 30_000, words: '没有调用此target接口权限' }
export const unreadable: PlatformError = { code: 52_004, words: '请求参数解析失败' }
export const callLimited: PlatformError = { code: 52_101, words: '当前接口被限流，请稍后重试' }
/** Which of the codes of rate limits says that a day's calls are used up is [assumed]. */
export const dayLimited: PlatformError = { code: 70_031, words: '今日调用次数已达上限' }
export const systemFailure: PlatformError = { code: 50_000, words: '系统内部错误' }
export const platformBusy: PlatformError = { code: 52_002, words: '服务繁忙，请稍后重试' }

export function missing(name: string): PlatformError {
  return { code: 21_001, words: '必填参数缺失', subWords: `参数${name}缺失` }
}

export function invalid(what: string): PlatformError {
  return { code: 21_002, words: '参数错误', subWords: what }
}

/** Source of the code: logistics.online.send.json. */
function business(subWords: string): PlatformError {
  return { code: 50_001, words: '业务服务错误', subWords }
}

export const orderUnknown = business('订单不存在')
export const cannotShip = business('订单状态不允许发货')
export const inAftersales = business('订单售后处理中，不允许发货')
export const alreadyShipped = business('订单已发货，请勿重复发货')
export const notShipped = business('订单未发货，不能修改物流或追加包裹')
export const parcelKnown = business('运单号已存在')
export const carrierUnknown = business('物流公司不存在或不可用')
export const goodsUnknown = business('商品不存在')
export const skuUnknown = business('规格不存在')
export const stockShort = business('扣减后库存小于0')
export const caseUnknown = business('售后单不存在')
export const caseDecided = business('售后单状态不允许此操作')

export function errorTree({ code, words, subWords = words }: PlatformError, requestId: string) {
  return {
    error_response: {
      error_code: code,
      error_msg: words,
      sub_code: String(code),
      sub_msg: subWords,
      request_id: requestId,
    },
  }
}
