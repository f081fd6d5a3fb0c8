import { refusal } from '../../aid/control.ts'
import { limiter } from '../../aid/limits.ts'
import { buyerInsists, close, openCase, succeed } from './aftersales.ts'
import { bundle, listing } from './goods.ts'
import { type Settings, usual } from './settings.ts'
import { type AfterSale, type CaseType, isOpen, type Order, remainingFen, totalFen } from './state.ts'
import { announceCase, setStatus, touch, type World } from './world.ts'

/** Control calls of this simulator alone, keyed as `aid/control.ts` wants them. */
export function extraCalls(world: () => World): Readonly<Record<string, (body: unknown) => unknown>> {
  return {
    'GET /_sim/settings': () => world().settings,
    'POST /_sim/settings': (body) => changeSettings(world(), fieldsOf(body)),
    'POST /_sim/status': (body) => moveStatus(world(), fieldsOf(body)),
    'POST /_sim/cancel': (body) => cancel(world(), fieldsOf(body)),
    'POST /_sim/aftersales': (body) => caseByHand(world(), fieldsOf(body)),
    'POST /_sim/bundles': (body) => makeBundle(world(), fieldsOf(body)),
    'POST /_sim/stock': (body) => changeStock(world(), fieldsOf(body)),
    'POST /_sim/pushes': (body) => aimPushes(world(), fieldsOf(body)),
    'POST /_sim/push-test': () => world().pushes.check(),
  }
}

type Fields = Readonly<Record<string, unknown>>

function fieldsOf(body: unknown): Fields {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refusal('the body must be an object')
  return body as Fields
}

/** Changes what is named and leaves the rest; limits start anew. */
function changeSettings(world: World, wish: Fields): Settings {
  const unknownName = Object.keys(wish).find((name) => !Object.hasOwn(usual, name))
  if (unknownName !== undefined) throw refusal(`no such setting: ${unknownName}`)
  world.settings = { ...world.settings, ...wish }
  world.rate = limiter({ perSecond: world.settings.callsPerSecond })
  return world.settings
}

/** `{ url }`: the app's address for pushes, null for none; a reset brings back that of the start. */
function aimPushes({ pushes }: World, { url }: Fields) {
  if (url !== null && (typeof url !== 'string' || !URL.canParse(url))) throw refusal('url must be an address or null')
  pushes.aim(url)
  return { url }
}

/** `{ orderNos, status }`: a paid order goes to the risk check (2) or customs (3), or is released (4). */
function moveStatus(world: World, { orderNos, status }: Fields) {
  if (status !== 2 && status !== 3 && status !== 4) throw refusal('status must be 2, 3 or 4')
  const moved = ordersOf(world, orderNos).filter((order) => [2, 3, 4].includes(order.status))
  for (const order of moved) setStatus(world, order, status)
  return { changed: moved.map(({ orderId }) => orderId) }
}

/**
 * `{ orderNos, step }`: the buyer asks to cancel a paid order ('asked'), thinks better of it ('withdrawn'), or it is cancelled and paid
 * back ('done', status 9).
 */
function cancel(world: World, { orderNos, step }: Fields) {
  if (step !== 'asked' && step !== 'withdrawn' && step !== 'done')
    throw refusal('step must be asked, withdrawn or done')
  const orders = ordersOf(world, orderNos).filter(({ status }) => status >= 2 && status <= 4)
  for (const order of orders) {
    order.isCancelAsked = step === 'asked'
    if (step === 'done') payAllBack(world, order)
    else touch(world, order)
    if (step !== 'asked') continue
    const { orderId, updatedAt } = order
    world.pushes.tell('msg_fulfillment_soon_cancel', { orderId, updateTime: updatedAt })
  }
  return { changed: orders.map(({ orderId }) => orderId) }
}

