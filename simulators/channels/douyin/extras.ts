import { refusal } from '../../aid/control.ts'
import { agree, buyerInsists, close, moveTo, openCase, receive, refuseBuyer, sendAnew, succeed } from './aftersales.ts'
import { bundle, listing } from './goods.ts'
import { type Settings, usual } from './settings.ts'
import { type AfterSale, type CaseStatus, type CaseType, type RefundStatus, remainingFen } from './state.ts'
import { announceCase, setStatus, tellOfOrder, type World } from './world.ts'

/** Control calls of this simulator alone, keyed as `aid/control.ts` wants them. */
export function extraCalls(world: () => World): Readonly<Record<string, (body: unknown) => unknown>> {
  return {
    'GET /_sim/settings': () => world().settings,
    'POST /_sim/settings': (body) => changeSettings(world(), fieldsOf(body)),
    'POST /_sim/status': (body) => moveStatus(world(), fieldsOf(body)),
    'POST /_sim/aftersales': (body) => caseByHand(world(), fieldsOf(body)),
    'POST /_sim/bundles': (body) => makeBundle(world(), fieldsOf(body)),
    'POST /_sim/pushes': (body) => aimPushes(world(), fieldsOf(body)),
  }
}

type Fields = Readonly<Record<string, unknown>>

function fieldsOf(body: unknown): Fields {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refusal('the body must be an object')
  return body as Fields
}

/** Changes what is named and leaves the rest. */
function changeSettings(world: World, wish: Fields): Settings {
  const unknownName = Object.keys(wish).find((name) => !Object.hasOwn(usual, name))
  if (unknownName !== undefined) throw refusal(`no such setting: ${unknownName}`)
  world.settings = { ...world.settings, ...wish }
  return world.settings
}

/** `{ url }`: the app's address for pushes, null for none; a reset brings back that of the start. */
function aimPushes({ pushes }: World, { url }: Fields) {
  if (url !== null && (typeof url !== 'string' || !URL.canParse(url))) throw refusal('url must be an address or null')
  pushes.aim(url)
  return { url }
}

/** `{ orderNos, status }`: a paid order goes to the check (105), or is released from it (2). */
function moveStatus(world: World, { orderNos, status }: Fields) {
  if (status !== 2 && status !== 105) throw refusal('status must be 2 or 105')
  if (!Array.isArray(orderNos)) throw refusal('orderNos must be a list')
  const orders = orderNos.map((orderNo) => world.orders.get(String(orderNo))).filter((order) => order !== undefined)
  const moved = orders.filter((order) => order.status === 2 || order.status === 105)
  for (const order of moved) {
    setStatus(world, order, status)
    tellOfOrder(world, order, status === 2 ? '101' : '110')
  }
  return { changed: moved.map(({ orderId }) => orderId) }
}

/**
 * `{ orderNo, lineNo, type, amountFen? }` opens an after-sale of any type on paid goods; `{ aftersaleId, step }` takes one on: a key of
 * `steps`, or `{ aftersaleId, status?, refundStatus? }` sets a raw status by hand.
 */
function caseByHand(world: World, wish: Fields) {
  const one = typeof wish.aftersaleId === 'string' ? changeCase(world, wish) : openByHand(world, wish)
  return { aftersaleId: one.caseId, status: one.status }
}

function openByHand(world: World, { orderNo, lineNo, type, amountFen }: Fields): AfterSale {
  const order = world.orders.get(String(orderNo))
  const line = order?.lines.find(({ lineId }) => lineId === lineNo)
  if (order === undefined || line === undefined || order.paidAt === null)
    throw refusal('no such line, or not paid', 409)
  if (![0, 1, 2, 3, 6, 7, 8].includes(Number(type))) throw refusal('type must be 0, 1, 2, 3, 6, 7 or 8')
  const most = remainingFen(line)
  const amount = typeof amountFen === 'number' ? Math.min(amountFen, most) : most
  return openCase(world, order, { type: Number(type) as CaseType, line, amountFen: amount, freightFen: 0 })
}

const steps: Readonly<Record<string, (world: World, one: AfterSale) => void>> = {
  next: (world, one) => buyerInsists(world, one, undefined),
  agreed: agree,
  refused: refuseBuyer,
  received: receive,
  'sent-anew': sendAnew,
  done: succeed,
  closed: close,
}

function changeCase(world: World, { aftersaleId, step, status, refundStatus }: Fields): AfterSale {
  const one = world.cases.get(String(aftersaleId))
  if (one === undefined) throw refusal(`no after-sale ${String(aftersaleId)}`, 404)
  if (step !== undefined) {
    const take = typeof step === 'string' && Object.hasOwn(steps, step) ? steps[step] : undefined
    if (take === undefined) throw refusal(`step must be one of ${Object.keys(steps).join(', ')}`)
    take(world, one)
    return one
  }
  if (status === undefined && refundStatus === undefined) throw refusal('name a step, a status or a refundStatus')
  if (status !== undefined && ![3, 6, 7, 8, 11, 13, 14, 27, 28, 29].includes(Number(status)))
    throw refusal('no such status; money goes back by the step done')
  if (status !== undefined) moveTo(world, one, { status: Number(status) as CaseStatus, tag: '208' })
  if ([0, 1, 2, 3, 4].includes(Number(refundStatus))) one.refundStatus = Number(refundStatus) as RefundStatus
  announceCase(world, one, '208')
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
