/** A call that the platform refuses. */
export interface ArkError {
  readonly code: number
  readonly message: string
  /** 200 but for one way of throttling. */
  readonly status?: number
  /** The envelope says `success: true` all the same. Source: xiaohongshu.md 4 [recorded]. */
  readonly claimsSuccess?: true
}

/** Thrown by whatever carries out a call. */
export interface ArkRefusal extends Error {
  readonly ark: ArkError
}

export function refuse(ark: ArkError): ArkRefusal {
  return Object.assign(new Error(ark.message), { ark })
}

export function isArkRefusal(fault: unknown): fault is ArkRefusal {
  return fault instanceof Error && 'ark' in fault
}

/** Source: xiaohongshu.md 4 [doc copy]. */
export const notFound: ArkError = { code: -2000101, message: '包裹不存在或不属于当前商家' }
export const systemError: ArkError = { code: -2000500, message: '系统异常，请稍后重试' }
export const decryptQuotaUsed: ArkError = {
  code: -2000701,
  message: '触发解密限额，无法解密，请对接平台电子面单或联系平台处理',
}

/** Source: xiaohongshu.md 4 [doc copy]; what follows the colon is for whoever reads the answer. */
export function parameterError(name: string): ArkError {
  return { code: -2000400, message: `参数错误：${name}` }
}

/** Source: xiaohongshu.md 4: 401 [sdk], its texts [assumed]. */
export const tokenMissing: ArkError = { code: 401, message: 'accessToken 不能为空' }
export const tokenInvalid: ArkError = { code: 401, message: 'accessToken 无效' }
export const tokenExpired: ArkError = { code: 401, message: 'accessToken 已失效' }
export const refreshTokenExpired: ArkError = { code: 401, message: 'refreshToken 已失效，请重新授权' }
export const codeInvalid: ArkError = { code: 401, message: '授权码 code 无效或已过期' }

/** The codes of everything else at the gateway are [assumed]: the sheet knows none. */
export const signInvalid: ArkError = { code: 400, message: 'sign 校验失败' }
export const appUnknown: ArkError = { code: 403, message: 'appId 不存在' }
export const timestampOff: ArkError = { code: 400, message: 'timestamp 超出允许的时间范围' }
export const methodUnknown: ArkError = { code: 404, message: 'method 不存在' }
export const tooManyCalls: ArkError = { code: 429, message: '请求过于频繁，请稍后再试' }
/** Three guises, since nobody knows the real one [assumed]. */
export const throttles: readonly ArkError[] = [
  tooManyCalls,
  { ...tooManyCalls, status: 429 },
  { code: 50429, message: '接口已限流' },
]

/** Codes of refused shipments are [assumed]. Source of the first: its fixture; the others continue it. */
export const stateForbidsShipping: ArkError = { code: -2000102, message: '订单状态不允许发货' }
export const alreadyShipped: ArkError = { code: -2000102, message: '商品已发货，不能重复发货' }
export const stateForbidsChange: ArkError = { code: -2000102, message: '订单状态不允许修改物流' }
export const carrierUnknown: ArkError = { code: -2000103, message: '物流公司不存在' }
export const codesMissing: ArkError = { code: -2000104, message: '国补订单发货须上传 SN 码' }

/** Source of codes and form: xiaohongshu.md 4 [sdk] and the recorded envelope. */
export const caseStateForbids: ArkError = { code: -1009003, message: '当前售后状态不支持该操作', claimsSuccess: true }
export const unshippedCannotBeRefused: ArkError = {
  code: -1009005,
  message: '未发货仅退款不支持拒绝，请发货',
  claimsSuccess: true,
}
export const caseSystemError: ArkError = { code: -1010001, message: '系统错误' }
export const caseNotFound: ArkError = { code: -2000101, message: '售后单不存在或不属于当前商家' }
