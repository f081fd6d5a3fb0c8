import { type Asked, json, type Reply } from '../../aid/http.ts'
import { type Breakage, breakAfter, breakBefore } from './breakage.ts'
import { aftersaleCalls } from './calls/aftersales.ts'
import { isObject, type Operation, type Operations, type Params } from './calls/call.ts'
import { orderCalls } from './calls/orders.ts'
import { productCalls } from './calls/products.ts'
import { receiverCalls } from './calls/receivers.ts'
import { shippingCalls } from './calls/shipping.ts'
import { stockCalls } from './calls/stock.ts'
import { failure, type Style, success } from './envelope.ts'
import * as errors from './errors.ts'
import { tokenCalls } from './oauth.ts'
import { isSignedBy } from './sign.ts'
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

/** The one door: checks of xiaohongshu.md 1 to 4, then the deed, with the faults of the plan around it. */
export function route(world: World, asked: Asked): Reply {
  if (asked.method !== 'POST') return json({ error: 'method not allowed' }, 405)
  let style: Style = 'old'
  try {
    const params = paramsOf(asked)
    checkCommon(world, params)
    const known = methodOf(world, params)
    style = known.operation.style
    checkCaller(world, params, known)
    return perform(world, known, params)
  } catch (fault) {
    if (!errors.isArkRefusal(fault)) throw fault
    world.refused[fault.ark.code] = (world.refused[fault.ark.code] ?? 0) + 1
    return refused(world, style, fault.ark)
  }
}

function paramsOf({ headers, body }: Asked): Params {
  if (!String(headers['content-type'] ?? '').startsWith('application/json')) {
    throw errors.refuse(errors.parameterError('content-type'))
  }
  const parsed = parse(body.toString('utf8'))
  if (!isObject(parsed)) throw errors.refuse(errors.parameterError('body'))
  return parsed
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // Not JSON: refused by the caller like any other body that is no object.
  }
}

/** The platform does not publish how far clocks may differ [assumed]. */
const toleranceMs = 10 * 60_000

/** Common parameters are text, the time in seconds too. The order of these checks is [assumed]. */
function checkCommon(world: World, params: Params): void {
  const given = (name: string) => {
    const value = params[name]
    if (typeof value !== 'string' || value === '') throw errors.refuse(errors.parameterError(name))
    return value
  }
  const [appId, timestamp] = [given('appId'), given('timestamp')]
  const call = { appId, timestamp, version: given('version'), method: given('method') }
  if (appId !== app.id) throw errors.refuse(errors.appUnknown)
  if (!isSignedBy(app.secret, call, given('sign'))) throw errors.refuse(errors.signInvalid)
  const isNumber = /^\d{1,12}$/.test(timestamp)
  if (!isNumber || Math.abs(world.clock.now() - Number(timestamp) * 1000) > toleranceMs)
    throw errors.refuse(errors.timestampOff)
  if (call.version !== '2.0') throw errors.refuse(errors.parameterError('version'))
}

function methodOf(world: World, params: Params): Known {
  const name = String(params.method)
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
  if (operation === undefined) throw errors.refuse(errors.methodUnknown)
  world.calls[name] = (world.calls[name] ?? 0) + 1
  return { name, operation }
}

function checkCaller(world: World, params: Params, { name, operation }: Known): void {
  if (operation.needsToken) checkToken(world, params, name)
  checkRate(world)
  if (world.faults.strikes('throttle', name)) throw errors.refuse(world.faults.chance().pick(errors.throttles))
  // Decryption has a quota of its own, text by text; a quota of calls is [assumed] to speak with its code.
  if (name !== 'data.batchDecrypt' && world.faults.strikes('quota', name)) throw errors.refuse(errors.decryptQuotaUsed)
}

function checkToken(world: World, params: Params, name: string): void {
  const token = params.accessToken
  const now = world.clock.now()
  if (typeof token !== 'string' || token === '') throw errors.refuse(errors.tokenMissing)
  const state = world.tokens.check(token, now)
  if (state !== 'valid') throw errors.refuse(state === 'unknown' ? errors.tokenInvalid : errors.tokenExpired)
  if (!world.faults.strikes('expire', name)) return
  world.tokens.end(token, now)
  throw errors.refuse(errors.tokenExpired)
}

function checkRate(world: World): void {
  if (world.rate.take('app', world.clock.elapsed())) return
  world.violations += 1
  if (world.settings.enforceLimits) throw errors.refuse(errors.tooManyCalls)
}

function perform(world: World, { name, operation }: Known, params: Params): Reply {
  const doing = { operation: name, isWrite: operation.isWrite }
  const { style, isWrite, needsToken } = operation
  const before = breakBefore(world, doing)
  if (before !== null) return broken(world, style, before)

  const pretend = isWrite && needsToken && world.faults.strikes('lie', name)
  const data = operation.run({ world, operation: name, params, pretend })
  const answer = success(style, world.settings.envelope, data)
  const after = breakAfter(world, doing, JSON.stringify(answer))
  return after === null ? json(answer) : broken(world, style, after)
}

function broken(world: World, style: Style, breakage: Breakage): Reply {
  return breakage.kind === 'reply' ? breakage.reply : refused(world, style, breakage.error)
}

function refused({ settings }: World, style: Style, error: errors.ArkError): Reply {
  return json(failure(style, settings.envelope, error), error.status ?? 200)
}
