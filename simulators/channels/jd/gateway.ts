import { readForm } from '../../aid/form.ts'
import { type Asked, jsonText, type Reply } from '../../aid/http.ts'
import { breakAfter, breakBefore } from './breakage.ts'
import { aftersalesCalls } from './calls/aftersales.ts'
import { type Call, isObject, type Operation, type Operations, type Params } from './calls/call.ts'
import { orderCalls } from './calls/orders.ts'
import { refundCalls } from './calls/refunds.ts'
import { shippingCalls } from './calls/shipping.ts'
import { shopCalls } from './calls/shop.ts'
import { skuCalls } from './calls/skus.ts'
import { stockCalls } from './calls/stock.ts'
import * as errors from './errors.ts'
import { signCall } from './sign.ts'
import { type Branch, readTimestamp, toJson } from './text.ts'
import { app, seller } from './tokens.ts'
import { countRefusal, type World } from './world.ts'

/** Every method this platform has. */
const operations: Operations = {
  ...orderCalls,
  ...shippingCalls,
  ...stockCalls,
  ...skuCalls,
  ...refundCalls,
  ...aftersalesCalls,
  ...shopCalls,
}

interface Known {
  readonly name: string
  readonly operation: Operation
}

/** `/routerjson`: checks in the order of jd.md 15.1, then the deed, with the faults of the plan around it. Refusals are HTTP 200. */
export function route(world: World, asked: Asked): Reply {
  const system = new Map([...asked.query, ...readForm(asked).fields])
  try {
    const known = methodOf(world, system)
    checkCaller(world, system, known)
    return perform(known, { world, operation: known.name, params: businessOf(system), pretend: false })
  } catch (fault) {
    if (!errors.isGatewayRefusal(fault)) throw fault
    countRefusal(world, fault.gateway.code)
    return jsonText(toJson(errors.errorTree(fault.gateway)))
  }
}

type System = ReadonlyMap<string, string>

function methodOf(world: World, system: System): Known {
  const name = system.get('method') ?? ''
  if (name === '') throw errors.refuse(errors.missingMethod)
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
  if (operation === undefined) throw errors.refuse(errors.invalidMethod)
  world.calls[name] = (world.calls[name] ?? 0) + 1
  return { name, operation }
}

const toleranceMs = 6 * 60_000

function checkCaller(world: World, system: System, known: Known): void {
  const given = (name: string) => system.get(name) ?? ''
  if (given('v') === '') throw errors.refuse(errors.missingVersion)
  if (given('v') !== '2.0') throw errors.refuse(errors.invalidVersion)
  if (given('app_key') === '') throw errors.refuse(errors.missingAppKey)
  if (given('app_key') !== app.key) throw errors.refuse(errors.invalidAppKey)
  if (given('timestamp') === '') throw errors.refuse(errors.missingTimestamp)
  const sentAt = readTimestamp(given('timestamp'))
  if (sentAt === null || Math.abs(world.clock.now() - sentAt) > toleranceMs)
    throw errors.refuse(errors.invalidTimestamp)
  if (given('sign') === '') throw errors.refuse(errors.missingSignature)
  if (given('sign') !== signCall(app.secret, system)) throw errors.refuse(errors.invalidSignature)
  checkToken(world, given('access_token'), known.name)
  if (world.settings.denied.includes(known.name)) throw errors.refuse(errors.noPermission)
  checkFlow(world, known)
}

function checkToken(world: World, token: string, name: string): void {
  if (token === '') throw errors.refuse(errors.missingToken)
  if (world.faults.strikes('expire', name)) world.tokens.end(token)
  if (!world.tokens.holds(token, world.clock.now())) throw errors.refuse(errors.invalidToken)
}

function checkFlow(world: World, { name, operation }: Known): void {
  const { clock, flow, settings, faults } = world
  const call = { elapsed: clock.elapsed(), now: clock.now(), shop: seller.uid, isWrite: operation.isWrite }
  const refusal = flow.admit(call, settings)
  if (refusal !== null) throw errors.refuse(refusal)
  if (faults.strikes('throttle', name)) throw errors.refuse(errors.callLimited)
  if (faults.strikes('quota', name)) throw errors.refuse(errors.dayLimited)
}

/** Numbers in it are read as numbers: no id of JD's is too long for that. Source: jd.md 1. */
function businessOf(system: System): Params {
  try {
    const value: unknown = JSON.parse(system.get('360buy_param_json') ?? '')
    if (isObject(value)) return value
  } catch {
    // Not JSON at all: the same refusal.
  }
  throw errors.refuse(errors.invalidBusiness)
}

function perform({ name, operation }: Known, call: Call): Reply {
  const { world } = call
  const before = breakBefore(world, { operation: name, isWrite: operation.isWrite })
  if (before?.kind === 'error') throw errors.refuse(before.error)
  if (before?.kind === 'reply') return before.reply

  const lies = operation.isWrite && world.faults.strikes('lie', name)
  const asked = lies ? { ...call, pretend: true } : call
  const body = before?.kind === 'busy' ? failure(operation, call, errors.busy) : answer(operation, asked)
  const text = toJson({ [`${name.replaceAll('.', '_')}_responce`]: { ...body, code: '0' } })
  return breakAfter(world, { operation: name, isWrite: operation.isWrite }, text) ?? jsonText(text)
}

function answer(operation: Operation, call: Call): Branch {
  try {
    return operation.run(call)
  } catch (fault) {
    if (!errors.isBusinessRefusal(fault)) throw fault
    return failure(operation, call, fault.business)
  }
}

function failure(operation: Operation, call: Call, error: errors.BusinessError): Branch {
  if (operation.fails === null)
    throw errors.refuse(error === errors.busy ? errors.platformBusy : errors.badArguments(error))
  countRefusal(call.world, String(error.number))
  return operation.fails(error, call)
}
