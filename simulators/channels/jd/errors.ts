import type { Branch } from './text.ts'

/** A call that the gateway refuses. Source: jd.md 5 [sdk] and fixtures/jd/errors.json; texts that are in neither are [assumed]. */
export interface GatewayError {
  readonly code: string
  readonly zh_desc: string
  readonly en_desc: string
}

/** A call that the business behind the gateway refuses. The numbers are [assumed], but for the one of a window too long. */
export interface BusinessError {
  readonly chinese: string
  readonly english: string
  readonly number: number
}

export interface GatewayRefusal extends Error {
  readonly gateway: GatewayError
}
export interface BusinessRefusal extends Error {
  readonly business: BusinessError
}

export function refuse(gateway: GatewayError): GatewayRefusal {
  return Object.assign(new Error(gateway.en_desc), { gateway })
}

export function reject(business: BusinessError): BusinessRefusal {
  return Object.assign(new Error(business.english), { business })
}

export function isGatewayRefusal(fault: unknown): fault is GatewayRefusal {
  return fault instanceof Error && 'gateway' in fault
}

export function isBusinessRefusal(fault: unknown): fault is BusinessRefusal {
  return fault instanceof Error && 'business' in fault
}

export function errorTree(error: GatewayError): Branch {
  return { error_response: { ...error } }
}

const gatewayError = (code: string, zh_desc: string, en_desc: string): GatewayError => ({ code, zh_desc, en_desc })

export const callLimited = gatewayError('2', '限制时间内调用失败次数', 'App Call Limited')
/** The code is the same as for too many calls in a moment; that the words differ is [assumed]. */
export const dayLimited = gatewayError('2', '今日调用次数已达上限', 'App Call Limited By Day')
export const missingVersion = gatewayError('4', '缺少版本参数', 'Missing Version')
export const invalidVersion = gatewayError('5', '非法的版本参数', 'Invalid Version')
export const missingTimestamp = gatewayError('7', '缺少时间戳参数', 'Missing Timestamp')
export const invalidTimestamp = gatewayError('8', '非法的时间戳参数', 'Invalid Timestamp')
export const missingSignature = gatewayError('11', '缺少签名参数', 'Missing Signature')
export const invalidSignature = gatewayError('12', '无效签名', 'Invalid Signature')
export const missingMethod = gatewayError('14', '缺少方法名参数', 'Missing Method')
export const invalidMethod = gatewayError('15', '不存在的方法名', 'Invalid Method')
export const missingToken = gatewayError('18', '缺少access_token参数', 'Missing access_token')
export const invalidToken = gatewayError('19', '无效access_token', 'Invalid access_token')
export const missingAppKey = gatewayError('20', '缺少app_key参数', 'Missing app_key')
export const invalidAppKey = gatewayError('21', '无效app_key', 'Invalid app_key')
export const noPermission = gatewayError('24', '无权调用API', 'cannot use this API')
/** Codes the sheet does not have: what the gateway says to business parameters that are no JSON object, and when it is ill itself. */
export const invalidBusiness = gatewayError('10', '业务参数不是合法的JSON', 'Invalid Business Parameter')
export const platformError = gatewayError('50', '系统错误，请稍后重试', 'System Error')
export const platformBusy = gatewayError('51', '系统繁忙，请稍后重试', 'System Busy')

/** Source: fixtures/jd/pop_order_search_business_error.json. */
export function badParameter(what: string): BusinessError {
  return { chinese: `参数错误：${what}`, english: 'Parameter error', number: 10_100_008 }
}

/** What is put back into business words when a call without a failure of its own shape is refused. */
export function badArguments({ chinese, english }: BusinessError): GatewayError {
  return gatewayError(invalidBusiness.code, chinese, english)
}

export const orderUnknown: BusinessError = { chinese: '订单不存在', english: 'order not exist', number: 10_100_001 }
/** Source: fixtures/jd/pop_order_shipment_err.json. */
export const cannotShip: BusinessError = {
  chinese: '订单状态不正确，不能出库',
  english: 'order state error',
  number: 10_400_001,
}
export const carrierUnknown: BusinessError = {
  chinese: '物流公司不存在',
  english: 'logistics company not exist',
  number: 10_400_002,
}
export const waybillMissing: BusinessError = {
  chinese: '运单号不能为空',
  english: 'waybill is empty',
  number: 10_400_003,
}
export const goodsMismatch: BusinessError = {
  chinese: '出库商品与订单不符',
  english: 'shipment goods error',
  number: 10_400_004,
}
export const jdShips: BusinessError = {
  chinese: '京东仓发货的订单，商家不能出库',
  english: 'order is fulfilled by jd',
  number: 10_400_005,
}
export const notShipped: BusinessError = {
  chinese: '订单尚未出库，不能修改运单号',
  english: 'order not out of stock',
  number: 10_400_006,
}
export const applicationUnknown: BusinessError = {
  chinese: '退款申请单不存在',
  english: 'refund apply not exist',
  number: 10_500_001,
}
export const alreadyChecked: BusinessError = {
  chinese: '退款申请单已审核，不能重复审核',
  english: 'refund apply has been checked',
  number: 10_500_002,
}
export const busy: BusinessError = { chinese: '系统繁忙，请稍后重试', english: 'system busy', number: 10_100_099 }
