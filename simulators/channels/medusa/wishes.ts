import { refusal } from '../../aid/control.ts'
import { dropLevel, goodOf, setLevel } from './goods.ts'
import {
  type Order,
  type OrderStatus,
  orderStatuses,
  type PaymentStage,
  type Pieces,
  paymentStages,
  type Return,
  type ReturnStatus,
  returnStatuses,
} from './model.ts'
import { sum } from './pricing.ts'
import { deliver, handOver, pack, unpack } from './shipping.ts'
import { alter, locations, ourLocationId, type Shop } from './shop.ts'
import { type FulfilmentWord, fulfilmentWords } from './status.ts'
import { piecesLeft, totalFen } from './sums.ts'

interface StatesWish {
  readonly status: OrderStatus | undefined
  readonly payment: PaymentStage | undefined
  readonly fulfilment: FulfilmentWord | undefined
  readonly returned: ReturnStatus | undefined
}

/**
 * `POST /_sim/states`: the three words of orders, and that of the newest return, as a test wishes them. Money, parcels and pieces follow, so
 * that a word is never without what it stands for; where refunds or fulfilments stand against it, nothing changes.
 */
export function setStates(shop: Shop, body: unknown): { readonly changed: readonly string[] } {
  const { orderNos, status, payment, fulfillment, returned } = body as Readonly<Record<string, unknown>>
  if (!Array.isArray(orderNos)) throw refusal('orderNos must be a list')
  const wish: StatesWish = {
    status: wordOf(status, orderStatuses),
    payment: wordOf(payment, paymentStages),
    fulfilment: wordOf(fulfillment, fulfilmentWords),
    returned: wordOf(returned, returnStatuses),
  }
  const changed = (orderNos as readonly string[]).filter(
    (id) => alter(shop, id, { change: (order, at) => wished(shop, order, { ...wish, at }) }) !== null,
  )
  return { changed }
}

function wordOf<Word extends string>(given: unknown, words: readonly Word[]): Word | undefined {
  if (given === undefined) return undefined
  const word = words.find((each) => each === given)
  if (word === undefined) throw refusal(`it takes ${words.join(', ')}`)
  return word
}

function wished(
  shop: Shop,
  order: Order,
  { status, payment, fulfilment, returned, at }: StatesWish & { at: number },
): Order | null {
  if (payment !== undefined && order.refunds.length > 0) return null
  if (fulfilment !== undefined && fulfilment !== 'not_fulfilled' && order.fulfilments.length > 0) return null
  const paid = payment === undefined ? order : staged(order, payment, at)
  const sent = fulfilment === undefined ? paid : sentAs(shop, paid, { word: fulfilment, at })
  const back = sent && returned !== undefined ? returnedAs(sent, returned, at) : sent
  return back && (status === undefined ? back : { ...back, status, canceledAt: status === 'canceled' ? at : null })
}

function staged(order: Order, payment: PaymentStage, at: number): Order {
  if (payment === 'captured') return { ...order, payment, capturedFen: totalFen(order), capturedAt: at }
  const capturedFen = payment === 'partially_captured' ? Math.floor(totalFen(order) / 2) : 0
  return { ...order, payment, capturedFen, capturedAt: null }
}

/** One piece has come back where the word speaks of a part. Null for an order without a return, or with one too small for that. */
function returnedAs(order: Order, status: ReturnStatus, at: number): Order | null {
  const last = order.returns.at(-1)
  if (last === undefined) return null
  const pieces = last.pieces.map((each, place) => {
    const part = status === 'partially_received' && place === 0 ? 1 : 0
    return { ...each, received: status === 'received' ? each.quantity : part }
  })
  if (status === 'partially_received' && pieces.every(({ quantity, received }) => quantity === received)) return null
  const lines = order.lines.map((line) => {
    const more = receivedOf(pieces, line.id) - receivedOf(last.pieces, line.id)
    return { ...line, returnReceived: line.returnReceived + more }
  })
  const times = { receivedAt: status === 'received' ? at : null, canceledAt: status === 'canceled' ? at : null }
  return { ...order, lines, returns: [...order.returns.slice(0, -1), { ...last, status, pieces, ...times }] }
}

function receivedOf(pieces: Return['pieces'], lineId: string): number {
  return sum(pieces.filter((each) => each.lineId === lineId).map(({ received }) => received))
}

interface Sending {
  readonly word: FulfilmentWord
  readonly at: number
}

/** Two parcels where the word speaks of a part: the first with one piece, the second with the rest. Null for an order too small for that. */
function sentAs(shop: Shop, order: Order, { word, at }: Sending): Order | null {
  if (word === 'not_fulfilled') return order.fulfilments.length === 0 ? order : null
  const all = piecesLeft(order)
  const [one, rest] = apart(all)
  if (word.startsWith('partially_') && rest.length === 0) return null
  const packedOf = (before: Order, pieces: readonly Pieces[]) =>
    pack(shop, before, { locationId: ourLocationId, pieces, metadata: null })
  const sent = (before: Order) => {
    const { id } = before.fulfilments.at(-1)!
    return handOver(before, { id, labels: [], metadata: null, isReported: false }, at)
  }
  const arrived = (before: Order) => deliver(before, before.fulfilments.at(-1)!.id, at)
  switch (word) {
    case 'partially_fulfilled':
      return packedOf(order, one)
    case 'fulfilled':
      return packedOf(order, all)
    case 'partially_shipped':
      return sent(packedOf(order, one))
    case 'shipped':
      return sent(packedOf(order, all))
    case 'partially_delivered':
      return sent(packedOf(arrived(sent(packedOf(order, one))), rest))
    case 'delivered':
      return arrived(sent(packedOf(order, all)))
    case 'canceled': {
      const packed = packedOf(order, all)
      return unpack(shop, packed, packed.fulfilments.at(-1)!)
    }
  }
}

function apart(all: readonly Pieces[]): readonly [one: readonly Pieces[], rest: readonly Pieces[]] {
  const [first, ...others] = all
  if (first === undefined) return [[], []]
  const one = { ...first, quantity: 1 }
  const left = { ...first, quantity: first.quantity - 1 }
  return [[one], left.quantity > 0 ? [left, ...others] : others]
}

/** `POST /_sim/levels` `{ merchantCode, locationId?, stocked }`: a level as the merchant keeps it; null takes it away. */
export function setLevels(shop: Shop, body: unknown): Readonly<Record<string, never>> {
  const { merchantCode, locationId = ourLocationId, stocked } = body as Readonly<Record<string, unknown>>
  const good = goodOf(shop, String(merchantCode))
  const location = locations.find(({ id }) => id === locationId)
  if (!good || !location) throw refusal('needs a known merchantCode, and a known locationId or none')
  if (stocked === null) dropLevel(shop, good.variantId, location.id)
  else if (Number.isInteger(stocked))
    setLevel(shop, good.variantId, { locationId: location.id, stocked: Number(stocked) })
  else throw refusal('stocked must be a whole number or null')
  return {}
}
