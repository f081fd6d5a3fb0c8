import { refusal } from '../../aid/control.ts'
import { completeGroup, putBack } from './placing.ts'
import { caseWords, isOpen, moveCase } from './refunding.ts'
import { type Settings, usual } from './settings.ts'
import type { Order } from './state.ts'
import { isWaiting } from './truth.ts'
import { touch, type World } from './world.ts'

/** Changes what is named and leaves the rest; the limit starts anew. */
export function changeSettings(world: World, body: unknown): Settings {
  const wish = objectOf(body)
  const unknownName = Object.keys(wish).find((name) => !Object.hasOwn(usual, name))
  if (unknownName !== undefined) throw refusal(`no such setting: ${unknownName}`)
  world.settings = { ...world.settings, ...wish }
  world.flow.restart()
  return world.settings
}

/** What only the platform, or other buyers, do to an order that has not left. */
const changes = {
  /** Its group is complete. */
  group: (world, order) => {
    if (order.paidAt === null || order.groupStatus !== 0) return false
    completeGroup(world, order)
    return true
  },
  /** Its group failed: what was paid goes back. */
  'group-fails': (_, order) => {
    if (order.paidAt === null || order.groupStatus !== 0) return false
    order.groupStatus = 2
    order.confirmStatus = 2
    putBack(order)
    return true
  },
  risk: (_, order) => flip(order, { hasRisk: true }),
  'no-risk': (_, order) => flip(order, { hasRisk: false }),
  hold: (_, order) => flip(order, { isHeld: true }),
  release: (_, order) => flip(order, { isHeld: false }),
} satisfies Record<string, (world: World, order: Order) => boolean>

function flip(order: Order, change: Partial<Pick<Order, 'hasRisk' | 'isHeld'>>): boolean {
  if (order.confirmedAt === null) return false
  Object.assign(order, change)
  return true
}

/** `{ orderNos, change }`; answers those it could happen to. */
export function changeOrders(world: World, body: unknown): { readonly changed: readonly string[] } {
  const { orderNos, change } = objectOf(body)
  if (!Array.isArray(orderNos) || !isChange(change)) throw refusal('orderNos and a known change, please')
  const changed = orderNos.map(String).filter((orderNo) => {
    const order = world.orders.get(orderNo)
    if (order === undefined || !isWaiting(order) || !changes[change](world, order)) return false
    touch(world, order)
    return true
  })
  return { changed }
}

function isChange(word: unknown): word is keyof typeof changes {
  return typeof word === 'string' && Object.hasOwn(changes, word)
}

/** `{ refundNo, status }`: an open case takes any status of pinduoduo.md 4. */
export function setCase(world: World, body: unknown): object {
  const { refundNo, status } = objectOf(body)
  const one = world.cases.get(Number(refundNo))
  if (one === undefined || caseWords[Number(status)] === undefined) throw refusal('no such case, or no such status')
  if (!isOpen(one)) throw refusal('the case is over', 409)
  moveCase(world, one, Number(status))
  return {}
}

function objectOf(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refusal('the body must be an object')
  return { ...body }
}
