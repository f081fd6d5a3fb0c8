import { refusal } from '../../aid/control.ts'
import { check } from './refunding.ts'
import { moveService, serviceStatuses } from './servicing.ts'
import { type Settings, usual } from './settings.ts'
import { applicationStatuses, type OrderState, waitingStates } from './state.ts'
import { touch, type World } from './world.ts'

/** Changes what is named and leaves the rest; limits start anew. */
export function changeSettings(world: World, body: unknown): Settings {
  const wish = objectOf(body)
  const unknownName = Object.keys(wish).find((name) => !Object.hasOwn(usual, name))
  if (unknownName !== undefined) throw refusal(`no such setting: ${unknownName}`)
  world.settings = { ...world.settings, ...wish }
  world.flow.restart()
  return world.settings
}

/** `{ orderNos, state }`: what only the platform does to a live order that has not left, such as PAUSE, and back again. */
export function setState(world: World, body: unknown): { readonly changed: readonly string[] } {
  const { orderNos, state } = objectOf(body)
  if (!Array.isArray(orderNos) || !isWaiting(state)) throw refusal('orderNos and a state that waits, please')
  const changed = orderNos.filter((orderNo): orderNo is string => {
    const order = world.orders.get(String(orderNo))
    if (order === undefined || !waitingStates.has(order.state)) return false
    order.state = state
    touch(world, order)
    return true
  })
  return { changed }
}

/** `{ refundNo, status }`: an application takes any status of jd.md 10.1, as JD's finance or its carriers give it. */
export function setRefund(world: World, body: unknown): object {
  const { refundNo, status } = objectOf(body)
  const application = world.applications.get(Number(refundNo))
  const known = applicationStatuses.find((each) => each === status)
  if (application === undefined || known === undefined) throw refusal('no such refund, or no such status')
  check(world, application, { status: known, user: '京东财务', remark: '' })
  return {}
}

/** `{ serviceNo, status, processResult?, approveResult? }`: a service order takes any status of jd.md 10.2. */
export function setService(world: World, body: unknown): object {
  const { serviceNo, status, processResult, approveResult } = objectOf(body)
  const service = world.services.get(Number(serviceNo))
  if (service === undefined || serviceStatuses[Number(status)] === undefined)
    throw refusal('no such service order, or no such status')
  moveService(world, service, {
    status: Number(status),
    ...(processResult === undefined ? {} : { processResult: Number(processResult) }),
    ...(approveResult === undefined ? {} : { approveResult: Number(approveResult) }),
  })
  return {}
}

function isWaiting(state: unknown): state is OrderState {
  return [...waitingStates].some((each) => each === state)
}

function objectOf(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refusal('the body must be an object')
  return { ...body }
}
