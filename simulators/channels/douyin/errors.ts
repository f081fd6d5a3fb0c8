/** A call that the platform refuses. Source: douyin.md 3. */
export interface DouyinError {
  readonly code: number
  readonly subCode: string
  readonly subMsg: string
  /** The call asked for more than a published limit allows: it is counted as a violation. */
  readonly isOverLimit?: true
}

/** Thrown by whatever carries out a call. */
export interface DouyinRefusal extends Error {
  readonly douyin: DouyinError
}

export function refuse(douyin: DouyinError): DouyinRefusal {
  return Object.assign(new Error(douyin.subMsg), { douyin })
}

export function isDouyinRefusal(fault: unknown): fault is DouyinRefusal {
  return fault instanceof Error && 'douyin' in fault
}

/** The codes are the sheet's [sdk]; most texts are [assumed]. */
const messages: Readonly<Record<number, string>> = {
  10000: 'success',
  10001: '部分成功',
  20000: '服务不可用',
  20001: '服务不可用',
  30001: '权限不足',
  30002: 'IP 不在白名单内',
  40001: '缺少必选参数',
  40002: '非法的参数',
  40003: '参数不合法',
  40004: '参数校验失败',
  50001: '业务处理失败',
  50002: '业务处理失败',
  60000: '请求被限流',
  70000: '服务已下线',
  80000: '业务受限',
  90000: '业务受限',
}

export function messageOf(code: number): string {
  return messages[code] ?? '未知错误'
}

/** What a setting makes a call answer: a code of the table in the words that fit it [assumed]. */
export function anyError(code: number): DouyinError {
  const subCode = subCodes[code] ?? 'isv.business-failed:9999'
  return { code, subCode, subMsg: messageOf(code) }
}

const subCodes: Readonly<Record<number, string>> = {
  20000: 'isp.service-error',
  20001: 'isp.service-busy',
  30001: 'isv.no-permission',
  30002: 'dop.authorization-no-existed',
  40001: 'isv.parameter-missing',
  40002: 'isv.parameter-invalid',
  40003: 'isv.parameter-format-invalid',
  40004: 'isv.parameter-invalid',
  50001: 'dop.token-generate-failed:9999',
  60000: 'isp.call-limited',
}

/** Source of sub_code for 40003: douyin.md 3; the words of the first two are those of the fixture errors.json. */
export const signatureInvalid = of40003('isv.signature-invalid', '签名校验失败')
export const tokenExpired = of40003('isv.access-token-expired', 'access_token已过期')
export const tokenUnknown = of40003('isv.access-token-no-existed', 'access_token不存在')
export const timestampInvalid = of40003('isv.timestamp-invalid', 'timestamp 超出允许的时间范围')
export const formatInvalid = of40003('isv.parameter-format-invalid', 'param_json 不是合法的 JSON')

function of40003(subCode: string, subMsg: string): DouyinError {
  return { code: 40003, subCode, subMsg }
}

/** The sub_code texts of parameter errors are [assumed]. */
export function missing(name: string): DouyinError {
  return { code: 40001, subCode: 'isv.parameter-missing', subMsg: `缺少参数：${name}` }
}
export function invalid(name: string): DouyinError {
  return { code: 40002, subCode: 'isv.parameter-invalid', subMsg: `参数不合法：${name}` }
}
export function tooMuch(name: string): DouyinError {
  return { ...invalid(name), subMsg: `参数超出上限：${name}`, isOverLimit: true }
}

export const codeInvalid: DouyinError = {
  code: 50001,
  subCode: 'dop.token-generate-failed:1001',
  subMsg: '授权码无效或已过期',
}
export const refreshTokenExpired: DouyinError = {
  code: 50001,
  subCode: 'dop.token-generate-failed:1002',
  subMsg: 'refresh_token已过期，请重新授权',
}
export const shopNotAuthorised: DouyinError = {
  code: 50001,
  subCode: 'dop.token-generate-failed:1003',
  subMsg: '店铺未授权该应用',
}

/** Source: fixture errors.json. */
export const limited: DouyinError = { code: 60000, subCode: 'isp.call-limited', subMsg: '调用频率过高' }
export const serviceError: DouyinError = { code: 20000, subCode: 'isp.service-error', subMsg: '系统错误' }
/** The sheet knows one code for both; that a quota of the day is told by its words is [assumed]. */
export const quotaUsed: DouyinError = {
  code: 60000,
  subCode: 'isp.call-limited',
  subMsg: '今日调用次数已达上限，配额已用尽',
}
export const serviceBusy: DouyinError = { code: 20001, subCode: 'isp.service-busy', subMsg: '系统繁忙，请稍后再试' }

/** Numbers behind the colon and texts are [assumed]; the first is that of the fixture. */
function business(number: number, subMsg: string): DouyinError {
  return { code: 50002, subCode: `isv.business-failed:${number}`, subMsg }
}

export const stateForbidsShipping = business(4001, '订单状态不允许发货')
export const alreadyShipped = business(4002, '订单已发货，请勿重复发货')
export const carrierUnknown = business(4003, '物流公司编码不存在')
export const lineUnknown = business(4004, '子订单不属于该订单')
export const tooManyPieces = business(4005, '发货数量超过待发货数量')
export const refundOpen = business(4006, '订单存在进行中的售后，不允许发货')
export const requestChanged = business(4007, 'request_id 已被其他请求使用')
export const receiversDiffer = business(4008, '收件信息不一致，不允许合并发货')
export const parcelUnknown = business(4009, '包裹不存在')
export const severalParcels = business(4010, '订单有多个包裹，请指定包裹')
export const orderUnknown = business(4011, '订单不存在')
export const caseUnknown = business(5001, '售后单不存在')
export const caseStateForbids = business(5002, '当前售后状态不支持该操作')
export const skuUnknown = business(6001, 'SKU不存在')
export const productUnknown = business(6002, '商品不存在')
export const stockTooSmall = business(6003, '库存不足，扣减后小于0')