function payAllBack(world: World, order: Order): void {
  for (const one of order.cases.filter(isOpen)) close(world, one, 6)
  const lines = order.lines.filter((line) => remainingFen(line) > 0)
  const one = openCase(world, order, { type: 5, lines, amountFen: null })
  order.status = 9
  order.cancelledAt = world.clock.now()
  if (one !== null) succeed(world, one)
  setStatus(world, order, 9)
}

/**
 * `{ orderNo, type, lineNo?, amountFen? }` opens an after-sale of any type on paid goods; `{ returnsId, step }` takes one on: 'next' (sent
 * back), 'platform' (steps in), 'withdrawn', 'timed-out', 'done'.
 */
function caseByHand(world: World, wish: Fields) {
  const one = typeof wish.returnsId === 'string' ? stepOn(world, wish) : openByHand(world, wish)
  return { returnsId: one.returnsId, status: one.status }
}

function openByHand(world: World, { orderNo, type, lineNo, amountFen }: Fields): AfterSale {
  const [order] = ordersOf(world, [orderNo])
  if (order === undefined || order.paidAt === null) throw refusal('no such order, or not paid', 409)
  if (![1, 2, 4, 5, 6].includes(Number(type))) throw refusal('type must be 1, 2, 4, 5 or 6')
  const lines = order.lines.filter(({ sku, isGift }) => !isGift && (lineNo === undefined || sku.skuId === lineNo))
  const most = totalFen(order)
  const amount = typeof amountFen === 'number' && amountFen > 0 && amountFen <= most ? amountFen : null
  const one = openCase(world, order, { type: Number(type) as CaseType, lines, amountFen: amount })
  if (one === null) throw refusal('there is nothing to ask for', 409)
  return one
}

function stepOn(world: World, { returnsId, step }: Fields): AfterSale {
  const one = world.cases.get(String(returnsId))
  if (one === undefined) throw refusal(`no after-sale ${String(returnsId)}`, 404)
  if (step === 'next') buyerInsists(world, one, undefined)
  else if (step === 'withdrawn') close(world, one, 5)
  else if (step === 'timed-out') close(world, one, 6)
  else if (step === 'done') succeed(world, one)
  else if (step === 'platform') {
    one.status = 14
    announceCase(world, one, 'msg_after_sale_update')
  } else throw refusal('step must be next, platform, withdrawn, timed-out or done')
  return one
}

/** `{ merchantCode, parts: [{ merchantCode, quantity }] }`. */
function makeBundle(world: World, { merchantCode, parts }: Fields) {
  if (!Array.isArray(parts)) throw refusal('a bundle needs parts')
  const rows = parts as readonly { readonly merchantCode: string; readonly quantity: number }[]
  if (rows.some(({ quantity }) => !Number.isInteger(quantity) || quantity < 1)) throw refusal('quantity of a part')
  const made = rows.map((row) => ({ sku: listing(world, row.merchantCode), quantity: row.quantity }))
  bundle(world, String(merchantCode), made)
  return { parts: made.length }
}

/** `{ merchantCode, … }`: what channels and activities hold of a SKU, and whether it has several warehouses. */
function changeStock(world: World, { merchantCode, ...wish }: Fields) {
  const sku = listing(world, String(merchantCode))
  const names = ['productChannel', 'productChannelOccupied', 'activityChannel', 'activityChannelOccupied'] as const
  for (const name of names) {
    const quantity = wish[name]
    if (typeof quantity === 'number' && Number.isInteger(quantity) && quantity >= 0) sku[name] = quantity
  }
  if (typeof wish.hasManyWarehouses === 'boolean') sku.hasManyWarehouses = wish.hasManyWarehouses
  return { skuNo: sku.skuId }
}

function ordersOf(world: World, orderNos: unknown): readonly Order[] {
  if (!Array.isArray(orderNos)) throw refusal('orderNos must be a list')
  return orderNos.map((orderNo) => world.orders.get(String(orderNo))).filter((order) => order !== undefined)
}
