import { chance } from '../../aid/random.ts'
import { spread, sumOf } from './money.ts'
import { settle } from './shipping.ts'
import { type AfterSale, type CaseStatus, type CaseType, type Line, type Order, remainingFen } from './state.ts'
import { addCase, announceCase, nowOf, type World } from './world.ts'

const dayMs = 86_400_000
const firstCaseId = 147_300_000_000_000_001n

/** Types that pay money back, and those for which goods come back. Source: douyin.md 6. */
const moneyTypes: ReadonlySet<CaseType> = new Set<CaseType>([0, 1, 2, 6])
const returnTypes: ReadonlySet<CaseType> = new Set<CaseType>([0, 3, 8])

export interface CaseWish {
  readonly type: CaseType
  readonly line: Line
  readonly amountFen: number
  readonly freightFen: number
}

/** The buyer opens an after-sale of one line. */
export function openCase(world: World, order: Order, { type, line, amountFen, freightFen }: CaseWish): AfterSale {
  const now = nowOf(world)
  const isMoney = moneyTypes.has(type)
  const one: AfterSale = {
    caseId: String(firstCaseId + BigInt(world.cases.size)),
    order,
    line,
    type,
    reasonCode: chance(`${world.seed}:case:${world.cases.size}`).whole(1, 20),
    createdAt: now,
    hasGoods: line.shippedQuantity > 0,
    status: 6,
    refundStatus: isMoney ? 1 : 0,
    updatedAt: now,
    deadline: now + 2 * dayMs,
    amountFen: isMoney ? amountFen : 0,
    freightFen: isMoney ? freightFen : 0,
  }
  addCase(world, one)
  announceCase(world, one, '200')
  return one
}

/** What a buyer asks back: lines in order, and the freight with the last one when nothing of the order has left. */
export function openRefundsOf(world: World, order: Order, wish: RefundWish): readonly AfterSale[] {
  const lines = wish.lines.filter((line) => remainingFen(line) > 0)
  const caps = lines.map(remainingFen)
  const isAll = order.lines.every((line) => lines.includes(line) || remainingFen(line) === 0)
  const freight = isAll && order.parcels.length === 0 ? order.freightFen - order.refundedFreightFen : 0
  const shares = spread(wish.amountFen ?? sumOf([...caps, freight]), [...caps, freight])
  return lines.flatMap((line, place) => {
    const amountFen = shares[place]!
    const freightFen = place === lines.length - 1 ? shares[lines.length]! : 0
    if (amountFen + freightFen === 0) return []
    return [openCase(world, order, { type: refundTypeOf(line, amountFen), line, amountFen, freightFen })]
  })
}

export interface RefundWish {
  readonly lines: readonly Line[]
  /** Null: all that is left. */
  readonly amountFen: number | null
}

function refundTypeOf(line: Line, amountFen: number): CaseType {
  if (line.shippedQuantity === 0) return 2
  return amountFen < remainingFen(line) ? 1 : 0
}

/** The buyer does the next thing: sends the goods back, receives what was sent anew, or asks for another sum. */
export function buyerInsists(world: World, one: AfterSale, amountFen: number | undefined): void {
  if (one.status === 7) moveTo(world, one, { status: 11, tag: '203' })
  else if (one.status === 3 || one.status === 13) moveTo(world, one, { status: 14, tag: oneAnew(one) })
  else {
    if (amountFen !== undefined) ask(one, amountFen)
    announceCase(world, one, '208')
  }
}

/** Asks for this sum instead, as far as the line reaches. */
export function ask(one: AfterSale, amountFen: number): void {
  if (!moneyTypes.has(one.type)) return
  one.amountFen = Math.min(amountFen, remainingFen(one.line))
  one.freightFen = 0
}

/** The shop agrees to what waits for it at 6. Source: douyin.md 6; steps of exchange, re-ship and repair are [assumed]. */
export function agree(world: World, one: AfterSale): void {
  if (returnTypes.has(one.type)) moveTo(world, one, { status: 7, tag: '202' })
  else if (one.type === 7) moveTo(world, one, { status: 13, tag: '226' })
  else succeed(world, one)
}

/** Returned goods are here (11): the money goes back, or others are to be sent. */
export function receive(world: World, one: AfterSale): void {
  if (one.type === 0) succeed(world, one)
  else moveTo(world, one, { status: one.type === 3 ? 8 : 13, tag: oneAnew(one) })
}

/** The shop has sent the other goods of an exchange (8). */
export function sendAnew(world: World, one: AfterSale): void {
  moveTo(world, one, { status: 3, tag: '211' })
}

/** At the application (27), or when the goods came back (29). */
export function refuseBuyer(world: World, one: AfterSale): void {
  const isBack = one.status === 11
  moveTo(world, one, { status: isBack ? 29 : 27, tag: returnTypes.has(one.type) ? '205' : '204' })
}

/** Withdrawn by the buyer, or closed when its time ran out. */
export function close(world: World, one: AfterSale): void {
  moveTo(world, one, { status: 28, tag: '207' })
}

/**
 * The money goes back, or the goods are changed. What was refunded in full does not leave any more, and an order refunded in full is
 * closed. Stock does not come back by itself [assumed].
 */
export function succeed(world: World, one: AfterSale): void {
  if (moneyTypes.has(one.type)) payBack(world, one)
  else moveTo(world, one, { status: 14, tag: oneAnew(one) })
}

function payBack(world: World, one: AfterSale): void {
  const { order, line } = one
  one.amountFen = Math.min(one.amountFen, remainingFen(line))
  one.freightFen = Math.min(one.freightFen, order.freightFen - order.refundedFreightFen)
  line.refundedFen += one.amountFen
  order.refundedFreightFen += one.freightFen
  if (remainingFen(line) === 0 && line.shippedQuantity < line.quantity) line.isClosed = true
  closeGiftsAlone(order)
  settle(world, order)
  moveTo(world, one, { status: 12, tag: '206' })
}

interface Step {
  readonly status: CaseStatus
  readonly tag: Parameters<typeof announceCase>[2]
}

/** Any status, with what hangs on it. */
export function moveTo(world: World, one: AfterSale, { status, tag }: Step): void {
  const isOver = [12, 14, 27, 28, 29].includes(status)
  one.status = status
  if (isOver) one.refundStatus = status === 12 ? 3 : 0
  one.deadline = isOver ? 0 : nowOf(world) + 7 * dayMs
  announceCase(world, one, tag)
}

function oneAnew({ type }: AfterSale): '211' | '226' {
  return type === 3 ? '211' : '226'
}

/** Gifts do not go out when everything they came with is closed. */
function closeGiftsAlone({ lines }: Order): void {
  if (lines.some((line) => !line.isGift && !line.isClosed)) return
  for (const line of lines) line.isClosed = true
}
