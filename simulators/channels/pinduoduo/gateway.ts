import { type Asked, jsonText, type Reply } from '../../aid/http.ts'
import { breakAfter, breakBefore } from './breakage.ts'
import type { Call, Operation, Operations } from './calls/call.ts'
import { goodsCalls } from './calls/goods.ts'
import { orderCalls } from './calls/orders.ts'
import { refundCalls } from './calls/refunds.ts'
import { secretCalls } from './calls/secrets.ts'
import { shippingCalls } from './calls/shipping.ts'
import { tokenCalls } from './calls/tokens.ts'
import * as errors from './errors.ts'
import { type Params, paramsOf } from './request.ts'
import { signCall } from './sign.ts'
import { app } from './tokens.ts'
import { countRefusal, type World } from './world.ts'

/** Every method this platform has. */
const operations: Operations = {
  ...tokenCalls,
  ...orderCalls,
  ...secretCalls,
  ...shippingCalls,
  ...goodsCalls,
  ...refundCalls,
}

interface Known {
  readonly method: string
  readonly operation: Operation
}

/** `/api/router`: checks, then the deed, with the faults of the plan around it. Refusals are HTTP 200. Source: pinduoduo.md 1, 3. */
export function route(world: World, asked: Asked): Reply {
  world.requests += 1
  try {
    const params = paramsOf(asked)
    if (params === null) throw errors.refuse(errors.unreadable)
    const known = methodOf(world, params)
    checkCaller(world, params, known)
    return perform(known, { world, method: known.method, params, pretend: false })
  } catch (fault) {
    if (!errors.isPlatformRefusal(fault)) throw fault
    countRefusal(world, fault.platform.code)
    return jsonText(JSON.stringify(errors.errorTree(fault.platform, requestIdOf(world))))
  }
}

const requestIdOf = ({ requests }: World) => `17671970000000${String(requests).padStart(6, '0')}`

function methodOf(world: World, params: Params): Known {
  const method = given(params, 'type')
  const operation = Object.hasOwn(operations, method) ? operations[method] : undefined
  if (operation === undefined) throw errors.refuse(errors.invalid('type不正确'))
  world.calls[method] = (world.calls[method] ?? 0) + 1
  return { method, operation }
}

function given(params: Params, name: string): string {
  const text = params.get(name) ?? ''
  if (text === '') throw errors.refuse(errors.missing(name))
  return text
}

const toleranceMs = 10 * 60_000

/** The order of the checks, and what a common parameter that is wrong is told, are [assumed]. */
function checkCaller(world: World, params: Params, { method, operation }: Known): void {
  if (given(params, 'client_id') !== app.id) throw errors.refuse(errors.invalid('client_id不正确'))
  const timestamp = given(params, 'timestamp')
  const isNear = Math.abs(world.clock.now() - Number(timestamp) * 1000) <= toleranceMs
  if (!/^\d{10}$/.test(timestamp) || !isNear) throw errors.refuse(errors.invalid('timestamp不正确'))
  if ((params.get('data_type') ?? 'JSON') !== 'JSON') throw errors.refuse(errors.invalid('data_type不正确'))
  if ((params.get('version') ?? 'V1') !== 'V1') throw errors.refuse(errors.invalid('version不正确'))
  if (given(params, 'sign') !== signCall(app.secret, params)) throw errors.refuse(errors.signatureWrong)
  if (operation.needsToken) checkToken(world, params.get('access_token') ?? '', method)
  if (world.settings.denied.includes(method)) throw errors.refuse(errors.noPermission)
  checkFlow(world, method)
}

function checkToken({ tokens, faults, clock }: World, token: string, method: string): void {
  if (token === '') throw errors.refuse(errors.notAuthorised)
  if (faults.strikes('expire', method)) tokens.end(token)
  const state = tokens.state(token, clock.now())
  if (state === 'unknown') throw errors.refuse(errors.tokenOfOther)
  if (state === 'over') throw errors.refuse(errors.tokenExpired)
}

function checkFlow({ clock, flow, settings, faults }: World, method: string): void {
  if (!flow.admits(method, clock.elapsed(), settings)) throw errors.refuse(errors.callLimited)
  if (faults.strikes('throttle', method)) throw errors.refuse(errors.callLimited)
  if (faults.strikes('quota', method)) throw errors.refuse(errors.dayLimited)
}

function perform({ method, operation }: Known, call: Call): Reply {
  const { world } = call
  const struck = { method, isWrite: operation.isWrite }
  const before = breakBefore(world, struck)
  if (before?.kind === 'error') throw errors.refuse(before.error)
  if (before?.kind === 'reply') return before.reply
  // A token cannot be lied about: whoever asks for one reads it.
  const lies = operation.isWrite && operation.needsToken && world.faults.strikes('lie', method)
  const body = operation.run(lies ? { ...call, pretend: true } : call)
  const text = JSON.stringify({ [operation.root]: { ...body, request_id: requestIdOf(world) } })
  return breakAfter(world, struck, text) ?? jsonText(text)
}
