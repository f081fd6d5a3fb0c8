import { readForm } from '../../aid/form.ts'
import { type Asked, jsonText, type Reply } from '../../aid/http.ts'
import { breakAfter, breakBefore, lostSight } from './breakage.ts'
import { ascpCalls } from './calls/ascp.ts'
import type { Call, Operation, Operations } from './calls/call.ts'
import { itemCalls } from './calls/items.ts'
import { receiverCalls } from './calls/receivers.ts'
import { refundCalls } from './calls/refunds.ts'
import { shippingCalls } from './calls/shipping.ts'
import { shopCalls } from './calls/shop.ts'
import { stockCalls } from './calls/stock.ts'
import { tradeCalls } from './calls/trades.ts'
import * as errors from './errors.ts'
import type { FlowCall } from './flow.ts'
import { isSignedBy, isSignMethod } from './sign.ts'
import { type Branch, readTime, secondsToMidnight, toJson, toXml } from './text.ts'
import { app, type Grant, seller } from './tokens.ts'
import type { World } from './world.ts'

/** Every method this platform has. */
const operations: Operations = {
  ...tradeCalls,
  ...refundCalls,
  ...shippingCalls,
  ...ascpCalls,
  ...stockCalls,
  ...itemCalls,
  ...receiverCalls,
  ...shopCalls,
}

type Params = ReadonlyMap<string, string>

interface Known {
  readonly name: string
  readonly operation: Operation
}

/** `/router/rest`: checks in the order of taobao.md 20.1, then the deed, with the faults of the plan around it. */
export function route(world: World, asked: Asked): Reply {
  const form = readForm(asked)
  const params = new Map([...asked.query, ...form.fields])
  try {
    if (asked.method !== 'POST' && asked.method !== 'GET') throw errors.refuse(errors.httpActionNotAllowed)
    const known = methodOf(world, params)
    const grant = checkCaller(world, params, known)
    return perform(world, known, { world, operation: known.name, params, files: form.files, grant, pretend: false })
  } catch (fault) {
    if (!errors.isTopRefusal(fault)) throw fault
    world.refused[fault.top.code] = (world.refused[fault.top.code] ?? 0) + 1
    return written(params, errors.errorTree(fault.top, requestId(world)))
  }
}

function methodOf(world: World, params: Params): Known {
  const name = params.get('method')
  if (name === undefined || name === '') throw errors.refuse(errors.missingMethod)
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
  if (operation === undefined) throw errors.refuse(errors.invalidMethod)
  world.calls[name] = (world.calls[name] ?? 0) + 1
  return { name, operation }
}

/** Who calls, when, and may they? The grant is null where none is needed. */
function checkCaller(world: World, params: Params, known: Known): Grant | null {
  checkCommon(world, params)
  const grant = known.operation.needsSession ? sessionOf(world, params, known) : null
  if (world.settings.denied.includes(known.name)) throw errors.refuse(errors.noPermission)
  checkFlow(world, params, known)
  return grant
}

const toleranceMs = 10 * 60_000

function checkCommon(world: World, params: Params): void {
  const given = (name: string) => params.get(name) ?? ''
  if (given('app_key') === '') throw errors.refuse(errors.missingAppKey)
  if (given('app_key') !== app.key) throw errors.refuse(errors.invalidAppKey)
  if (given('timestamp') === '') throw errors.refuse(errors.missingTimestamp)
  const sentAt = readTime(given('timestamp'))
  if (sentAt === null || Math.abs(world.clock.now() - sentAt) > toleranceMs)
    throw errors.refuse(errors.invalidTimestamp)
  if (given('v') === '') throw errors.refuse(errors.missingVersion)
  if (given('v') !== '2.0') throw errors.refuse(errors.unsupportedVersion)
  if (!['', 'json', 'xml'].includes(given('format'))) throw errors.refuse(errors.invalidFormat)
  if (given('sign') === '') throw errors.refuse(errors.missingSignature)
  const method = given('sign_method')
  if (!isSignMethod(method) || !isSignedBy(app.secret, method, params)) throw errors.refuse(errors.invalidSignature)
}

function sessionOf(world: World, params: Params, { name, operation }: Known): Grant {
  const session = params.get('session') ?? ''
  if (session === '') throw errors.refuse(errors.missingSession)
  const checked = world.tokens.check(session, operation.level, world.clock.now())
  if (checked.kind !== 'valid')
    throw errors.refuse(checked.kind === 'unknown' ? errors.sessionUnknown : errors.sessionExpired)
  if (!world.faults.strikes('expire', name)) return checked.grant
  world.tokens.end(session)
  throw errors.refuse(errors.sessionExpired)
}

function checkFlow(world: World, params: Params, { name, operation }: Known): void {
  const call: FlowCall = {
    operation: name,
    elapsed: world.clock.elapsed(),
    now: world.clock.now(),
    shop: operation.needsSession ? seller.userId : null,
    isWrite: operation.isWrite,
    item: operation.item?.(params) ?? null,
  }
  const refusal = world.flow.admit(call, world.settings)
  if (refusal !== null) throw errors.refuse(refusal)
  if (world.faults.strikes('throttle', name)) throw errors.refuse(world.flow.ban(call, 'throttle', throttleSeconds))
  if (world.faults.strikes('quota', name))
    throw errors.refuse(world.flow.ban(call, 'quota', secondsToMidnight(call.now)))
}

const throttleSeconds = 1

function perform(world: World, { name, operation }: Known, call: Call): Reply {
  const before = breakBefore(world, name, operation.isWrite)
  if (before?.kind === 'error') throw errors.refuse(before.error)
  if (before?.kind === 'reply') return before.reply

  const lies = operation.isWrite && world.faults.strikes('lie', name)
  const body = operation.run(lies ? { ...call, pretend: true } : call) as Branch
  const answer = { ...body, request_id: requestId(world) }
  const isFlat = call.params.get('simplify') === 'true' && call.params.get('format') === 'json'
  const reply = written(call.params, isFlat ? answer : { [rootOf(name)]: answer }, isFlat)
  if (reply.kind !== 'answer') return reply
  const after = breakAfter(world, { operation: name, isWrite: operation.isWrite }, reply.body)
  if (after === 'timeout') throw errors.refuse(lostSight)
  return after ?? reply
}

/** 'taobao.trade.get' answers under 'trade_get_response'; other beginnings stay. Source: taobao.md 4 [doc]. */
function rootOf(method: string): string {
  return `${method.replace(/^taobao\./, '').replaceAll('.', '_')}_response`
}

function written(params: Params, tree: Branch, isFlat = false): Reply {
  if (params.get('format') === 'json') return jsonText(toJson(tree, isFlat))
  const body = `<?xml version="1.0" encoding="utf-8" ?>${toXml(tree)}`
  return { kind: 'answer', status: 200, headers: { 'content-type': 'text/xml;charset=UTF-8' }, body }
}

function requestId(world: World): string {
  world.requestCount += 1
  return `16${(world.requestCount * 7_919 + 1_000_000_007).toString(36)}sim`
}
