import { type Asked, jsonText, type Reply } from '../../aid/http.ts'
import { breakAfter, breakBefore, type Named, strikes } from './breakage.ts'
import { afterSaleCalls } from './calls/aftersales.ts'
import { type Branch, isObject, type Operation, type Operations } from './calls/call.ts'
import { orderCalls } from './calls/orders.ts'
import { productCalls } from './calls/products.ts'
import { receiverCalls } from './calls/receivers.ts'
import { shippingCalls } from './calls/shipping.ts'
import { shopCalls } from './calls/shop.ts'
import { stockCalls } from './calls/stock.ts'
import { tokenCalls } from './calls/tokens.ts'
import { type ApiRefusal, isApiRefusal, refuse, textOf } from './errors.ts'
import type { FlowCall } from './flow.ts'
import { miniProgramCalls } from './mini-program/calls.ts'
import type { World } from './world.ts'

/** Everything this platform can be asked. */
const operations: Operations = {
  ...tokenCalls,
  ...orderCalls,
  ...shippingCalls,
  ...receiverCalls,
  ...afterSaleCalls,
  ...stockCalls,
  ...productCalls,
  ...shopCalls,
  ...miniProgramCalls,
}

const shopPath = '/channels/ec/'

/** One call: the way in, the checks of wechat-shop.md 15, the deed, with the faults of the plan around it. */
export function route(world: World, asked: Asked): Reply {
  try {
    const named = operationOf(world, asked)
    checkToken(world, asked, named)
    const body = bodyOf(asked, named.operation)
    checkFlow(world, named, body)
    return perform(world, named, { body, query: asked.query })
  } catch (fault) {
    if (!isApiRefusal(fault)) throw fault
    if (!fault.isPlayed) world.refused[fault.errcode] = (world.refused[fault.errcode] ?? 0) + 1
    return refusalText(world, fault)
  }
}

function operationOf(world: World, { path, method }: Asked): Named {
  const name = path.startsWith(shopPath) ? path.slice(shopPath.length) : path.slice(1)
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
  const isRightPath = path.startsWith(shopPath) === (operation?.app === 'shop')
  if (operation === undefined || !isRightPath) throw refuse(40066)
  world.calls[name] = (world.calls[name] ?? 0) + 1
  if (method !== operation.method) throw refuse(operation.method === 'GET' ? 43001 : 43002)
  return { name, operation }
}

const notGranted = 48001
const callerUnknown = 61004

/** Who calls, and may they? A token of the other app is no key to this one's calls. */
function checkToken(world: World, { query }: Asked, named: Named): void {
  const { operation, name } = named
  if (operation.app === 'none') return
  const checked = world.tokens.check(query.get('access_token'), world.clock.now())
  if ('errcode' in checked) throw refuse(checked.errcode)
  if (strikes(world, 'expire', named)) throw refuse(world.faults.chance().pick([40001, 42001]), true)
  if (!world.settings.isCallerAllowed) throw refuse(callerUnknown)
  if (checked.app.kind !== operation.app || world.settings.denied.includes(name)) throw refuse(notGranted)
}

const largestBody = 1_000_000

/** Sizes beyond a million bytes are too large; where the border lies is [assumed]. */
function bodyOf({ body }: Asked, { method }: Operation): Branch {
  if (method === 'GET') return {}
  if (body.length === 0) throw refuse(44002)
  if (body.length > largestBody) throw refuse(45002)
  const parsed = parse(body.toString('utf8'))
  if (!isObject(parsed)) throw refuse(47001)
  return parsed
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw refuse(47001)
  }
}

const minuteUsed = 45011
const dayUsed = 45009

/** Limits, bans, the two faults that begin one, and codes that a test chose. */
function checkFlow(world: World, named: Named, body: Branch): void {
  const { name, operation } = named
  const call: FlowCall = {
    operation: name,
    isOfShop: operation.app === 'shop',
    elapsed: world.clock.elapsed(),
    now: world.clock.now(),
    skuId: operation.skuOf?.(body) ?? null,
  }
  const errcode = world.flow.admit(call, world.settings)
  if (errcode !== null) throw refuse(errcode, true)
  for (const [kind, code] of [['throttle', minuteUsed] as const, ['quota', dayUsed] as const]) {
    if (!strikes(world, kind, named)) continue
    world.flow.ban(call, code)
    throw refuse(code, true)
  }
  const chosen = world.settings.answers[name]
  if (chosen !== undefined) throw refuse(chosen)
}

interface Given {
  readonly body: Branch
  readonly query: URLSearchParams
}

function perform(world: World, named: Named, given: Given): Reply {
  const { operation } = named
  const before = breakBefore(world, named)
  if (before !== null) return before
  const pretend = operation.isWrite && strikes(world, 'lie', named)
  const answer = operation.run({ world, ...given, pretend })
  const text = JSON.stringify(operation.app === 'none' ? answer : { errcode: 0, errmsg: 'ok', ...answer })
  return breakAfter(world, named, text) ?? jsonText(text)
}

/** A refusal comes with HTTP 200, too; its text ends in a number for the support. */
function refusalText(world: World, { errcode }: ApiRefusal): Reply {
  world.requests += 1
  const rid = `6780a1b2-${(world.requests * 7919).toString(16).padStart(8, '0')}-sim`
  return jsonText(JSON.stringify({ errcode, errmsg: `${textOf(errcode)} rid: ${rid}` }))
}
