import type { Branch } from './text.ts'

/** A call that TOP refuses. Source of codes and texts: taobao.md 5 and fixtures/taobao/errors.json. */
export interface TopError {
  readonly code: number
  readonly msg: string
  readonly sub_code?: string
  readonly sub_msg?: string
}

/** Thrown by whatever carries out a call. */
export interface TopRefusal extends Error {
  readonly top: TopError
}

export function refuse(top: TopError): TopRefusal {
  return Object.assign(new Error(top.sub_code ?? top.msg), { top })
}

export function isTopRefusal(fault: unknown): fault is TopRefusal {
  return fault instanceof Error && 'top' in fault
}

export function errorTree(error: TopError, requestId: string): Branch {
  return { error_response: { ...error, request_id: requestId } }
}

export const missingMethod: TopError = { code: 21, msg: 'Missing method' }
export const invalidMethod: TopError = { code: 22, msg: 'Invalid method' }
export const invalidFormat: TopError = { code: 23, msg: 'Invalid format' }
export const missingSignature: TopError = { code: 24, msg: 'Missing signature' }
export const invalidSignature: TopError = { code: 25, msg: 'Invalid signature' }
export const missingSession: TopError = { code: 26, msg: 'Missing session' }
export const missingAppKey: TopError = { code: 28, msg: 'Missing app Key' }
export const invalidAppKey: TopError = { code: 29, msg: 'Invalid app Key' }
export const missingTimestamp: TopError = { code: 30, msg: 'Missing timestamp' }
export const invalidTimestamp: TopError = { code: 31, msg: 'Invalid timestamp' }
export const missingVersion: TopError = { code: 32, msg: 'Missing version' }
export const unsupportedVersion: TopError = { code: 34, msg: 'Unsupported version' }
export const httpActionNotAllowed: TopError = { code: 9, msg: 'Http action not allowed' }
export const serviceUnavailable: TopError = { code: 10, msg: 'Service currently unavailable' }

export const sessionExpired: TopError = {
  code: 27,
  msg: 'Invalid session',
  sub_code: 'session-expired',
  sub_msg: 'SessionKey has expired',
}
export const sessionUnknown: TopError = {
  code: 27,
  msg: 'Invalid session',
  sub_code: 'invalid-sessionkey',
  sub_msg: 'SessionKey is invalid',
}
export const noPermission: TopError = {
  code: 11,
  msg: 'Insufficient isv permissions',
  sub_code: 'isv.permission-api-package-limit',
  sub_msg: 'scope ids is 11657',
}
/** Code 12 for a main account where only a sub-account may act is [assumed]; the sheet names the rule (15), not the code. */
export const subAccountOnly: TopError = {
  code: 12,
  msg: 'Insufficient user permissions',
  sub_code: 'isv.permission-sub-account-only',
  sub_msg: '该接口仅支持子账号授权调用',
}

export function missingArgument(name: string): TopError {
  return { code: 40, msg: `Missing required arguments:${name}` }
}

/** `why` is for whoever reads the answer; without it the short form of the platform is given. */
export function invalidArgument(name: string, why?: string): TopError {
  if (why === undefined) return { code: 41, msg: `Invalid arguments:${name}` }
  return { code: 41, msg: 'Invalid arguments', sub_code: `isv.invalid-parameter:${name}`, sub_msg: why }
}

export function remote(sub_code: string, sub_msg: string, code = 15): TopError {
  return { code, msg: 'Remote service error', sub_code, sub_msg }
}

export const tradeNotExist = remote('isv.trade-not-exist', '交易不存在')
export const itemNotExist = remote('isv.item-is-delete:invalid-numIid', '商品不存在或已删除')
/** The spelling is [assumed] after `isv.trade-not-exist`. */
export const refundNotExist = remote('isv.refund-not-exist', '退款单不存在')
export const systemBusy = remote('isp.system-busy', '调用接口频率太快', 530)
export const slowQuery = remote(
  'isv.trade-service-rejection',
  '超时请求过多，请将查询时间间隔缩短,3分钟后再查询！',
  520,
)
export const remoteServiceError = remote('isp.remote-service-error', 'API调用远程服务失败')

export function callLimited(level: 'app' | 'api' | 'app-api', seconds: number): TopError {
  return {
    code: 7,
    msg: 'App Call Limited',
    sub_code: `accesscontrol.limited-by-${level}-access-count`,
    sub_msg: `This ban will last for ${seconds} more seconds`,
  }
}

const shippingTexts = {
  B01: '订单不存在',
  B02: '订单状态不对，不能发货',
  B04: '订单状态不对，该物流订单已经发货或者已关闭，不能重复发货',
  B55: '订单状态不允许发货',
  B56: '物流公司不存在',
  B59: '运单号不能为空',
  B60: '运单号不符合规则或已经被使用',
  B98: '物流类型不匹配',
  B150: '发货异常，请稍等后重试',
  CD22: '订单已拆单，必须传入子交易号列表',
  P22: '参数数据错误',
  P38: '拆单校验未通过',
} as const

/** Source: taobao.md 11.4 [sdk]. */
export function shippingError(reason: keyof typeof shippingTexts): TopError {
  return remote(`isv.logistics-offline-service-error:${reason}`, shippingTexts[reason])
}

export function resendError(reason: 'P01' | 'P05' | 'CD19', text: string): TopError {
  return remote(`isv.logistics-update-company-or-mailno-error:${reason}`, text)
}
