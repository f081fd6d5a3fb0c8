import { type Asked, jsonText, type Reply } from '../../aid/http.ts'
import { type Breakage, breakAfter, breakBefore } from './breakage.ts'
import { aftersaleCalls } from './calls/aftersales.ts'
import type { Operation, Operations, Params } from './calls/call.ts'
import { orderCalls } from './calls/orders.ts'
import { productCalls } from './calls/products.ts'
import { receiverCalls } from './calls/receivers.ts'
import { shippingCalls } from './calls/shipping.ts'
import { stockCalls } from './calls/stock.ts'
import * as errors from './errors.ts'
import { tokenCalls } from './oauth.ts'
import { isSame, type SignMethod, signCall } from './sign.ts'
import { type Branch, isBranch, readJson, type Tree, toJson, toSortedJson } from './text.ts'
import { app } from './tokens.ts'
import type { World } from './world.ts'

/** Every method this platform has. */
const operations: Operations = {
  ...tokenCalls,
  ...orderCalls,
  ...receiverCalls,
  ...shippingCalls,
  ...stockCalls,
  ...productCalls,
  ...aftersaleCalls,
}

interface Known {
  readonly name: string
  readonly operation: Operation
}

/** The one door: checks of douyin.md 1 and 3, then the deed, with the faults of the plan around it. Every answer is HTTP 200. */
export function route(world: World, asked: Asked): Reply {
  try {
    const known = methodOf(world, asked)
    const params = checkCall(world, asked)
    checkCaller(world, asked, known)
    return perform(world, known, params)
  } catch (fault) {
    if (!errors.isDouyinRefusal(fault)) throw fault
    return refused(world, fault.douyin)
  }
}

/** The path is the method with its dots turned into slashes. */
function methodOf(world: World, asked: Asked): Known {
  if (asked.method !== 'POST') throw errors.refuse(errors.invalid('http method'))
  const name = given(asked, 'method')
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
  if (operation === undefined || asked.path !== `/${name.replaceAll('.', '/')}`)
    throw errors.refuse(errors.invalid('method'))
  world.calls[name] = (world.calls[name] ?? 0) + 1
  return { name, operation }
}

function given({ query }: Asked, name: string): string {
  const value = query.get(name) ?? ''
  if (value === '') throw errors.refuse(errors.missing(name))
  return value
}

/** The platform does not publish how far clocks may differ [assumed]. */
const toleranceMs = 10 * 60_000

/** Common parameters, body, signature, time: the order of these checks is [assumed]. */
function checkCall(world: World, asked: Asked): Params {
  const [appKey, timestamp, version] = [given(asked, 'app_key'), given(asked, 'timestamp'), given(asked, 'v')]
  const [sign, how] = [given(asked, 'sign'), given(asked, 'sign_method')]
  if (version !== '2') throw errors.refuse(errors.invalid('v'))
  if (how !== 'hmac-sha256' && how !== 'md5') throw errors.refuse(errors.invalid('sign_method'))
  if (appKey !== app.key) throw errors.refuse(errors.invalid('app_key'))
  if (!String(asked.headers['content-type'] ?? '').startsWith('application/json'))
    throw errors.refuse(errors.invalid('content-type'))
  const params = readJson(asked.body.toString('utf8'))
  if (!isBranch(params)) throw errors.refuse(errors.formatInvalid)
  if (!isSame(expectedSign(asked, params, how), sign)) throw errors.refuse(errors.signatureInvalid)
  const sentAt = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1000 : Number.NaN
  if (!(Math.abs(world.clock.now() - sentAt) <= toleranceMs)) throw errors.refuse(errors.timestampInvalid)
  return params
}

/** Over param_json in its one right form, so a body in any other has the wrong signature [assumed]. */
function expectedSign(asked: Asked, params: Params, how: SignMethod): string {
  const [appKey, method, timestamp] = ['app_key', 'method', 'timestamp'].map((name) => asked.query.get(name) ?? '')
  const call = { appKey: appKey!, method: method!, timestamp: timestamp!, paramJson: toSortedJson(params) }
  return call.paramJson === asked.body.toString('utf8') ? signCall(app.secret, call, how) : ''
}

function checkCaller(world: World, asked: Asked, { name, operation }: Known): void {
  if (operation.needsToken) checkToken(world, given(asked, 'access_token'), name)
  const code = world.settings.answers[name]
  if (code !== undefined) throw errors.refuse(errors.anyError(code))
  if (world.faults.strikes('throttle', name)) throw errors.refuse(errors.limited)
  if (world.faults.strikes('quota', name)) throw errors.refuse(errors.quotaUsed)
}

function checkToken(world: World, token: string, name: string): void {
  const now = world.clock.now()
  const state = world.tokens.check(token, now)
  if (state !== 'valid') throw errors.refuse(state === 'unknown' ? errors.tokenUnknown : errors.tokenExpired)
  if (!world.faults.strikes('expire', name)) return
  world.tokens.end(token, now)
  throw errors.refuse(errors.tokenExpired)
}

function perform(world: World, { name, operation }: Known, params: Params): Reply {
  const { isWrite, needsToken } = operation
  const doing = { operation: name, isWrite }
  const before = breakBefore(world, doing)
  if (before !== null) return broken(world, before)

  const pretend = isWrite && needsToken && world.faults.strikes('lie', name)
  const { data, code = 10_000 } = operation.run({ world, operation: name, params, pretend })
  const text = toJson(envelope(world, { code, data }))
  const after = breakAfter(world, doing, text)
  return after === null ? jsonText(text) : broken(world, after)
}

function broken(world: World, breakage: Breakage): Reply {
  return breakage.kind === 'reply' ? breakage.reply : refused(world, breakage.error)
}

function refused(world: World, error: errors.DouyinError): Reply {
  world.refused[error.subCode] = (world.refused[error.subCode] ?? 0) + 1
  if (error.isOverLimit) world.violations += 1
  return jsonText(toJson({ ...envelope(world, { code: error.code, data: null }), ...words(error) }))
}

function words({ subCode, subMsg }: errors.DouyinError): Branch {
  return { sub_code: subCode, sub_msg: subMsg }
}

/** Source: douyin.md 3 and the fixtures. */
function envelope(world: World, { code, data }: { readonly code: number; readonly data: Tree }): Branch {
  world.answers += 1
  const day = new Date(world.clock.now() + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '')
  const logId = `${day}INVENTED${String(world.answers).padStart(4, '0')}`
  return { code, msg: errors.messageOf(code), sub_code: '', sub_msg: '', log_id: logId, data }
}
